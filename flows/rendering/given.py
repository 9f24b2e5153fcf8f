"""The founder's example rows in the names of the code, and why some of them cannot be used."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, FieldKind
from flows.rendering.bounds import default
from flows.rendering.comparisons import orders_of
from flows.rendering.literals import python, words
from flows.rendering.patterns import matches
from flows.rendering.plan import NUMBERS, STRINGS, UPLOADS, EntityPlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.rendering.plan import ApplicationPlan, FieldPlan, RelationPlan

Row = dict[str, str]
"""Field to Python literal, and relation to the place of the row it leads to among the rows of its table."""

ROWS = 6
"""Example rows per entity, fewer when unique values do not allow as many."""

_FORMS = {
    FieldKind.EMAIL: re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}", re.ASCII),
    FieldKind.PHONE: re.compile(r"\+?[0-9][0-9 ()./-]{3,29}[0-9]"),
    FieldKind.LINK: re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"]*)?", re.ASCII),
    FieldKind.IDENTIFIER: re.compile(r"[\w./:#-]+"),
    FieldKind.DURATION: re.compile(
        r"\d{1,3}:[0-5]\d|\d{1,4} ?(d|h|m|s|day|hour|min|minute|second)s?|PT(?=\d)(\d{1,4}H)?(\d{1,2}M)?"
    ),
}
"""What an example of these kinds looks like; the application takes some more."""

_COUNTED = frozenset({*NUMBERS, FieldKind.YES_NO})


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """An example; several values of one name lead to several rows."""

    entity: EntityPlan
    because: str
    values: Mapping[str, Sequence[str]]

    def of(self, name: str) -> str:
        """The value of a field, '' when there is none."""
        return next(iter(self.values.get(name, ())), "")

    def fields(self) -> Row:
        """The literals of what the fields take, its status among them."""
        found = {field.name: literal(field, self.of(field.name)) for field in self.entity.fields}
        return {name: value for name, value in found.items() if value is not None}


def given(app: ApplicationPlan) -> list[Given]:
    """The examples in the founder's order."""
    called = {
        written.name: entity for written, entity in zip(app.blueprint.entities, app.entities, strict=True)
    }
    found = []
    for example in app.blueprint.examples:
        entity = called[example.entity]
        values: dict[str, list[str]] = {}
        for name, value in example.values:
            if name in entity.called:
                values.setdefault(entity.called[name], []).append(words(value))
        found.append(Given(entity=entity, because=example.because, values=values))
    return found


def parents(entity: EntityPlan) -> list[RelationPlan]:
    """The relations that a new row fills in: those whose target exists by then, and has rows enough."""
    return [
        relation
        for relation in entity.relations
        if not relation.late
        and relation.target is not entity
        and (relation.required or not relation.unique or relation.target.capacity is None)
        and (relation.required or not relation.owner)
    ]


def literal(field: FieldPlan, text: str) -> str | None:
    """The Python literal of what the founder wrote; None when it is not a value of the field."""
    if not text or field.kind in UPLOADS:
        return None
    if field.kind in _FORMS and not field.pattern:
        fits = _FORMS[field.kind].fullmatch(text) and len(text) <= (field.max_length or len(text))
        return python(text) if fits else None
    if field.kind in STRINGS:
        fits = field.min_length <= len(text) <= (field.max_length or 0)
        return python(text) if fits and (not field.pattern or matches(field.pattern, text)) else None
    value = default(_choice(field, text), replace(field, unique=False))
    if value is None or value == "now":
        return None
    if field.kind is FieldKind.YES_NO:
        return str(value == "yes")
    return value if field.kind is FieldKind.NUMBER else python(value)


def _choice(field: FieldPlan, text: str) -> str:
    """The stored value of what people see of a choice."""
    labels = zip(field.labels, field.choices, strict=False)
    return next((choice for label, choice in labels if label.casefold() == text.casefold()), text)


