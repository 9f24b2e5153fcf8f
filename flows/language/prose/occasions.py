"""Verbs that leave a record behind: who books a table makes a booking."""

from __future__ import annotations

from dataclasses import dataclass

from flows.language.prose.wordlist import words

DATED = words("""
    event concert party festival performance show screening exhibition fair gathering meetup conference
    tournament competition race course class workshop training seminar lesson session lecture rehearsal
    exam meeting match game shift trip tour ride excursion hike retreat team group club list ceremony
    walk talk webinar program programme challenge
""")
"""Nouns of what one can register for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """The record that a verb leaves, and the other nouns that may stand for it."""

    noun: str
    also: tuple[str, ...] = ()
    alone: bool = False
    """Whether it makes sense without saying what it is done to: `everybody can comment`."""
    only_of: frozenset[str] | None = None
    """Nouns that it has to be done to; None for any thing."""
    tied_by: frozenset[str] | None = None
    """Words one of which has to stand before what it is done to; None for any."""


_BOOKINGS = ("booking", "reservation", "appointment", "consultation")
_ORDERS = ("order", "purchase")
_REGISTRATIONS = (
    "registration",
    "enrolment",
    "enrollment",
    "sign-up",
    "attendance",
    "participation",
    "booking",
)
_REVIEWS = ("review", "rating", "testimonial")
_BOOKING = Occasion(noun="booking", also=_BOOKINGS)
_ORDER = Occasion(noun="order", also=_ORDERS)
_REGISTRATION = Occasion(noun="registration", also=_REGISTRATIONS, only_of=DATED)
_ENROLMENT = Occasion(noun="enrolment", also=_REGISTRATIONS)
_RENTAL = Occasion(noun="rental", also=("rental", "booking", "reservation"))
_LOAN = Occasion(noun="loan", also=("loan", "rental"))
_REVIEW = Occasion(noun="review", also=_REVIEWS)
OCCASIONS: dict[str, Occasion] = {
    "book": _BOOKING,
    "reserve": Occasion(noun="reservation", also=_BOOKINGS),
    "hire": _BOOKING,
    "order": _ORDER,
    "buy": _ORDER,
    "rent": _RENTAL,
    "charter": _RENTAL,
    "borrow": _LOAN,
    "lend": _LOAN,
    "enrol": _ENROLMENT,
    "enroll": _ENROLMENT,
    "register": _REGISTRATION,
    "join": _REGISTRATION,
    "attend": _REGISTRATION,
    "participate": _REGISTRATION,
    "volunteer": _REGISTRATION,
    "apply": Occasion(noun="application", also=("application",), tied_by=frozenset({"for", "to"})),
    "review": _REVIEW,
    "rate": _REVIEW,
    "comment": Occasion(noun="comment", also=("comment", "reply"), alone=True),
    "donate": Occasion(noun="donation", also=("donation",), tied_by=frozenset({"to", "for"})),
    "vote": Occasion(noun="vote", also=("vote",), tied_by=frozenset({"for", "on"})),
    "bid": Occasion(noun="bid", also=("bid",)),
    "subscribe": Occasion(noun="subscription", also=("subscription", "membership")),
    "request": Occasion(noun="request", also=("request", "enquiry", "inquiry", *_BOOKINGS)),
    "answer": Occasion(
        noun="answer", also=("answer", "response"), only_of=frozenset({"question", "survey", "poll", "quiz"})
    ),
    "adopt": Occasion(noun="adoption", also=("adoption", "application", "request")),
}
MAKING = words("""
    make place create send submit report write post log record ask file request add enter track keep
    give leave upload open announce
""")
"""What one does to have such a record that is named itself: `make a reservation`."""
EQUALS: dict[str, tuple[str, ...]] = {
    "completed": ("completed", "done", "resolved"),
    "finished": ("finished", "done", "completed"),
    "fixed": ("fixed", "resolved", "done"),
    "repaired": ("repaired", "resolved", "done"),
    "accepted": ("accepted", "confirmed", "approved"),
    "approved": ("approved", "confirmed", "accepted"),
    "rejected": ("rejected", "declined"),
    "declined": ("declined", "rejected"),
    "refused": ("refused", "declined", "rejected"),
    "returned": ("returned",),
    "filled": ("filled",),
}
"""Statuses that mean the same, the first that a thing has being the one meant."""
