"""What a status tells at a glance: something waits, something goes on, it went well, it did not."""

from __future__ import annotations

from flows.language.words import ascii_words

_WAITING = frozenset(
    {"requested", "new", "draft", "open", "pending", "created", "planned", "submitted", "received", "idea"}
    | {"reported", "waiting", "proposed", "registered", "applied", "todo", "backlog", "unpaid", "ordered"}
    | {"asked", "enquiry", "inquiry", "incoming", "initial", "scheduled", "lead", "hold", "paused", "unread"}
    | {"reserved", "invited", "review", "quoted", "unassigned", "unconfirmed", "queued"}
)
_ACTIVE = frozenset(
    {"active", "progress", "started", "running", "ongoing", "processing", "assigned", "shipped", "sent"}
    | {"doing", "working", "packed", "prepared", "lent", "borrowed", "rented", "testing", "current", "live"}
    | {"begun", "reopened", "underway", "transit", "production", "repair", "repairing", "interviewing"}
)
_GOOD = frozenset(
    {"done", "completed", "complete", "finished", "confirmed", "accepted", "approved", "paid", "delivered"}
    | {"returned", "collected", "resolved", "won", "sold", "settled", "published", "verified", "available"}
    | {
        "passed",
        "signed",
        "ready",
        "fixed",
        "repaired",
        "hired",
        "enrolled",
        "attended",
        "present",
        "healthy",
    }
)
_BAD = frozenset(
    {"cancelled", "canceled", "rejected", "declined", "failed", "expired", "overdue", "lost", "blocked"}
    | {"withdrawn", "refused", "denied", "suspended", "broken", "missed", "late", "deleted", "discarded"}
    | {"absent", "sick", "ill", "unwell", "stolen", "damaged", "disputed", "terminated", "banned"}
)
_LEXICON = {
    word: tone
    for tone, words in (("waiting", _WAITING), ("active", _ACTIVE), ("good", _GOOD), ("bad", _BAD))
    for word in words
}
_NEGATIONS = {"no", "not", "never"}


def tone(status: str) -> str:
    """The tone of the last word that has one, '' when none has; what is not yet so waits."""
    words = ascii_words(status)
    known = [_LEXICON[word] for word in words if word in _LEXICON]
    if _NEGATIONS.intersection(words):
        return "waiting" if known else "bad" if "show" in words else ""
    return known[-1] if known else ""
