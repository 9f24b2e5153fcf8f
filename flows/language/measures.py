"""What an amount without a name is of: `lasts 30 minutes`, `weighs up to 800 kg`, `holds 10 people`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.bounds import counts_bytes, counts_letters
from flows.language.leading import MODALS, opens
from flows.language.lexicon import MEASURING, NUMBERS
from flows.language.plurals import plural, singular
from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.names import Names
    from flows.language.tokens import Token
    from flows.language.tree import Item

_CLOCK = word_set("minute hour")
_QUANTITIES: dict[str, frozenset[str]] = {
    "duration": _CLOCK | word_set("second day week month year night"),
    "weight": word_set("kg g mg gram kilogram kilo lb pound ton tonne"),
    "distance": word_set("km kilometer kilometre mile"),
    "length": word_set("mm cm m meter metre centimeter centimetre inch foot"),
    "volume": word_set("ml l litre liter"),
    "area": word_set("hectare acre sqm"),
    "percentage": word_set("percent"),
    "temperature": word_set("\u00b0c \u00b0f degree"),
}
"""What is measured → the units it is measured in."""


_BOUNDING = word_set(
    "between at least most up to from about max maximum min minimum exactly no not more less fewer than over "
    "under and or"
)
_AMOUNTS = frozenset({"NUMBER", "CURRENCY"})


def with_measures(raw: Sequence[Token], names: Names) -> list[Token]:
    """The tokens, with such a verb as `has`."""
    made: list[Token] = []
    for at, token in enumerate(raw):
        measures = _measures(raw, at) and opens(raw, at, names)
        if measures and made and made[-1].low in MODALS:
            made.pop()  # "can seat 40 people"
        made.append(replace(token, type="HAVE") if measures else token)
    return made


def _measures(raw: Sequence[Token], at: int) -> bool:
    if raw[at].low not in MEASURING or at + 1 == len(raw):
        return False
    if raw[at + 1].low in {"a", "an"}:
        return True
    end, kinds = at + 1, {""}
    while end < len(raw) and (raw[end].low in _BOUNDING | NUMBERS.keys() or raw[end].type in _AMOUNTS):
        kinds.add("NUMBER" if raw[end].low in NUMBERS else raw[end].type)
        end += 1
    counted = end < len(raw) and raw[end].type == "WORD" and raw[end].low not in {"by", "if", "when"}
    return "NUMBER" in kinds and (counted or "CURRENCY" in kinds)


def quantity(unit: str) -> str:
    """What is measured in a unit; '' when it is no unit but something that is counted."""
    return next((name for name, units in _QUANTITIES.items() if singular(unit.casefold()) in units), "")


def measured(item: Item, names: Names) -> str:
    """The name of the field that an item without words gives; '' when its amounts say nothing of one."""
    amounts = [amount for facet in item.said for amount in facet.amounts]
    unit = next((amount.unit for amount in amounts if amount.unit), "")
    if any(amount.currency for amount in amounts):
        return "price"
    if not unit or counts_letters(unit) or counts_bytes(unit):
        return ""
    name = quantity(unit)
    if name == "duration" and singular(unit) in _CLOCK and not _bounded(item):
        return name
    if name:
        return f"{name} in {unit if len(singular(unit)) < 3 else plural(singular(unit))}"  # noqa: PLR2004 - kg, km
    return f"number of {unit}" if names.target(unit) else unit


def _bounded(item: Item) -> bool:
    return any(facet.amounts and facet.kind not in {"value", "default"} for facet in item.said)
