"""What words for a status mean: where a thing begins, where it ends, and what one does to get it there."""

from __future__ import annotations

from flows.language.words import ascii_words, label
from flows.stages.blueprint.names import snake

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


def is_first(status: str) -> bool:
    """Whether things commonly begin so."""
    return _spoken(status) in _FIRST


def is_last(status: str) -> bool:
    """Whether things commonly end so."""
    return _spoken(status) in _LAST


def verb(status: str) -> str:
    """What one does to get something there, like `confirm`; `mark as …` for a status that is no deed."""
    return _VERBS.get(_spoken(status)) or f"mark as {label(status)[:1].lower()}{label(status)[1:]}"


def reached_by(doing: str, statuses: tuple[str, ...]) -> str | None:
    """The status that a verb leads to: `decline` → `declined`; None when none of them sounds like it."""
    wanted = snake(ascii_words(doing))
    return next((status for status in statuses if snake(ascii_words(verb(status))) == wanted), None)


def _spoken(status: str) -> str:
    return " ".join(ascii_words(status))
