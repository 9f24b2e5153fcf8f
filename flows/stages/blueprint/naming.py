"""Names of entities and of what they hold: class, module, table, slug, attribute; all unique."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.language.plurals import plural, singular
from flows.language.words import ascii_words, label
from flows.stages.blueprint import names, reserved

if TYPE_CHECKING:
    from flows.contracts import Interview, InterviewEntity
    from flows.stages.blueprint.names import Repairs


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityName:
    """Every form of one entity's name."""

    written: str
    cls: str
    attribute: str
    table: str
    slug: str
    label: str
    label_plural: str


@dataclass(slots=True)
class _Taken:
    classes: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)


def entity_names(interview: Interview, repairs: Repairs) -> dict[str, EntityName]:
    """The names of every entity, by the name the interview spells, in its order."""
    taken = _Taken()
    named: dict[str, EntityName] = {}
    for number, entity in enumerate(interview.entities, start=1):
        named[entity.name] = _entity_name(entity, number=number, taken=taken, repairs=repairs)
    return named


def _entity_name(entity: InterviewEntity, *, number: int, taken: _Taken, repairs: Repairs) -> EntityName:
    one = singular(entity.name)
    words, reason = names.usable_words(one, fallback="thing", number=number)
    if not reason and one != entity.name:
        reason = "an entity is named in the singular"
    enums = [names.pascal(ascii_words(part.name)) for part in entity.fields if part.kind is FieldKind.CHOICE]
    if _is_reserved(words):
        words = [*words, "record"]
        reason = "the name is taken by Python, SQL or the application itself"
    if _clashes(words, enums, taken):
        words = names.free([*words], taken=lambda candidate: _clashes(candidate, enums, taken))
        reason = "another entity comes out the same"
    cls, attribute = names.pascal(words), names.snake(words)
    taken.classes.add(cls.casefold())
    taken.families.update(_family(cls, enums))
    taken.attributes.add(attribute)
    shown = label(one)
    table = _table(words, taken)
    taken.attributes.add(table)
    if reason:
        repairs.note(written=entity.name, used=cls, reason=reason)
    return EntityName(
        written=entity.name,
        cls=cls,
        attribute=attribute,
        table=table,
        slug=_slug(words, shown, taken),
        label=shown,
        label_plural=plural(shown) if shown[-1:].isascii() and shown[-1:].isalpha() else shown,
    )


def _is_reserved(words: list[str]) -> bool:
    cls, attribute = names.pascal(words), names.snake(words)
    return cls in reserved.CLASSES or attribute in reserved.MODULES or attribute.startswith("test_")


def _family(cls: str, enums: list[str]) -> set[str]:
    """Classes that stand beside an entity's own, in lower case."""
    return {f"{cls}{ending}".casefold() for ending in (*reserved.CLASS_ENDINGS, *enums)}


def _clashes(words: list[str], enums: list[str], taken: _Taken) -> bool:
    cls, attribute = names.pascal(words), names.snake(words)
    table = names.snake(plural_words(words))
    return (
        cls.casefold() in taken.classes | taken.families
        or bool(_family(cls, enums) & taken.classes)
        or attribute in taken.attributes
        or table in taken.tables | taken.attributes
    )


def plural_words(words: list[str]) -> list[str]:
    """The words of a name with the last one, or the one before its number, in the plural."""
    at = -2 if words[-1].isdigit() and len(words) > 1 else -1
    # A name that is a plural already stays one: `tags` are no `tagses`.
    return [*words[:at], *plural(singular(words[at])).split(), *words[at:][1:]]


def _table(words: list[str], taken: _Taken) -> str:
    many = plural_words(words)
    if many == words or names.snake(many) in reserved.TABLES:
        many = [*words, "records"] if words[-1] != "record" else [*words[:-1], "records"]
    table = names.snake(names.free(many, taken=lambda candidate: names.snake(candidate) in taken.tables))
    taken.tables.add(table)
    return table


def _slug(words: list[str], shown: str, taken: _Taken) -> str:
    """The path segment, in the founder's own word even where the class had to change."""
    spoken, reason = names.usable_words(shown, fallback="thing", number=len(taken.slugs) + 1)
    many = plural_words(words if reason else spoken)

    def unusable(candidate: list[str]) -> bool:
        return names.kebab(candidate) in taken.slugs | reserved.SLUGS

    slug = names.kebab(names.free(many, taken=unusable))
    taken.slugs.add(slug)
    return slug
