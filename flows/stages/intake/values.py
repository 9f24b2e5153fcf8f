"""Single values out of the tree: texts, numbers, yes or no, lists and groups; what does not fit is noted."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.stages.intake.problems import quoted, refused
from flows.stages.intake.schema import NAME_LENGTH, SENTENCE_LENGTH, Form, spellings
from flows.stages.intake.tree import Broken, Mapping, Mark, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flows.stages.intake.problems import Problems

MOST_LISTED = 20
YES = frozenset({"true", "yes", "on", "y"})
NO = frozenset({"false", "no", "off", "n"})
_NUMBER = re.compile(r"[+-]?(?:[0-9][0-9_]*)?(?:\.[0-9]+)?(?:e[+-]?[0-9]{1,3})?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A node with its path in the document, and the place to point at when the node itself has none."""

    node: Node
    where: str
    key: Scalar | None = None

    @property
    def mark(self) -> Mark:
        """Where to point: at the value, or at its key when the value was left out."""
        if self.key is not None and isinstance(self.node, Scalar) and self.node.missing:
            return self.key.mark
        return self.node.mark

    @property
    def missing(self) -> bool:
        """Whether the key was left without a value."""
        return isinstance(self.node, Scalar) and self.node.missing

    def item(self, number: int, node: Node) -> Value:
        """The value of a list's item, counted from 1."""
        return Value(node=node, where=f"{self.where}[{number}]")

    def child(self, key: Scalar, node: Node) -> Value:
        """The value of a group's key."""
        return Value(node=node, where=f"{self.where}.{key.text}" if self.where else key.text, key=key)


def nearest(word: str, options: list[str]) -> str | None:
    """The option spelled most like the word, None when none is near."""
    lowered = {option.casefold(): option for option in reversed(options)}
    near = difflib.get_close_matches(word[:NAME_LENGTH].casefold(), lowered, n=1, cutoff=0.6)
    return lowered[near[0]] if near else None


def listed(names: Iterable[str]) -> str:
    """The first names, for a hint."""
    shown = [quoted(name)[1:-1] for name in names]
    return ", ".join(shown[:MOST_LISTED]) + (", …" if len(shown) > MOST_LISTED else "")


def folded(name: str) -> str:
    """A name as it is compared: no case, one space between words."""
    return re.sub(r"[\s_\-]+", " ", name).strip().casefold()


def text(
    value: Value, problems: Problems, *, limit: int = NAME_LENGTH, several_lines: bool = False
) -> str | None:
    """The founder's words, spaces around them cut; None when noted as a problem."""
    node = value.node
    if isinstance(node, Broken):
        return None
    if not isinstance(node, Scalar):
        problems.add(
            value.mark, value.where, f"{_shape(node)} stands where a text belongs", "Write one text."
        )
        return None
    return _words(node.text, value, problems, limit=limit, several_lines=several_lines)


def key_text(value: Value, problems: Problems) -> str | None:
    """A name that is written as a key; None when noted as a problem."""
    if value.key is None:
        return None
    at_key = Value(node=value.key, where=value.where)
    return _words(value.key.text, at_key, problems, limit=NAME_LENGTH, several_lines=False)


def _words(written: str, value: Value, problems: Problems, *, limit: int, several_lines: bool) -> str | None:
    words = written.strip() if several_lines else written.strip(" ")
    message, hint = "", ""
    if any(refused(character) for character in words):
        message, hint = "the text holds an invisible control character", "Remove it."
    elif value.missing or not any(character.isprintable() and character != " " for character in words):
        message, hint = "there is nothing here", "Write a text, or leave the key out."
    elif not several_lines and ("\n" in words or "\t" in words):
        message, hint = "a name goes over several lines or holds a tab", "Write it on one line."
    elif len(words) > limit:
        message = f"{quoted(words)} is too long: {len(words)} characters"
        hint = f"Use at most {limit} characters."
    if message:
        problems.add(value.mark, value.where, message, hint)
        return None
    return words


def yes_or_no(value: Value, problems: Problems) -> bool | None:
    """True or False; None when noted as a problem."""
    if isinstance(value.node, Scalar):
        word = value.node.text.strip().casefold()
        if word in YES | NO:
            return word in YES
    if not isinstance(value.node, Broken):
        problems.add(
            value.mark, value.where, f"{_shown(value.node)} is neither yes nor no", "Write true or false."
        )
    return None


def flag(said: dict[str, Value], key: str, problems: Problems) -> bool:
    """A key that is true or false, false when it was not said."""
    return bool(key in said and yes_or_no(said[key], problems))


