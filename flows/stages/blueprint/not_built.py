"""Wishes that need something the factory cannot build: found by a small lexicon and named, never dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import NotBuilt
from flows.language.plurals import singular
from flows.language.words import ascii_words

if TYPE_CHECKING:
    from flows.contracts import Interview

_ROLES = "accounts and rights are not built: everybody who opens the application may do everything"
# Words that give a need away, as a pattern over the lower-case sentence, and what it would need.
_NEEDS: tuple[tuple[str, str], ...] = (
    (
        (
            r"pay online|pays? by|online payments?|payments?|credit cards?|debit cards?|paypal|stripe"
            r"|checkout|direct debit|subscriptions?|refunds?"
        ),
        "taking payments needs a payment provider",
    ),
    (r"chats?|chatting|instant messages?|messaging|messengers?", "chat needs a messaging service"),
    (
        r"sms|text messages?|whatsapp|telegram|push notifications?",
        "sending messages needs a messaging provider",
    ),
    (
        (
            r"e-?mails? (?:is |are )?sent|(?:sends?|sending|gets?|receives?|by|an|per) (?:an |a )?e-?mails?"
            r"|newsletters?|notif\w+|remind(?:s|ed|ers?|ing)?|alerts?|mailing lists?"
        ),
        "sending e-mail or reminders needs a mail service",
    ),
    (r"maps?|gps|geolocation|route planning|navigation|nearby|near me|distance", "maps need a map provider"),
    (r"videos?|video calls?|live ?stream\w*|streaming|zoom|webinars?", "video needs a video service"),
    (
        r"ai|artificial intelligence|machine learning|chatbots?|gpt|recommend\w*|predict\w*",
        "recommendations and predictions need a trained model",
    ),
    (
        r"uploads?|uploading|attach(?:es|ing|ments?)?|photos?|pictures?|images?|pdfs?|scans?",
        "keeping files and images needs file storage",
    ),
    (
        r"google calendar|outlook|ical|calendar sync\w*|calendars?",
        "a calendar needs a calendar service or view",
    ),
    (
        r"sign(?:s|ed)? ?(?:in|up)|log(?:s|ged)? ?in|passwords?|accounts?|only their own|single sign-?on",
        _ROLES,
    ),
    (
        r"mobile app|iphone|android|ios|app store",
        "a mobile application is not built; its pages work on a phone",
    ),
    (r"barcodes?|qr codes?", "scanning or printing codes needs a device library"),
    (
        r"print(?:s|ed|ing)?|invoices? (?:is |are )?(?:made|created|generated)",
        "printed documents are not built",
    ),
    (r"imports?|exports?|excel|spreadsheets?|csv", "import and export of tables are not built"),
    (
        r"statistics|charts?|graphs?|dashboards?|reports? (?:on|about|of)",
        "charts and statistics are not built",
    ),
    (r"translat\w+|multilingual|several languages", "translated pages are not built"),
    (r"automatically|automatic", "doing things by itself on a schedule or an event is not built"),
    (r"synchroni[sz]\w*|integrat\w+|connects? to", "a connection to another system needs its interface"),
)
_PATTERNS = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), reason) for words, reason in _NEEDS)
_ROLES = (
    "people with rights of their own are not built: everybody who opens the application may do everything"
)


def not_built(interview: Interview) -> tuple[NotBuilt, ...]:
    """Wishes, and the roles of the people, that this factory cannot build; in the document's order.

    A word that names one of the interview's own entities or fields is about keeping records of it, and
    no reason to refuse.
    """
    kept = _kept_words(interview)
    wishes = []
    if interview.people:
        wishes.append(NotBuilt(words=", ".join(interview.people), reason=_ROLES))
    for sentence in (interview.idea, *interview.features):
        wishes.extend(NotBuilt(words=sentence, reason=reason) for reason in needs(sentence, kept))
    return tuple(wishes)


def needs(sentence: str, kept: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What a sentence would need that cannot be built, each reason once; `kept`: words to overlook."""
    spoken = sentence.casefold()
    reasons = []
    for pattern, reason in _PATTERNS:
        if any(not _is_kept(found.group(), kept) for found in pattern.finditer(spoken)):
            reasons.append(reason)
    return tuple(reasons)


def _is_kept(phrase: str, kept: frozenset[str]) -> bool:
    words = ascii_words(phrase)
    return bool(words) and singular(" ".join(words)) in kept


def _kept_words(interview: Interview) -> frozenset[str]:
    phrases = [entity.name for entity in interview.entities]
    phrases += [field.name for entity in interview.entities for field in entity.fields]
    kept = set()
    for phrase in phrases:
        words = ascii_words(phrase)
        kept |= {singular(" ".join(words)), *(singular(word) for word in words)}
    return frozenset(kept)
