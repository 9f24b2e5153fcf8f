"""YAML or JSON text to a tree whose nodes know their line and column; nothing is constructed from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import yaml

from flows.stages.intake.problems import BIDI_CONTROLS, Problems, clean, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 16  # an interview needs seven levels
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
LONGEST_KEY = 1024  # of characters: behind so many, YAML parsers look for no colon
DOCUMENT = "document"

REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
    + "".join(sorted(BIDI_CONTROLS))
    + "]"
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_JSON_PARTS = re.compile(r'"(?:[^"\\]|\\.)*"|\t', re.DOTALL)
_SURROGATES = re.compile(r"\\\\|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
# What libyaml says, and what it usually means to the person who wrote the line.
_SYNTAX_HINTS = (
    ("mapping values are not allowed", "Put quotes around a text that holds a colon and a space."),
    ("cannot start any token", "Indent with spaces, not tabs; quote a text that begins with @, % or `."),
    ("unexpected end of stream", "Close the quote that was opened here."),
    ("expected node content", "Close every [ with ] and every { with }, with commas between."),
    ("expected ',' or", "Close every [ with ] and every { with }, with commas between."),
    ("could not find expected ':'", "Write a key, a colon, a space and the value."),
    ("escape", "Put single quotes around a text with back slashes, or write each of them twice."),
    ("document start", "Keep everything in one document, and quote a text that begins with % or a quote."),
)
_SYNTAX_HINT = "Give lines of one list or group the same number of spaces before them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in the document, 1-based, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value; `text` is what was written, whatever YAML would make of it."""

    mark: Mark
    text: str
    plain: bool

    @property
    def missing(self) -> bool:
        """Whether the key was left without a value."""
        return self.plain and self.text in NULLS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list."""

    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys with values, no key twice."""

    mark: Mark
    entries: tuple[tuple[Scalar, Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Something already refused: whoever meets it says nothing more."""

    mark: Mark


Node: TypeAlias = Scalar | Sequence | Mapping | Broken


class _YamlMark(Protocol):
    """PyYAML's place, 0-based; its Python and its C parser have a class each."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(slots=True, kw_only=True)
class _Open:
    """A list or group whose end was not read yet; a group holds keys and values in turn."""

    mark: Mark
    mapping: bool
    items: list[Node] = field(default_factory=list)


def compose(text: str, problems: Problems) -> Node | None:
    """The root node, or None when there is nothing to go on with; what is wrong goes to `problems`."""
    start = Mark(line=1, column=1)
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        problems.add(start, DOCUMENT, "the document is too big", "Keep it under 1 MiB.")
        return None
    readable = _without_refused(text, problems).removeprefix("\ufeff")
    if readable.lstrip().startswith("{"):
        readable = _json_as_yaml(readable)
    try:
        return _root(readable, problems)
    except yaml.MarkedYAMLError as error:
        _note_syntax(error, readable, problems)
    except yaml.YAMLError:
        problems.add(start, DOCUMENT, "this is not YAML or JSON", _SYNTAX_HINT)
    return None


def _without_refused(text: str, problems: Problems) -> str:
    """Note the first refused character of every line, and replace all of them one for one."""
    if not REFUSED.search(text):
        return text
    for number, line in enumerate(_LINE.findall(text), start=1):
        found = REFUSED.search(line)
        if found:
            problems.add(
                Mark(line=number, column=found.start() + 1),
                DOCUMENT,
                f"the line holds an invisible control character (U+{ord(found.group()):04X})",
                "Remove it; save the file as plain UTF-8 text.",
            )
    return REFUSED.sub("\ufffd", text)


def _json_as_yaml(text: str) -> str:
    """JSON that YAML 1.1 cannot read as it stands: tabs between values, and characters in two escapes."""

    def pair(found: re.Match[str]) -> str:
        if found.group(1) is None:
            return found.group()
        high, low = int(found.group(1), 16), int(found.group(2), 16)
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"

    return _JSON_PARTS.sub(
        lambda part: " " if part.group() == "\t" else _SURROGATES.sub(pair, part.group()), text
    )


def _note_syntax(error: yaml.MarkedYAMLError, text: str, problems: Problems) -> None:
    said = " ".join(part for part in (error.context, error.problem) if part)
    hint = next((hint for words, hint in _SYNTAX_HINTS if words in said), _SYNTAX_HINT)
    at, opened = error.problem_mark, error.context_mark
    if at is not None and (start := _start_of_long_key(at, text)) is not None:
        mark = Mark(line=at.line + 1, column=start + 1)
        problems.add(mark, DOCUMENT, "the name that begins here is far too long", "Shorten it.")
        return
    if at is None or "unexpected end of stream" in said:
        at = opened or at  # a quote that is never closed runs to the end of the text
    problems.add(_mark(at), DOCUMENT, f"this is not YAML or JSON: {clean(said)}", hint)


def _start_of_long_key(at: _YamlMark, text: str) -> int | None:
    """Column of a key too long for a YAML parser, when its colon is what the parser fell over."""
    line = _LINE.findall(text)[at.line]
    before = line[: at.column]
    if at.column <= LONGEST_KEY or line[at.column : at.column + 1] != ":":
        return None
    quote = before[-1]
    return before.rfind(quote, 0, -1) if quote in "'\"" else len(before) - len(before.lstrip())


def _mark(at: _YamlMark | None) -> Mark:
    return Mark(line=1, column=1) if at is None else Mark(line=at.line + 1, column=at.column + 1)


def _root(text: str, problems: Problems) -> Node | None:
    stack: list[_Open] = [_Open(mark=Mark(line=1, column=1), mapping=False)]
    documents = 0
    for event in _events(text):
        mark = _mark(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                problems.add(mark, DOCUMENT, "a second document begins here", "Keep one interview per file.")
                break
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(stack) > MAX_DEPTH:
                problems.add(
                    mark, _path(stack), "this is nested too deeply", f"Use at most {MAX_DEPTH} levels."
                )
                return None
            _note_tag(event, mark, stack, problems)
            stack.append(_Open(mark=mark, mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = stack.pop()
            stack[-1].items.append(_closed(closed, _path(stack), problems))
        elif isinstance(event, yaml.ScalarEvent):
            _note_tag(event, mark, stack, problems)
            stack[-1].items.append(Scalar(mark=mark, text=event.value, plain=not event.style))
        elif isinstance(event, yaml.AliasEvent):
            problems.add(mark, _path(stack), "a YAML alias (*name) is not used here", "Write it out in full.")
            stack[-1].items.append(Broken(mark=mark))
    return stack[0].items[0] if stack[0].items else None


def _events(text: str) -> Iterator[yaml.Event]:
    # libyaml is in every PyYAML wheel; its own parser is twenty times as fast as the one in Python.
    yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _note_tag(
    event: yaml.ScalarEvent | yaml.CollectionStartEvent, mark: Mark, stack: list[_Open], problems: Problems
) -> None:
    if event.tag is not None:
        problems.add(
            mark, _path(stack), f"a YAML tag ({quoted(event.tag)}) is not used here", "Leave it out."
        )


def _closed(closed: _Open, where: str, problems: Problems) -> Node:
    if not closed.mapping:
        return Sequence(mark=closed.mark, items=tuple(closed.items))
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key, value in zip(closed.items[0::2], closed.items[1::2], strict=True):
        if not isinstance(key, Scalar):
            if not isinstance(key, Broken):
                problems.add(
                    key.mark,
                    where,
                    "a list or a group stands where a name belongs",
                    "Write a name and a colon.",
                )
        elif key.text in entries:
            first = entries[key.text][0].mark.line
            problems.add(
                key.mark,
                _joined(where, key.text),
                f"{quoted(key.text)} is said twice, first on line {first}",
                "Keep one of the two.",
            )
        else:
            entries[key.text] = (key, value)
    return Mapping(mark=closed.mark, entries=tuple(entries.values()))


def _path(stack: list[_Open]) -> str:
    path = ""
    for level in stack[1:]:
        if not level.mapping:
            path += f"[{len(level.items) + 1}]"
        elif len(level.items) % 2 == 1 and isinstance(key := level.items[-1], Scalar):
            path = _joined(path, key.text)
    return path or DOCUMENT


def _joined(where: str, name: str) -> str:
    return name if where in {"", DOCUMENT} else f"{where}.{name}"
