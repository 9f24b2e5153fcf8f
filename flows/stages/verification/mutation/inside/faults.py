"""Where a fault can be planted in a module, and how: small changes of meaning, never of form."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FLIPPED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", ">="),
    ast.LtE: ("<=", ">"),
    ast.Gt: (">", "<="),
    ast.GtE: (">=", "<"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
}
_JOINED: dict[type[ast.boolop], tuple[str, str]] = {ast.And: ("and", "or"), ast.Or: ("or", "and")}
# By tightening: what a loosened bound lets through may still be refused by the database.
_BOUNDS = {"ge": 1, "gt": 1, "min_length": 1, "le": -1, "lt": -1, "max_length": -1}
# What the house asks of every text and number, whoever describes it: no test tries just inside such a bound.
_HOUSE = {("min_length", "1"), ("ge", str(1 - 2**53)), ("le", str(2**53 - 1))}
_SIDES = {"true": "false", "false": "true"}
_SHOWN = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One change to one module: the characters from `start` to `end` become `text`.

    `function` is the qualified name of the outermost function around it; where there is none, `field` is the
    name of what it bounds.
    """

    path: str
    function: str
    field: str
    line: int
    start: int
    end: int
    text: str
    change: str

    def planted(self, source: str) -> str:
        """The module's source with the fault in it."""
        return source[: self.start] + self.text + source[self.end :]


def faults(path: str, source: str) -> tuple[Fault, ...]:
    """Every fault that could be planted into this module, by line; none when it is no Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    found = [
        fault
        for field in ast.walk(tree)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        for node in ast.walk(field.annotation)
        for fault in _bounds(node, _Places(path, source, field=field.target.id))
    ]
    found += [fault for _, fault in _in_functions(tree, path, source)]
    return tuple(sorted(found, key=lambda fault: (fault.start, fault.end, fault.text)))


def marked(path: str, source: str, mark: str, number: Callable[[str, int], int]) -> ast.Module:
    """The module with a call of `mark` wherever a function comes to what a fault would change.

    `number` gives the argument of the call for the fault at a position. A mark answers None, so that
    `mark(3) or what_was_there` is what was there.
    """
    tree = ast.parse(source)
    numbers: dict[ast.AST, list[int]] = {}
    for node, fault in _in_functions(tree, path, source):
        numbers.setdefault(node, []).append(number(path, fault.start))
    _Marking(mark, numbers).visit(tree)
    return ast.fix_missing_locations(tree)


class _Marking(ast.NodeTransformer):
    def __init__(self, mark: str, numbers: dict[ast.AST, list[int]]) -> None:
        self._mark = mark
        self._numbers = numbers

    def generic_visit(self, node: ast.AST) -> ast.AST:
        numbers = self._numbers.get(node)
        inner = super().generic_visit(node)
        if numbers is None or not isinstance(inner, ast.expr):
            return inner
        calls = [ast.Call(ast.Name(self._mark, ast.Load()), [ast.Constant(one)], []) for one in numbers]
        return ast.copy_location(ast.BoolOp(ast.Or(), [*calls, inner]), inner)


def _in_functions(tree: ast.Module, path: str, source: str) -> Iterator[tuple[ast.AST, Fault]]:
    """Every fault of the functions, with the expression that it changes."""
    for name, function in _functions(tree):
        place = _Places(path, source, function=name)
        for node in _inside(function):
            for fault in _of(node, place):
                yield node.test if isinstance(node, ast.If) else _value(node), fault


def _value(node: ast.AST) -> ast.AST:
    return node.value if isinstance(node, ast.Return) and node.value is not None else node


class _Places:
    """Turns the tree's lines and columns, which count bytes, into positions in the text."""

    def __init__(self, path: str, source: str, *, function: str = "", field: str = "") -> None:
        self.path = path
        self.function = function
        self.field = field
        self.source = source
        self._lines = source.splitlines(keepends=True)
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))

    def start(self, node: ast.AST) -> int:
        return self._at(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        return self._at(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def _at(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self._lines[line - 1].encode()[:column].decode())

    def text(self, node: ast.AST) -> str:
        return self.source[self.start(node) : self.end(node)]

    def fault(self, start: int, end: int, text: str, change: str) -> Fault:
        line = self.source.count("\n", 0, start) + 1
        return Fault(
            path=self.path,
            function=self.function,
            field=self.field,
            line=line,
            start=start,
            end=end,
            text=text,
            change=change,
        )

    def between(self, left: ast.AST, right: ast.AST, old: str, new: str) -> Iterator[Fault]:
        """Replace an operator that stands between two operands; comments between them are left alone."""
        start, end = self.end(left), self.start(right)
        gap = self.source[start:end]
        if "#" not in gap and gap.count(old) == 1:
            at = start + gap.index(old)
            yield self.fault(at, at + len(old), new, f"{old} became {new}")


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Qualified name and node of every function in a module or a class, not in another function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name not in {"__repr__", "__str__"}:  # they only describe an object
                yield f"{prefix}{node.name}", node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{prefix}{node.name}.")


def _inside(function: ast.AST) -> Iterator[ast.AST]:
    """Every node of the function's body; annotations, defaults and assertions are not what it does."""
    waiting = list(getattr(function, "body", []))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.Assert):
            yield node
            waiting += ast.iter_child_nodes(node)


def _of(node: ast.AST, place: _Places) -> Iterator[Fault]:
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        for (left, right), operator in zip(pairwise(operands), node.ops, strict=True):
            yield from place.between(left, right, *_FLIPPED[type(operator)])
    elif isinstance(node, ast.BoolOp):
        for left, right in pairwise(node.values):
            yield from place.between(left, right, *_JOINED[type(node.op)])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        what = _short(place.text(node.operand))
        yield place.fault(place.start(node), place.start(node.operand), "", f"not {what} became {what}")
    elif isinstance(node, ast.If):
        yield from _guard(node, place)
    elif isinstance(node, ast.Call):
        yield from _side(node, place)
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Constant):
        yield from _answer(node.value, place)


