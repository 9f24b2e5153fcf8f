"""Whether the words of an item name a field, or ask a question with yes or no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.guessing import POSSESSIONS, guessed_kind, tells
from flows.language.kinds import kind_of
from flows.language.lexicon import PREPOSITIONS
from flows.language.names import key

if TYPE_CHECKING:
    from flows.contracts import FieldKind
    from flows.language.drafts import ThingDraft
    from flows.language.tree import Item

LONGEST_NAME = 60  # characters; and words: what is longer is a story and no name
MOST_WORDS = 7
_ENDS = frozenset({"from", "to", "via"})


def fits(item: Item) -> bool:
    """Whether the words are short enough for a name."""
    return len(item.text) <= LONGEST_NAME and len(item.words) <= MOST_WORDS


def no_name(item: Item, thing: str, *, kind_said: bool) -> str:
    """Why an item is no field of the thing; '' when it may be one."""
    if not fits(item):
        return "This is too long for a name: say it in a few words?"
    if item.words[0].low in PREPOSITIONS | {"until"} or item.words[-1].low in {"with", "of"}:
        return "Which field is this said of?"
    return f"Did you mean '{thing} has …'?" if tells(item.text) and not kind_said else ""


def typed(item: Item) -> tuple[FieldKind | None, str]:
    """`a yes/no field vaccinated`: the kind and the name; no kind when none is said so."""
    words = [token.text for token in item.words]
    at = next((at for at, word in enumerate(words) if word.casefold() == "field"), 0)
    kind = kind_of(" ".join(words[:at])) if 0 < at < len(words) - 1 else None
    return kind, item.text if kind is None else " ".join(words[at + 1 :])


def is_end(item: Item) -> bool:
    """Whether the word is the name of one of two ends: `from and to are places`."""
    return len(item.words) == 1 and item.words[0].low in _ENDS


def question(item: Item, thing: ThingDraft, *, needs: bool) -> str:
    """The question that an item is: `has a garden`, `needs medication`; '' when it is none."""
    if item.said or thing.known_field(item.text) is not None:
        return ""
    if key(item.text).split(" ")[-1] in POSSESSIONS:
        return f"has {item.text}"
    bare = needs and not item.determiners and guessed_kind(item.text) is None
    return f"needs {item.text}" if bare else ""