def description(said: dict[str, Value], problems: Problems) -> str:
    """The words under `description`, '' when there are none."""
    if "description" not in said or said["description"].missing:
        return ""
    return text(said["description"], problems, limit=SENTENCE_LENGTH, several_lines=True) or ""


def parsed_number(written: str) -> float | None:
    """A finite number as people write it with a decimal point; None when it is none."""
    written = written.strip()
    if len(written) > NAME_LENGTH or not re.search("[0-9]", written) or not _NUMBER.fullmatch(written):
        return None
    try:
        number = float(written)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def number(
    value: Value, problems: Problems, *, whole: bool = False, least: float | None = None
) -> float | None:
    """A finite number, whole and not below `least` when asked for; None when noted as a problem."""
    if isinstance(value.node, Broken):
        return None
    found = parsed_number(value.node.text) if isinstance(value.node, Scalar) else None
    if found is None:
        problems.add(
            value.mark, value.where, f"{_shown(value.node)} is not a number", "Write a number like 12."
        )
    elif whole and not found.is_integer():
        problems.add(
            value.mark, value.where, f"{_shown(value.node)} is not a whole number", "Write a number like 12."
        )
    elif least is not None and found < least:
        problems.add(
            value.mark, value.where, f"{_shown(value.node)} is too small", f"Write {least:g} or more."
        )
    else:
        return found
    return None


def items(value: Value, problems: Problems, *, of: str) -> Iterator[Value]:
    """The values of a list; a single text counts as a list of one."""
    if isinstance(value.node, Sequence):
        for position, node in enumerate(value.node.items, start=1):
            yield value.item(position, node)
    elif isinstance(value.node, Mapping):
        problems.add(value.mark, value.where, f"a group stands where a list of {of} belongs", _LIST_HINT)
    elif not value.missing and isinstance(value.node, Scalar):
        yield value


_LIST_HINT = "Write one per line, each after a dash and a space."


def texts(value: Value, problems: Problems, *, of: str, limit: int) -> tuple[tuple[Value, str], ...]:
    """A list of texts with their places, without doubles (compared without case)."""
    found: dict[str, tuple[Value, str]] = {}
    for item in items(value, problems, of=of):
        words = text(item, problems, limit=limit, several_lines=limit > NAME_LENGTH)
        if words is None:
            continue
        if folded(words) in found:
            problems.add(item.mark, item.where, f"{quoted(words)} is said twice", "Keep one of the two.")
        else:
            found[folded(words)] = (item, words)
    return tuple(found.values())


def children(value: Value, problems: Problems, *, of: str, like: str) -> tuple[Value, ...]:
    """The values of a group, keys free to choose; () when noted as a problem."""
    if isinstance(value.node, Mapping):
        return tuple(value.child(key, node) for key, node in value.node.entries)
    if not isinstance(value.node, Broken) and not value.missing:
        problems.add(
            value.mark,
            value.where or "document",
            f"{_shape(value.node)} stands where {of} belong",
            f"Write {like}.",
        )
    return ()


def group(
    value: Value,
    problems: Problems,
    *,
    form: type[Form],
    unknown_hint: str = "",
    of: str = "keys with values",
    like: str = "a key, a colon and a value per line",
) -> dict[str, Value]:
    """The values of a group under the keys of its form; unknown keys and doubles are noted.

    Case, spaces, dashes and underscores never matter in a key.
    """
    keys = spellings(form)
    proper = {_flat(word): key for key, others in keys.items() for word in (key, *others)}
    found: dict[str, Value] = {}
    for child in children(value, problems, of=of, like=like):
        written = child.key.text if child.key else ""
        key = proper.get(_flat(written))
        mark = child.key.mark if child.key else child.mark
        if key is None:
            near = nearest(written, list(keys))
            meant = f"Did you mean '{near}'? " if near else unknown_hint
            problems.add(
                mark,
                child.where,
                f"{quoted(written)} is not a key that is known here",
                f"{meant}The keys are: {', '.join(keys)}.",
            )
        elif key in found:
            problems.add(
                mark, child.where, f"'{key}' is said twice, here as {quoted(written)}", "Keep one of the two."
            )
        else:
            found[key] = child
    return found


def _flat(word: str) -> str:
    return re.sub(r"[\s_\-]+", "", word).casefold()


def _shape(node: Node) -> str:
    if isinstance(node, Mapping):
        return "a group"
    return "a list" if isinstance(node, Sequence) else "a single value"


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        return "nothing" if node.missing else quoted(node.text)
    return _shape(node)
