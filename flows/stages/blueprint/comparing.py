"""How two versions of a list or of an item differ, as sentences: the tools of the semantic diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from flows.contracts import Contract

Item = TypeVar("Item")
Wording: TypeAlias = Callable[[Any, Any], str]
"""What is said of an attribute, from its value before and its value now."""

LONGEST = 120  # characters of a value in a sentence; what is longer is cut, its change is still said


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched(Generic[Item]):
    """Two versions of a list, item by item: those in both, those that are gone, those that are new."""

    both: list[tuple[Item, Item]]
    gone: list[Item]
    new: list[Item]
    moved: bool


def matched(before: Sequence[Item], after: Sequence[Item], key: Callable[[Item], Hashable]) -> Matched[Item]:
    """The items with the same key together, in their order now; several with one key by their order."""
    old, now = _keyed(before, key), _keyed(after, key)
    common = [found for found in now if found in old]
    return Matched(
        both=[(old[found], now[found]) for found in common],
        gone=[item for found, item in old.items() if found not in now],
        new=[item for found, item in now.items() if found not in old],
        moved=common != [found for found in old if found in now],
    )


def _keyed(items: Sequence[Item], key: Callable[[Item], Hashable]) -> dict[tuple[Hashable, int], Item]:
    seen: Counter[Hashable] = Counter()
    keyed = {}
    for item in items:
        name = key(item)
        keyed[name, seen[name]] = item
        seen[name] += 1
    return keyed


def attributes(
    before: Contract, after: Contract, wording: Mapping[str, Wording], *, without: Iterable[str] = ()
) -> Iterator[str]:
    """What is said of each attribute that changed; one without a wording of its own is named plainly."""
    left_out = set(without)
    for name in type(before).model_fields:
        old, now = getattr(before, name), getattr(after, name)
        if name not in left_out and old != now:
            say = wording.get(name)
            yield (
                say(old, now) if say else f"{name.replace('_', ' ')} is now {quoted(now)}, not {quoted(old)}"
            )


def quoted(value: object) -> str:
    """A value in a sentence: on one line, cut when it is long, in quotation marks when it is words."""
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}" if abs(value) < 1e6 else str(value)  # noqa: PLR2004 - :g rounds from here on
    if isinstance(value, tuple):
        return ", ".join(quoted(part) for part in value)
    line = " ".join(str(value).split())
    return f"“{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}”"


def lowered(label: str) -> str:
    """A label within a sentence: `Start date` → `start date`, but `VAT number` as it is."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def switched(on: str, off: str) -> Wording:
    """Wording of a yes or no."""
    return lambda _, now: on if now else off


def bounded(least: str, none: str) -> Wording:
    """Wording of a bound: `least` with the value in it, or that there is none any more."""

    def say(old: object, now: object) -> str:
        if now is None:
            return f"{none} (before: {quoted(old)})"
        was = "" if old is None else f" (before: {quoted(old)})"
        return f"{least.format(quoted(now))}{was}"

    return say


def listed(more: str, fewer: str, order: str) -> Wording:
    """Wording of a tuple: what came to it, what is gone from it, or that only its order changed."""

    def say(old: tuple[Any, ...], now: tuple[Any, ...]) -> str:
        came = tuple(part for part in now if part not in old)
        went = tuple(part for part in old if part not in now)
        said = [more.format(quoted(came))] if came else []
        said += [fewer.format(quoted(went))] if went else []
        return " and ".join(said) or f"{order} {quoted(now)}"

    return say


ORIGIN: dict[str, Wording] = {
    "source": lambda old, now: f"is now {now}, before it was {old}",
    "because": lambda _, now: f"comes from other words now: {quoted(now)}",
}
"""Wording of where an item comes from."""
