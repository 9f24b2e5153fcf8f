"""Example values: rows to fill an empty database, and what the application's tests send."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import GREATEST_NUMBER, LONGEST_STATED, plain
from flows.rendering.layout import WIDTH, laid_out
from flows.rendering.literals import python
from flows.rendering.plan import LETTERS, NUMBERS, STRINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.rendering import ApplicationPlan, EntityPlan, FieldPlan, RelationPlan

ROWS = 6
"""Example rows per entity, fewer when unique values do not allow as many."""

FIRST_DAY = dt.date(2026, 3, 2)
"""Day the example dates start from; fixed, so that the same blueprint gives the same files."""

_WORDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("first_name",), ("Amara", "Bruno", "Chiara", "Dmitri", "Esther", "Farid")),
    (("last_name", "surname"), ("Okafor", "Silva", "Rossi", "Novak", "Levi", "Haddad")),
    (
        (
            "person",
            "customer",
            "client",
            "owner",
            "contact",
            "author",
            "member",
            "guest",
            "student",
            "sitter",
        ),
        ("Amara Okafor", "Bruno Silva", "Chiara Rossi", "Dmitri Novak", "Esther Levi", "Farid Haddad"),
    ),
    (("city", "town", "place", "location"), ("Lisbon", "Turin", "Ghent", "Graz", "Malmö", "Cork")),
    (
        ("street", "address"),
        ("1 High Street", "22 Mill Lane", "7 Station Road", "15 Park Row", "3 Castle Hill", "9 River Walk"),
    ),
    (("country",), ("Portugal", "Italy", "Belgium", "Austria", "Sweden", "Ireland")),
    (("colour", "color"), ("Blue", "Green", "Red", "Yellow", "Black", "White")),
    (("species",), ("Dog", "Cat", "Rabbit", "Parrot", "Hamster", "Tortoise")),
    (("breed",), ("Beagle", "Maine Coon", "Dwarf Lop", "Grey Parrot", "Syrian", "Hermann's")),
    (("pet", "animal"), ("Bella", "Milo", "Luna", "Rocky", "Nala", "Oscar")),
)

_SENTENCES = (
    "Agreed on the phone last week.",
    "Please confirm a day before.",
    "Everything is prepared.",
    "Needs a second look.",
    "Same as last time.",
    "First of its kind.",
)


def rows(entity: EntityPlan) -> list[list[tuple[str, str]]]:
    """Example rows: (field, Python literal) each."""
    count = ROWS if entity.capacity is None else min(ROWS, entity.capacity)
    return [
        [(field.name, _literal(entity, field, number, count)) for field in entity.fields]
        for number in range(count)
    ]


def parents(entity: EntityPlan) -> list[RelationPlan]:
    """The relations that an example row fills in: those whose target exists by then, and has rows enough."""
    return [
        relation
        for relation in entity.relations
        if not relation.late
        and relation.target is not entity
        and (relation.required or not relation.unique or relation.target.capacity is None)
    ]


def parent(relation: RelationPlan) -> str:
    """The expression in the tests' factory that finds or makes what a new row leads to."""
    number = f'{"make" if relation.unique else "any"}_{relation.target.attribute}(client)["id"]'
    return f"[{number}]" if relation.many else number


def _literal(entity: EntityPlan, field: FieldPlan, number: int, count: int) -> str:
    if field.kind in STRINGS:
        return python(_string(entity, field, number))
    if field.kind in NUMBERS:
        value = plain(number_value(field, number, count))
        return value if field.kind is FieldKind.NUMBER else f'"{value}"'
    if field.kind is FieldKind.CHOICE:
        return python(field.choices[number % len(field.choices)])
    if field.kind is FieldKind.YES_NO:
        return str(number % 2 == 0)
    return f'"{_moment(field.kind, number)}"'


