"""A sentence to its clauses: divided where a new verb begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.contexts import SEPARATORS, VERBS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tokens import Token


def clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """The terminals of each clause: `has a name and belongs to a Pet` is two."""
    found: list[list[Token]] = [[]]
    depth, has_verb = 0, False
    for at, token in enumerate(tokens):
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        joins = depth == 0 and token.type in SEPARATORS and bool(found[-1])
        if joins and (";" in token.text or _begins(tokens, at + 1, has_verb=has_verb)):
            found.append([])
            has_verb = False
            continue
        has_verb = has_verb or (depth == 0 and token.type in VERBS)
        found[-1].append(token)
    return [clause for clause in found if clause]


def _begins(tokens: Sequence[Token], start: int, *, has_verb: bool) -> bool:
    """Whether a clause begins here: with its verb, or with a subject when the one before has its verb."""
    return start < len(tokens) and (
        tokens[start].type in VERBS - {"COLON"} or (has_verb and _verb_follows(tokens, start))
    )


def _verb_follows(tokens: Sequence[Token], start: int) -> bool:
    """Whether a verb comes before the next separator."""
    depth = 0
    for token in tokens[start:]:
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        if depth == 0 and token.type in SEPARATORS | {"THAT"}:
            return False
        if depth == 0 and token.type in VERBS:
            return True
    return False
