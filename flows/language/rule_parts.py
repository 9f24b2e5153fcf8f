"""The terminals of a sentence to those of its rules: what is joined, and where another rule begins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.tokens import Token

_ACTING = frozenset({"ROLE", "ANYONE", "MEMBERS", "NOBODY", "THING", "IT"})
_EDGES = frozenset({"SEP", "OR"})


def joined_deeds(tokens: Sequence[Token]) -> list[Token]:
    """A separator before a verb joins what is done; between two verbs it joins the verbs."""
    made = list(tokens)
    for at in range(1, len(made) - 1):
        if made[at].type not in _EDGES:
            continue
        if made[0].type == "WHEN" and made[at + 1].type != "STATUS":
            made[at] = replace(made[at], type="THEN")
            continue
        before, after = made[at - 1].type, made[at + 1].type
        if after == "VERB":
            made[at] = replace(made[at], type="AGAIN" if before == "VERB" else "JOIN")
        elif after == "DONE" and before == "DONE":
            made[at] = replace(made[at], type="JOIN")
    return made


def sentences_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The terminals of each rule: `owners request bookings and sitters confirm them` is two.

    So is `owners can see bookings but cannot delete them`, with the same owners.
    """
    found: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        if _joins(token) and _is_whole(found[-1]) and _acts_next(tokens, at + 1):
            found.append([])
        elif _joins(token) and _is_whole(found[-1]) and _may_next(tokens, at + 1):
            found.append(_who(found[-1]))
        else:
            found[-1].append(token)
    return [part for part in found if part]


def _joins(token: Token) -> bool:
    return token.type in _EDGES or token.low == "but"


def _may_next(tokens: Sequence[Token], start: int) -> bool:
    """Whether what somebody may do begins here, without saying who."""
    kinds = [token.type for token in tokens[start : start + 2]]
    return kinds in (["CAN", "VERB"], ["CANNOT", "VERB"])


def _who(tokens: Sequence[Token]) -> list[Token]:
    """Who acts in a rule: everything before what they do."""
    doing = next((at for at, token in enumerate(tokens) if token.type in {"CAN", "CANNOT", "VERB"}), 0)
    return list(tokens[:doing])


def _is_whole(tokens: Sequence[Token]) -> bool:
    kinds = {token.type for token in tokens}
    return bool(kinds & {"VERB", "DONE", "GOES"})


def _acts_next(tokens: Sequence[Token], start: int) -> bool:
    """Whether somebody, or a thing of which something is said, stands here with a verb behind it."""
    at = start
    while at < len(tokens) and tokens[at].type in {"ARTICLE", "ONLY", "ALL", "OWN"}:
        at += 1
    if at + 1 >= len(tokens):
        return False
    return tokens[at].type in _ACTING and tokens[at + 1].type in {"CAN", "CANNOT", "VERB", "BE", "GOES"}
