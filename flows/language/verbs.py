"""What verbs do to a row: see it, create, edit, delete it, all of that, or change its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.statuses import participles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import RuleAction

EVERYTHING: tuple[RuleAction, ...] = ("see", "create", "edit", "delete", "change status")
_VERBS: dict[tuple[RuleAction, ...], str] = {
    ("see",): "see view read look at look up look through browse search search for find access list watch "
    "check inspect consult know display download export follow",
    ("create",): "create add enter make write register submit post request book record upload propose order "
    "file report place schedule leave invite apply for sign up for reserve ask for give buy rent borrow log "
    "suggest offer plan share send rate review announce note fill out open start publish import set up lend "
    "declare donate pledge bring",
    (
        "edit",
    ): "edit change update correct modify rename maintain adjust fill in reschedule move assign extend "
    "alter amend revise set complete mark replace",
    ("delete",): "delete remove erase discard destroy",
    ("create", "edit"): "keep track",
    EVERYTHING: "manage administer handle look after run control administrate organise organize oversee "
    "take care of do everything with have full access to",
}
_PHRASES = frozenset(
    {"look at", "look up", "look through", "search for", "apply for", "sign up for", "ask for", "fill out"}
    | {"fill in", "look after", "take care of", "do everything with", "have full access to", "set up"}
)
FIRM = frozenset({"see", "view", "read", "edit", "change", "update", "delete", "remove", "create", "add"})
"""Verbs that mean the same whatever statuses a thing has."""
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""))


def _split(words: str) -> list[str]:
    """The verbs of a list, phrases of several words among them."""
    found: list[str] = []
    for word in words.split():
        for length in (3, 2, 1):
            phrase = " ".join([*found[-length:], word]) if length <= len(found) else ""
            if phrase in _PHRASES:
                del found[-length:]
                found.append(phrase)
                break
        else:
            found.append(word)
    return found


ACTIONS: dict[str, tuple[RuleAction, ...]] = {
    verb: actions for actions, words in _VERBS.items() for verb in _split(words)
}
DONE: dict[str, str] = {form: verb for verb in reversed(ACTIONS) for form in participles(verb)} | {
    "seen": "see",
    "read": "read",
    "made": "make",
    "written": "write",
    "found": "find",
    "kept": "keep",
    "sent": "send",
    "set": "set",
}
"""What was done → the verb: `changed` → change."""
LONGEST = 4  # words of a verb: "have full access to"


def bases(word: str) -> Iterable[str]:
    """What a verb in the third person may be without its ending, itself first."""
    yield word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word.removesuffix(ending) + instead