def in_order(entity: EntityPlan, row: Row) -> bool:
    """Whether the compared values of a row are in order; durations are not looked at, and pass for none."""
    kinds = {field.name: field.kind for field in entity.fields}
    for lower, upper, strict in orders_of(entity.fields):
        if lower not in row or upper not in row:
            continue
        if kinds[lower] is FieldKind.DURATION:
            return False
        low, high = _comparable(row[lower], kinds[lower]), _comparable(row[upper], kinds[upper])
        if high < low or (strict and high == low):
            return False
    return True


def _comparable(value: str, kind: FieldKind) -> tuple[float, str]:
    plain = str(ast.literal_eval(value))
    return (float(plain), "") if kind in _COUNTED else (0.0, plain)


def doubled(entity: EntityPlan, row: Row, rows: Sequence[Row]) -> FieldPlan | None:
    """The unique field whose value another row has already."""
    unique = [field for field in entity.written if field.unique and field.name in row]
    return next(
        (field for field in unique if any(row[field.name] == other.get(field.name) for other in rows)), None
    )


def places(
    app: ApplicationPlan, relation: RelationPlan, texts: Sequence[str], rows: Sequence[Row]
) -> list[int]:
    """The places of the rows that are meant, by what stands for a row; of users, those of the roles."""
    found = [_place(app, relation, text, rows) for text in texts]
    if relation.many and None in found:
        parts = [part for text in texts for part in re.split(r",| and ", text)]
        found = [_place(app, relation, part.strip(), rows) for part in parts]
    return [place for place in found if place is not None]


def _place(app: ApplicationPlan, relation: RelationPlan, text: str, rows: Sequence[Row]) -> int | None:
    wanted = text.casefold()
    if relation.target.built_in:
        # The accounts to try it with are dealt out in the order of their roles.
        roles = [role for role in app.blueprint.roles if role.name != ADMIN]
        called = [{role.name, role.label.casefold(), f"{role.name}@example.com"} for role in roles]
        return next((place for place, names in enumerate(called) if wanted in names), None)
    shown = [relation.shows or relation.target.display]
    if not relation.shows:
        shown += [field.name for field in relation.target.plain_fields]
    for name in shown:
        named = [str(ast.literal_eval(row[name])).casefold() if name in row else "" for row in rows]
        if wanted and named.count(wanted) == 1:
            return named.index(wanted)
    return None


def unusable(app: ApplicationPlan) -> Iterator[tuple[str, str]]:
    """(the founder's words, why) of every example and every value of one that the application leaves out."""
    rows: dict[str, list[Row]] = {}
    kept: list[Given] = []
    for example in given(app):
        row, known = example.fields(), rows.setdefault(example.entity.name, [])
        if why := _why_not_at_all(example.entity, row, known):
            yield example.because, why
        else:
            known.append(row)
            kept.append(example)
    for example in kept:
        for name, texts in example.values.items():
            if why := _why_not(app, example.entity, name, texts, rows):
                yield example.because, why


def _why_not_at_all(entity: EntityPlan, row: Row, rows: Sequence[Row]) -> str:
    if not in_order(entity, row):
        return "its values do not go together, a comparison with another field does not hold"
    same = doubled(entity, row, rows)
    if same is not None:
        return f"another example has the same {same.label}, which is unique"
    if entity.capacity is not None and len(rows) >= min(ROWS, entity.capacity):
        return f"there can be no more than {min(ROWS, entity.capacity)} different ones"
    return ""


def _why_not(
    app: ApplicationPlan,
    entity: EntityPlan,
    name: str,
    texts: Sequence[str],
    rows: Mapping[str, Sequence[Row]],
) -> str:
    field = next((field for field in entity.fields if field.name == name), None)
    if field is not None:
        if field.kind in UPLOADS:
            return f"{field.label} is a file, which is uploaded later"
        wrong = [text for text in texts[:1] if literal(field, text) is None]
        return f"{wrong[0]} is no value that {field.label} can have" if wrong else ""
    relation = next((relation for relation in entity.relations if relation.name == name), None)
    if relation is None:
        return ""
    if relation not in [*parents(entity), entity.owner] or (relation.owner and relation.unique):
        return f"{relation.label} is not filled in by examples"
    unknown = [
        text for text in texts if not places(app, relation, [text], rows.get(relation.target.name, ()))
    ]
    return f"{relation.label} names no example that is called {unknown[0]}" if unknown else ""
