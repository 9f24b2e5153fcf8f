"""JDL text to tokens, and the documentation comments that stand beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from lark import Lark, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_WORDS = 100_000  # many times what the largest interview needs
UNREADABLE = ("OPEN_COMMENT", "OPEN_STRING", "OPEN_REGEX", "STRAY")
_LINE_START = re.compile(r"^[ \t]*\*?[ \t]?", re.MULTILINE)


class _Kept:
    """Terminals that no rule names; Lark drops them from its lexer unless somebody behind it wants them."""

    always_accept = ("JAVADOC", *UNREADABLE)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        return stream


@cache
def grammar() -> Lark:
    """The parser of grammar.lark, made once."""
    text = (files(__package__) / "grammar.lark").read_text(encoding="utf-8")
    return Lark(
        text, parser="lalr", lexer="basic", start="document", postlex=_Kept(), maybe_placeholders=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A documentation comment without its stars."""

    text: str
    token: Token


@dataclass(slots=True, kw_only=True)
class Comments:
    """All documentation comments by the place of the word they document; whoever asks for one has used it."""

    found: dict[int, list[Comment]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def of(self, tokens: Iterable[Token | None]) -> str:
        """What stands beside these tokens, in the order of the text."""
        texts = []
        for token in tokens:
            if token is not None and token.start_pos in self.found:
                self.used.add(token.start_pos)
                texts += [comment.text for comment in self.found[token.start_pos]]
        return "\n".join(text for text in texts if text)

    def tokens(self) -> Iterator[Token]:
        """All of them, as they stand in the file."""
        return (comment.token for comments in self.found.values() for comment in comments)

    def unused(self) -> Iterator[Comment]:
        """Comments that document nothing."""
        for position, comments in self.found.items():
            if position not in self.used:
                yield from comments


def tokenize(text: str) -> tuple[list[Token], Comments]:
    """The tokens without comments; a comment is of the item before it on its line, else of the next.

    No more than one token above MAX_WORDS, however long the text is.
    """
    tokens: list[Token] = []
    waiting: list[Token] = []
    comments = Comments()
    for token in grammar().lex(text):
        if token.type == "JAVADOC":
            waiting.append(token)
            continue
        _attach(waiting, before=token, tokens=tokens, comments=comments)
        waiting = []
        tokens.append(token)
        if len(tokens) > MAX_WORDS:
            break
    _attach(waiting, before=None, tokens=tokens, comments=comments)
    return tokens, comments


def _attach(waiting: list[Token], *, before: Token | None, tokens: list[Token], comments: Comments) -> None:
    for comment in waiting:
        documented = _documented(comment, before, tokens) or comment
        comments.found.setdefault(documented.start_pos or 0, []).append(
            Comment(text=_plain(comment), token=comment)
        )


def _documented(comment: Token, following: Token | None, tokens: list[Token]) -> Token | None:
    """The last word before a comment on its line, unless a brace or comma gives it to what follows."""
    previous = tokens[-1] if tokens else None
    if previous is None or previous.end_line != comment.line or previous in {"{", "to"}:
        return following
    if previous == "," and following is not None and following.line == comment.end_line:
        return following
    return next((token for token in reversed(tokens[-4:]) if token.type not in _PUNCTUATION), following)


_PUNCTUATION = frozenset({"COMMA", "LPAR", "RPAR", "LBRACE", "RBRACE"})


def _plain(comment: Token) -> str:
    lines = (_LINE_START.sub("", line).rstrip() for line in comment[3:-2].strip("*").splitlines())
    return "\n".join(lines).strip()
