"""What things of well-known sorts usually say of themselves, in the sentences a founder would write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

from flows.contracts import FieldKind
from flows.language.prose.people import SERVED, SERVING, STAFF
from flows.language.things import read_things

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.contracts import InterviewField

Sort: TypeAlias = Literal["thing", "deed", "public deed", "person"]
_LONGEST = 3  # words of a noun like `menu item`


@dataclass(frozen=True, kw_only=True, slots=True)
class Archetype:
    """A sort of things: the nouns it goes by and how one of it is described."""

    nouns: tuple[str, ...]
    says: str
    sort: Sort = "thing"
    """A deed is something that one person does and that is theirs, like a booking; or a review, for all."""
    parents: tuple[str, ...] = ()
    """Nouns of what one of it usually belongs to."""

    @property
    def is_deed(self) -> bool:
        """Whether one of it is somebody's deed."""
        return self.sort in {"deed", "public deed"}


UNKNOWN = Archetype(nouns=(), says="Has a name (required) and a description (long text).")
"""A thing that nobody knows more of than its name."""
_OF_DATES = Archetype(
    nouns=("booking", "reservation"),
    says="Has a number of places (number, at least 1, default 1, required) and notes (long text). "
    "Status is requested, confirmed, declined, cancelled or done, and starts as requested.",
    sort="deed",
)
_SERVING_SAYS = (
    "Has a full name (required), an e-mail address (email), a phone number, a biography (long text), "
    "a photo (image) and an hourly rate (money, at least 0)."
)
_PERSON_SAYS = "Has a full name (required), an e-mail address (email), a phone number and notes (long text)."


@cache
def known() -> tuple[Archetype, ...]:
    """All of archetypes.txt."""
    text = (files(__package__) / "archetypes.txt").read_text(encoding="utf-8")
    return tuple(_read(text))


def _read(text: str) -> Iterator[Archetype]:
    sort: Sort = "thing"
    sorts: dict[str, Sort] = {
        "[thing]": "thing",
        "[deed]": "deed",
        "[public deed]": "public deed",
        "[person]": "person",
    }
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines and lines[0] in sorts:
            sort = sorts[lines[0]]
            continue
        said = [line.strip() for line in lines if line.startswith(" ")]
        parents = [line.removeprefix("-> ") for line in lines if line.startswith("->")]
        nouns = [line for line in lines if line[:1].isalpha()]
        if nouns:
            yield Archetype(nouns=_listed(nouns), says=" ".join(said), sort=sort, parents=_listed(parents))


def _listed(lines: list[str]) -> tuple[str, ...]:
    return tuple(noun.strip() for line in lines for noun in line.split(",") if noun.strip())


@cache
def _by_noun() -> dict[str, Archetype]:
    found: dict[str, Archetype] = {}
    for archetype in known():
        for noun in archetype.nouns:
            found.setdefault(noun, archetype)
    return found


def of_noun(name: str) -> Archetype | None:
    """The sort a name belongs to, by its last words; None when it is unknown."""
    words = name.casefold().split()
    phrases = (" ".join(words[start:]) for start in range(max(0, len(words) - _LONGEST), len(words)))
    found = (_by_noun().get(phrase) for phrase in phrases)
    return next((archetype for archetype in found if archetype and archetype.sort != "person"), None)


def of_person(noun: str) -> Archetype:
    """How people of that noun are described."""
    described = _by_noun().get(noun)
    if described is not None and described.sort == "person":
        return described
    serving = noun in SERVING and noun not in SERVED | STAFF
    return Archetype(nouns=(noun,), says=_SERVING_SAYS if serving else _PERSON_SAYS, sort="person")


def settled(archetype: Archetype, targets: Iterable[Archetype]) -> Archetype:
    """The archetype when one belongs to these: the booking of something that has a date needs none itself."""
    if "booking" in archetype.nouns and any(_is_dated(target) for target in targets):
        return _OF_DATES
    return archetype


def _is_dated(archetype: Archetype) -> bool:
    kinds = {FieldKind.DATE, FieldKind.DATE_AND_TIME}
    return any(field.kind in kinds and field.required for field in usual_fields(archetype.says))


@cache
def usual_fields(says: str) -> tuple[InterviewField, ...]:
    """The fields of such a description, read by the grammar of a founder's sentences, as inferred ones."""
    read = read_things({"Thing": says}, people=())
    return tuple(
        field.model_copy(update={"name": _uncapitalised(field.name), "source": "inferred", "because": ""})
        for field in read.entities[0].fields
    )


def _uncapitalised(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def every_description() -> tuple[str, ...]:
    """All descriptions there are, for the test that the grammar reads each of them."""
    others = (_SERVING_SAYS, _PERSON_SAYS, UNKNOWN.says, _OF_DATES.says)
    return tuple(dict.fromkeys([*(archetype.says for archetype in known()), *others]))
