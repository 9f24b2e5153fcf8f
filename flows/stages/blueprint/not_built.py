"""Wishes that need something the factory cannot build: found by a small lexicon and named, never dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.contracts import NotBuilt
from flows.language.plurals import singular
from flows.language.words import ascii_words

if TYPE_CHECKING:
    from flows.contracts import Intake, Interview

# Words that give a need away, as a pattern over the lower-case sentence, and what it would need.
_NEEDS: tuple[tuple[str, str], ...] = (
    (
        (
            r"pay online|pays? (?:by|with|for|the|their|a)|payments?|credit cards?|debit cards?|paypal|stripe"
            r"|checkout|direct debit|subscriptions?|refunds?"
        ),
        "taking payments needs a payment provider",
    ),
    (
        r"chats?|chatting|instant messages?|direct messages?|messaging|messengers?",
        "chat needs a messaging service",
    ),
    (
        r"sms|text messages?|whatsapp|telegram|push notifications?|push messages?",
        "sending messages needs a messaging provider",
    ),
    (
        (
            r"e-?mails? (?:are )?sent|(?:sends?|sending|gets?|receives?|by|per|via) (?:an |a )?e-?mails?"
            r"|newsletters?|notif\w+|remind(?:s|ed|ers?|ing)?|alerts?|mailing lists?"
        ),
        "sending e-mail or reminders needs a mail service",
    ),
    (
        r"maps?|gps|geolocation|route planning|navigation|nearby|near me|distance|live locations?",
        "maps need a map provider",
    ),
    (r"videos?|video calls?|live ?stream\w*|streaming|zoom|webinars?", "video needs a video service"),
    (r"voice messages?|phone calls?|speech", "speech needs a telephony or speech service"),
    (
        r"ai|artificial intelligence|machine learning|chatbots?|gpt|recommend\w*|predict\w*",
        "recommendations and predictions need a trained model",
    ),
    (
        r"google calendar|outlook|ical|calendar sync\w*|calendars?",
        "a calendar needs a calendar service or view",
    ),
    (
        r"single sign-?on|sso|oauth|ldap|social login|signs? in with (?:google|apple|facebook)",
        "signing in with another account needs an identity provider",
    ),
    (r"two[- ]factor|2fa|second factor", "a second factor at sign-in is not built"),
    (
        r"mobile app|native app|iphone|android|ios|app store",
        "a mobile application is not built; its pages work on a phone",
    ),
    (r"offline|without internet", "working without a connection is not built"),
    (r"barcodes?|qr codes?", "scanning or printing codes needs a device library"),
    (
        r"print(?:s|ed|ing)?|pdfs?|invoices? (?:is |are )?(?:made|created|generated)",
        "printed documents are not built",
    ),
    (r"imports?|importing|imported", "importing tables is not built; an export as CSV is"),
    (
        (
            r"statistics|analytics|charts?|graphs?|reports? (?:on|about)"
            r"|(?:weekly|monthly|quarterly|yearly|annual) reports?"
        ),
        "charts and statistics beyond counts are not built",
    ),
    (
        r"translated|translations?|multilingual|several languages|more than one language",
        "translated pages are not built",
    ),
    (
        r"automatically|automatic|recurring|by itself",
        "doing things by itself on a schedule or an event is not built",
    ),
    (r"drag[- ]and[- ]drop|kanban", "boards to drag things on are not built; lists and statuses are"),
    (r"e-?signatures?|electronic signatures?|docusign", "signing documents needs a signature service"),
    (
        r"synchroni[sz]\w*|integrat\w+|connects? to|webhooks?",
        "a connection to another system needs its interface",
    ),
)
_PATTERNS = tuple((re.compile(rf"(?<!\w)(?:{words})(?!\w)"), reason) for words, reason in _NEEDS)
_WISHING = ("idea", "problem", "features")
_SENTENCE = 3  # words: shorter ones name a thing, and an open question about it stays one


def not_built(intake: Intake, feedback: tuple[str, ...] = ()) -> tuple[NotBuilt, ...]:
    """Wishes that this factory cannot build, in the document's order, then those of the gate.

    A word that names one of the interview's own entities or fields is about keeping records of it, and
    no reason to refuse.
    """
    kept = kept_words(intake.interview)
    sentences = dict.fromkeys((*_wishes(intake), *feedback))
    return tuple(
        NotBuilt(words=sentence, reason=reason) for sentence in sentences for reason in needs(sentence, kept)
    )


def _wishes(intake: Intake) -> tuple[str, ...]:
    """Every sentence that wishes for something, and every one that could not be read."""
    interview = intake.interview
    statements = {statement.words for statement in interview.statements}
    unread = [
        question.words
        for question in intake.open_questions
        if question.words in statements and len(question.words.split()) >= _SENTENCE
    ]
    said = [statement.words for statement in interview.statements if statement.where.startswith(_WISHING)]
    return (*(said or [interview.idea]), *interview.features, *unread)


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


def kept_words(interview: Interview) -> frozenset[str]:
    """What the interview keeps, in the singular: names of entities and fields, and each word of them."""
    phrases = [entity.name for entity in interview.entities]
    phrases += [field.name for entity in interview.entities for field in entity.fields]
    kept = set()
    for phrase in phrases:
        words = ascii_words(phrase)
        kept |= {singular(" ".join(words)), *(singular(word) for word in words)}
    return frozenset(kept)
