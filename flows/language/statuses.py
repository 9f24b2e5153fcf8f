"""What words for a status mean: where a thing begins, where it ends, and what one does to get it there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.language.words import ascii_words, label

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELD_NAMES = frozenset({"status", "state", "stage", "phase"})
_FIRST = frozenset(
    {"requested", "new", "draft", "open", "pending", "created", "planned", "submitted", "received"}
    | {"reported", "waiting", "proposed", "registered", "applied", "todo", "backlog", "unpaid", "idea"}
    | {"ordered", "asked", "enquiry", "inquiry", "incoming", "initial", "scheduled", "available", "lead"}
)
_LAST = frozenset(
    {"done", "completed", "complete", "finished", "cancelled", "canceled", "rejected", "declined", "closed"}
    | {"archived", "paid", "delivered", "returned", "expired", "refunded", "collected", "resolved"}
    | {"withdrawn", "deleted", "discarded", "failed", "ended", "over", "won", "lost", "sold", "settled"}
)
# Past participles whose verb does not come out by taking the ending off.
_VERBS = {
    "accepted": "accept", "activated": "activate", "applied": "apply", "approved": "approve",
    "archived": "archive", "assigned": "assign", "begun": "begin", "booked": "book", "built": "build",
    "canceled": "cancel", "cancelled": "cancel", "checked": "check", "closed": "close",
    "collected": "collect", "completed": "complete", "complete": "complete", "confirmed": "confirm",
    "declined": "decline", "delivered": "deliver", "done": "finish", "expired": "expire",
    "failed": "fail", "finished": "finish", "hired": "hire", "invited": "invite", "lent": "lend",
    "ordered": "order", "packed": "pack", "paid": "pay", "paused": "pause", "picked up": "pick up",
    "planned": "plan", "prepared": "prepare", "proposed": "propose", "published": "publish",
    "received": "receive", "refunded": "refund", "rejected": "reject", "released": "release",
    "reopened": "reopen", "repaired": "repair", "requested": "request", "reserved": "reserve",
    "resolved": "resolve", "returned": "return", "reviewed": "review", "scheduled": "schedule",
    "sent": "send", "shipped": "ship", "signed": "sign", "sold": "sell", "started": "start",
    "submitted": "submit", "suspended": "suspend", "verified": "verify", "withdrawn": "withdraw",
}  # fmt: skip
_IRREGULAR = {
    "begin": "begun", "bring": "brought", "build": "built", "buy": "bought", "catch": "caught",
    "choose": "chosen", "cut": "cut", "do": "done", "draw": "drawn", "drive": "driven", "find": "found",
    "forbid": "forbidden", "freeze": "frozen", "get": "got", "give": "given", "grow": "grown",
    "hang": "hung", "hide": "hidden", "hold": "held", "keep": "kept", "leave": "left", "lend": "lent",
    "let": "let", "lose": "lost", "make": "made", "meet": "met", "pay": "paid", "plan": "planned",
    "put": "put", "read": "read", "ride": "ridden", "run": "run", "say": "said", "see": "seen",
    "sell": "sold", "send": "sent", "set": "set", "show": "shown", "shut": "shut", "speak": "spoken",
    "spend": "spent", "swear": "sworn", "take": "taken", "teach": "taught", "tell": "told",
    "throw": "thrown", "win": "won", "withdraw": "withdrawn", "write": "written",
}  # fmt: skip
_IRREGULAR_FORMS = frozenset(_IRREGULAR.values()) - {"set", "cut", "let", "put"}
# Verbs for a status that no form of them spells; what is spelled goes first.
_NEAR: dict[str, tuple[str, ...]] = {
    "accept": ("confirmed", "approved"),
    "activate": ("active", "live"),
    "approve": ("accepted", "confirmed"),
    "begin": ("in progress", "started", "running", "active"),
    "block": ("suspended", "on hold"),
    "call off": ("cancelled", "canceled"),
    "complete": ("done", "finished", "closed"),
    "confirm": ("accepted", "approved"),
    "deactivate": ("inactive",),
    "decline": ("rejected", "refused"),
    "finish": ("completed", "done", "complete", "closed"),
    "hand over": ("delivered", "collected", "handed over"),
    "lend": ("lent out", "on loan", "borrowed"),
    "open": ("open",),
    "pause": ("on hold",),
    "publish": ("live", "public"),
    "refuse": ("declined", "rejected"),
    "reject": ("declined", "refused"),
    "start": ("in progress", "running", "begun", "active", "ongoing"),
    "take back": ("returned",),
}


def is_first(status: str) -> bool:
    """Whether things commonly begin so."""
    return _spoken(status) in _FIRST


def is_last(status: str) -> bool:
    """Whether things commonly end so."""
    return _spoken(status) in _LAST


def verb(status: str) -> str:
    """What one does to get something there, like `confirm`; `mark as …` for a status that is no deed."""
    shown = label(status.lower() if status.isupper() else status)
    return _VERBS.get(_spoken(status)) or f"mark as {shown[:1].lower()}{shown[1:]}"


def reached_by(doing: str, statuses: Sequence[str]) -> str | None:
    """The status that a verb leads to: `decline` → `declined`; None when none of them sounds like it."""
    wanted = _spoken(doing)
    exact = [status for status in statuses if wanted in {_spoken(verb(status)), _spoken(status)}]
    formed = [status for status in statuses if _spoken(status) in participles(wanted)]
    near = [status for status in statuses if _spoken(status) in _NEAR.get(wanted, ())]
    return next(iter((*exact, *formed, *near)), None)


def is_participle(word: str) -> bool:
    """Whether a word is what a verb looks like when it was done."""
    return word.endswith(("ed", "wn", "ought")) or word in _IRREGULAR_FORMS


def participles(doing: str) -> frozenset[str]:
    """How a verb may look when it was done: `ship` → shipped, `carry out` → carried out."""
    first, space, rest = doing.partition(" ")
    if not first:
        return frozenset()
    forms = {f"{first}ed", f"{first}d", f"{first}{first[-1]}ed", re.sub("y$", "ied", first), f"{first}n"}
    return frozenset(form + space + rest for form in {*forms, _IRREGULAR.get(first, first)})


def _spoken(status: str) -> str:
    return " ".join(ascii_words(status))