def _moment(kind: FieldKind, number: int) -> str:
    start = dt.datetime.combine(FIRST_DAY, dt.time(9))
    if kind is FieldKind.DATE:
        return (start + dt.timedelta(days=9 * number)).date().isoformat()
    if kind is FieldKind.TIME:
        return (start + dt.timedelta(minutes=30 * number)).time().isoformat()
    if kind is FieldKind.DATE_AND_TIME:
        return (start + dt.timedelta(days=4 * number, minutes=30 * number)).isoformat()
    return f"{(number + 1) * 30} min"


def number_value(field: FieldPlan, number: int, count: int) -> Decimal:
    """The number's example: starts at the least value and steps by one where there is room for it."""
    low, high = field.minimum, field.maximum
    if low is None:
        low = Decimal(1) if high is None or high >= count else high - (count - 1)
    elif low == 0 and (high is None or high > count):
        low = Decimal(1)
    unit = Decimal(1).scaleb(-field.scale)
    step = next(
        (step for step in (Decimal(10), Decimal(1)) if high is None or low + step * count <= high), unit
    )
    value = low + step * number
    return value if high is None or value <= high else low


def _string(entity: EntityPlan, field: FieldPlan, number: int) -> str:
    shaped = {
        FieldKind.EMAIL: f"{entity.attribute[:30].replace('_', '.').strip('.')}{number + 1}@example.com",
        FieldKind.PHONE: f"+44 20 7946 0{number + 100}",
        FieldKind.LINK: f"https://example.com/{entity.slug[:60]}/{number + 1}",
    }
    if field.kind in shaped:
        return shaped[field.kind]
    if field.kind is FieldKind.IDENTIFIER:
        return _fitted(f"{entity.attribute[:3].upper()}-{number + 1:04}", field, number)
    if field.kind is FieldKind.LONG_TEXT:
        return _fitted(_SENTENCES[number], field, number)
    return _fitted(_phrase(entity, field, number), field, number)


def _phrase(entity: EntityPlan, field: FieldPlan, number: int) -> str:
    """Familiar words for a familiar name, else the label with a number."""
    named = field.name in {"name", "full_name"}
    for keys, examples in _WORDS:
        if field.name in keys or (named and entity.attribute in keys):
            return examples[number]
    label = entity.label if named or field.name == "title" else field.label
    return f"{label[:40]} {number + 1}"


def _fitted(text: str, field: FieldPlan, number: int) -> str:
    longest = field.max_length or len(text)
    if field.min_length <= len(text) <= longest:
        return text
    return str(number + 1).zfill(field.min_length)[-longest:]


def factory(field: FieldPlan) -> str:
    """The call in the tests' factory that makes a valid value from a number `n`."""
    if field.kind in LETTERS:
        return f"text(n, {field.min_length}, {field.max_length})"
    if field.kind in NUMBERS:
        low = field.minimum if field.minimum is not None else min(Decimal(1), field.maximum or Decimal(1))
        if field.minimum is None and field.maximum is not None:
            low = min(field.maximum - 100, Decimal(1))
        high = field.maximum if field.maximum is not None else low + 100_000
        kind = "whole" if field.kind is FieldKind.NUMBER else "amount"
        scale = "" if field.kind is FieldKind.NUMBER else f", {field.scale}"
        return f'{kind}(n, "{plain(low)}", "{plain(high)}"{scale})'
    if field.kind is FieldKind.CHOICE:
        flat = f"pick(n, {field.enum})"
        if len(field.name) + len(flat) + 13 <= WIDTH:
            return flat
        return f"pick(\n            n,\n            {field.enum},\n        )"
    return {
        FieldKind.DATE: "day(n)",
        FieldKind.TIME: "clock(n)",
        FieldKind.DATE_AND_TIME: "moment(n)",
        FieldKind.DURATION: "span(n)",
        FieldKind.YES_NO: "n % 2 == 0",
        FieldKind.EMAIL: 'f"person{n}@example.com"',
        FieldKind.PHONE: 'f"+44 20 {7946000 + n}"',
        FieldKind.LINK: 'f"https://example.com/{n}"',
    }[field.kind]