def _guard(node: ast.If, place: _Places) -> Iterator[Fault]:
    """A refusal that is never made."""
    if len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and not node.orelse:
        what = _short(place.text(node.test))
        yield place.fault(
            place.start(node.test), place.end(node.test), "False", f"if {what}: raise was removed"
        )


def _side(node: ast.Call, place: _Places) -> Iterator[Fault]:
    """A condition of SQL that lets nothing through lets everything through, and the other way round."""
    name = node.func
    if isinstance(name, ast.Attribute) and name.attr in _SIDES and not node.args:
        new = _SIDES[name.attr]
        end = place.end(name)
        yield place.fault(end - len(name.attr), end, new, f"{name.attr}() became {new}()")


def _answer(value: ast.Constant, place: _Places) -> Iterator[Fault]:
    if value.value is True or value.value is False:
        new = str(not value.value)
        yield place.fault(place.start(value), place.end(value), new, f"return {value.value} became {new}")


def _bounds(node: ast.AST, place: _Places) -> Iterator[Fault]:
    """One more or one less in the bounds of a field; the bound itself is then refused."""
    if not isinstance(node, ast.keyword) or node.arg not in _BOUNDS:
        return
    value = node.value
    if isinstance(value, ast.Call) and len(value.args) == 1:  # Decimal("150")
        value = value.args[0]
    if not isinstance(value, ast.Constant):
        return
    written = str(value.value)
    if re.fullmatch(r"-?\d+", written) and (node.arg, written) not in _HOUSE:
        new = str(int(written) + _BOUNDS[node.arg])
        text = f'"{new}"' if isinstance(value.value, str) else new
        change = f"{node.arg}={written} became {node.arg}={new}"
        yield place.fault(place.start(value), place.end(value), text, change)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
