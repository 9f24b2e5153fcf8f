"""Tokens to a tree of declarations; a mistake costs the item it is in and never hides the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lark import Token, Tree
from lark.exceptions import UnexpectedToken

from flows.stages.intake.jdl.mistakes import missing, missing_type, mistake
from flows.stages.intake.jdl.tokens import grammar
from flows.stages.intake.problems import MAX_LISTED
from flows.stages.intake.tree import Mark

if TYPE_CHECKING:
    from flows.stages.intake.problems import Problems

_KEYWORDS = {
    word: word.upper()
    for word in (
        *("entity", "enum", "relationship", "application", "deployment", "config", "entities"),
        *("use", "for", "with", "except", "to", "required", "unique", "pattern"),
    )
}
_KEYWORDS |= dict.fromkeys(("min", "max", "minlength", "maxlength", "minbytes", "maxbytes"), "LIMIT")
_KEYWORDS |= dict.fromkeys(("builtInEntity", "jpaDerivedIdentifier"), "EXTRA")
_WITH_BRACKET = frozenset({"LIMIT", "PATTERN"})
UNTYPED = "UNTYPED"
"""Stands in for a token that begins the next field although the one before it has no type yet."""

_BLOCKS = {"entity": 2, "enum": 2, "relationship": 2, "application": 1, "deployment": 1}
"""Words that begin a declaration, and how many tokens on its bracket stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The declarations that could be read, and every word of those that could not."""

    declarations: tuple[Tree[Token], ...]
    lost: frozenset[str]


def place(token: Token) -> Mark:
    """Where a token stands."""
    return Mark(line=token.line or 1, column=token.column or 1)


def parse(tokens: list[Token], problems: Problems) -> Parsed:
    """Read everything that can be read, and note what does not belong where it stands."""
    return _Reader(tokens, problems).read()


class _Reader:
    """An LALR parser that goes on after a mistake as yacc's do: the item it is in becomes BROKEN."""

    def __init__(self, tokens: list[Token], problems: Problems) -> None:
        self._tokens = tokens
        self._problems = problems
        self._parser: Any = grammar().parse_interactive(start="document")
        self._lost: set[str] = set()
        self._block = 0

    def read(self) -> Parsed:
        at = 0
        while at < len(self._tokens) and len(self._problems) < MAX_LISTED:
            try:
                self._parser.feed_token(self._typed(at))
            except UnexpectedToken:
                at = self._recovered(at)
            else:
                at += 1
        if "$END" not in self._parser.accepts():
            if len(self._problems) < MAX_LISTED:
                self._note(len(self._tokens))
            self._close()
        document = self._parser.feed_token(Token("$END", ""))
        found = tuple(child for child in document.children if isinstance(child, Tree))
        return Parsed(declarations=found, lost=frozenset(self._lost))

    def _typed(self, at: int) -> Token:
        """The token as the keyword that it is where it stands, or as a validation that nobody knows."""
        token = self._tokens[at]
        if token.type != "NAME":
            return token
        choices = self._parser.choices()
        keyword = _KEYWORDS.get(token, "")
        if keyword in choices and token in _BLOCKS:
            self._block = at
        bracketed = self._text(at + 1) == "("
        if keyword in choices and (bracketed or keyword not in _WITH_BRACKET):
            return Token.new_borrow_pos(keyword, token, token)
        if "UNKNOWN" in choices and (bracketed or self._ends_a_line(at)):
            return Token.new_borrow_pos("UNKNOWN", token, token)
        if self._is_after_untyped_field(at):
            return Token.new_borrow_pos(UNTYPED, token, token)
        return token

    def _is_after_untyped_field(self, at: int) -> bool:
        """Whether a type is due where a line begins with what looks like the next field."""
        last = self._parser.parser_state.value_stack[-1:]
        due = (
            self._parser.choices().keys() == {"NAME"}
            and isinstance(last[0], Token)
            and last[0].type == "NAME"
        )
        return due and self._is_first(at) and not self._is_first(at + 1) and self._text(at + 1)[:1].isalpha()

    def _ends_a_line(self, at: int) -> bool:
        """Whether nothing follows that could be the type of a field of that name."""
        if self._is_first(at):
            return False
        return self._text(at + 1) in {"", "}", ","} or self._is_first(at + 1)

    def _recovered(self, at: int) -> int:
        """Note what is wrong at a token, leave the item it is in, and say where to go on."""
        begun = next((near for near in (at, at - 1, at - 2) if near > 0 and self._begins_block(near)), None)
        if begun is not None and self._is_inside():
            self._problems.add(
                place(self._tokens[begun]),
                "document",
                "the block before this is not closed",
                "Write } before it.",
            )
            for _ in range(begun, at):
                self._pop()
            self._close()
            return begun
        self._note(at)
        left = self._leave_item()
        resumed = self._next_item(at, left)
        if not self._is_inside():
            self._lost |= {str(token) for token in self._tokens[self._start(at) : resumed]}
        return resumed

    def _note(self, at: int) -> None:
        token = self._tokens[at] if at < len(self._tokens) else _end(self._tokens)
        previous = self._tokens[max(at - 1, 0)]
        block = " ".join(self._tokens[self._block : self._block + 2])
        choices = frozenset(self._parser.accepts())
        mark = place(token)
        if self._is_after_untyped_field(at):
            message, hint = missing_type(previous)
            mark = place(previous)
        elif self._is_first(at) and token.type in {"NAME", "AT"}:
            message, hint = missing(previous, choices)
            mark = Mark(line=previous.end_line or 1, column=previous.end_column or 1)
        else:
            message, hint = mistake(token, self._text(self._start(at)), choices)
        self._problems.add(mark, block, message, hint)

    def _start(self, at: int) -> int:
        """The first token of the line that a token is in."""
        return next((near for near in range(at, max(at - 50, 0), -1) if self._is_first(near)), 0)

    def _is_inside(self) -> bool:
        """Whether the parser is within a block rather than between declarations."""
        return self._opened() > 0

    def _opened(self) -> int:
        stack = self._parser.parser_state.value_stack
        return sum((value == "{") - (value == "}") for value in stack)

    def _leave_item(self) -> int:
        """Put BROKEN in place of the item; the number of braces that had been opened in it."""
        opened = self._opened()
        while "BROKEN" not in self._parser.accepts():
            self._pop()
        self._parser.feed_token(Token("BROKEN", ""))
        return opened - self._opened()

    def _close(self) -> None:
        """Close every block that is open, as if its brackets were there."""
        while self._is_inside():
            while "BROKEN" not in self._parser.accepts():
                self._pop()
            self._parser.feed_token(Token("RBRACE", "}"))
        while "BROKEN" not in self._parser.accepts():
            self._pop()

    def _pop(self) -> None:
        self._parser.parser_state.state_stack.pop()
        self._parser.parser_state.value_stack.pop()

    def _next_item(self, at: int, left: int) -> int:
        """The first token with which an item may begin again; `left`: braces still open in this one."""
        depth, start, inside = left, at, self._is_inside()
        while at < len(self._tokens):
            text = self._tokens[at]
            if text == "}" and depth == 0 and inside:
                return at
            if at > start and (self._begins_block(at) or (text == "}" and depth <= 1 and not inside)):
                return at + int(text == "}")
            fresh = self._is_first(at) if at > start else self._is_first(at) and text.type in {"NAME", "AT"}
            if depth <= left and (fresh or (at > start and self._text(at - 1) == ",")):
                return at
            depth += (text == "{") - (text == "}" and depth > 0)
            at += 1
        return at

    def _begins_block(self, at: int) -> bool:
        distance = _BLOCKS.get(self._text(at), 0)
        begins = self._is_first(at) or self._text(at - 1) == "}"
        return distance > 0 and begins and self._text(at + distance) in {"{", "("}

    def _is_first(self, at: int) -> bool:
        """Whether a token is the first on its line."""
        if at == 0 or at >= len(self._tokens):
            return True
        return bool(self._tokens[at - 1].end_line != self._tokens[at].line)

    def _text(self, at: int) -> str:
        return str(self._tokens[at]) if 0 <= at < len(self._tokens) else ""


def _end(tokens: list[Token]) -> Token:
    last = tokens[-1]
    return Token("END", "", line=last.end_line, column=last.end_column)