def helpers(app: ApplicationPlan) -> list[str]:
    """What the factory takes from the tests' `values` module."""
    calls = (factory(field) for entity in app.entities for field in entity.fields)
    known = {"amount", "clock", "day", "moment", "pick", "span", "text", "whole"}
    return sorted(known & {call.split("(")[0] for call in calls})


def accepted(field: FieldPlan) -> list[str]:
    """Values at the edge that must be accepted, as Python expressions."""
    if field.kind in LETTERS:
        return [f'"x" * {field.min_length}', f'"x" * {field.max_length}']
    if field.kind in NUMBERS:
        bounds = [bound for bound in (field.minimum, field.maximum) if bound is not None]
        return [_number(field, bound) for bound in bounds]
    return [python(choice) for choice in field.choices]


def refused(field: FieldPlan) -> list[str]:
    """Values that must be refused, as Python expressions."""
    found = ["None"] if field.required else []
    found += _WRONG.get(field.kind, [])
    if field.required and field.kind in LETTERS:
        found.append('"   "')
    if field.kind in LETTERS:
        longer = min(field.max_length or 0, LONGEST_STATED)
        found.append(f'"x" * {longer + 1}')
        if field.min_length > 1:
            found.append(f'"x" * {field.min_length - 1}')
    if field.kind in NUMBERS:
        unit = Decimal(1).scaleb(-field.scale)
        if field.minimum is not None:
            found.append(_number(field, field.minimum - unit))
        if field.maximum is not None:
            found.append(_number(field, field.maximum + unit))
        if field.kind is FieldKind.NUMBER and field.maximum is None:
            found.append(plain(GREATEST_NUMBER + 1))
    return found


def _number(field: FieldPlan, value: Decimal) -> str:
    return plain(value) if field.kind is FieldKind.NUMBER else f'"{value:.{field.scale}f}"'


_WRONG = {
    FieldKind.TEXT: [r'"two\nlines"', r'"nul\x00"'],
    FieldKind.LONG_TEXT: [r'"nul\x00"'],
    FieldKind.NUMBER: ['"many"', "1.5"],
    FieldKind.DECIMAL: ['"much"', '"0.00001"', '"NaN"'],
    FieldKind.MONEY: ['"much"', '"0.0001"', '"Infinity"'],
    FieldKind.DATE: ['"2026-02-30"', '"tomorrow"', "20260331"],
    FieldKind.TIME: ['"25:00"', '"noon"'],
    FieldKind.DATE_AND_TIME: ['"2026-13-01T10:00"', '"2026-03-31T10:00+02:00"'],
    FieldKind.DURATION: ['"a while"', '"-PT1H"'],
    FieldKind.YES_NO: ['"perhaps"'],
    FieldKind.CHOICE: [r'"no such choice \u2603"'],
    FieldKind.EMAIL: ['"nobody"', '"a@b"', '"a b@example.com"'],
    FieldKind.PHONE: ['"call me"', '"12"'],
    FieldKind.LINK: ['"javascript:alert(1)"', '"example.com"'],
    FieldKind.IDENTIFIER: ['"two words"'],
}


def edges(entity: EntityPlan, values: Callable[[FieldPlan], list[str]]) -> list[str]:
    """Pairs of a field's name and one of its values, as Python tuples laid out for a list."""
    return [_pair(field.name, value) for field in entity.fields for value in values(field)]


def missing_parents(entity: EntityPlan) -> list[str]:
    """The required relations left out."""
    return [
        _pair(relation.key, "[]" if relation.many else "None")
        for relation in entity.relations
        if relation.required
    ]


def _pair(name: str, value: str) -> str:
    return laid_out("(", [f'"{name}"', value], ")", 4, 1)


def listed(head: str, items: list[str]) -> str:
    """A list with one item a line."""
    return head + ("[\n" + "".join(f"    {item},\n" for item in items) + "]" if items else "[]")
