"""The kind of a field that only its name gives away."""

from __future__ import annotations

from flows.contracts import FieldKind
from flows.language.kinds import kind_of
from flows.language.plurals import singular
from flows.language.words import ascii_words, word_set

_HEADS: dict[FieldKind, str] = {
    FieldKind.EMAIL: "email mail",
    FieldKind.PHONE: "phone telephone mobile cellphone fax tel landline whatsapp",
    FieldKind.LINK: "website homepage url link site webpage blog",
    FieldKind.IMAGE: "photo picture image logo avatar portrait photograph poster thumbnail icon cover "
    "screenshot selfie illustration banner headshot",
    FieldKind.FILE: "file attachment document pdf contract cv resume scan upload certificate transcript "
    "manuscript recording spreadsheet",
    FieldKind.MONEY: "price fee cost amount salary wage budget deposit fare rent payment balance revenue "
    "charge income expense turnover refund discount tip donation premium tariff bonus",
    FieldKind.DATE: "date birthday day deadline anniversary birthdate dob birth",
    FieldKind.TIME: "hour o'clock",
    FieldKind.DATE_AND_TIME: "timestamp datetime",
    FieldKind.DURATION: "duration length_of_stay runtime",
    FieldKind.NUMBER: "number count quantity seat star age year capacity floor score points rank position "
    "stock rating level size_in_people mileage pages page copies copy units pieces edition attempts grade "
    "minutes hours days weeks months attendees participants places",
    FieldKind.DECIMAL: "weight height width length depth distance percentage rate_in_percent temperature "
    "latitude longitude area volume speed altitude hectares dosage dose",
    FieldKind.LONG_TEXT: "description note notes comment comments remark remarks biography bio message "
    "details summary instructions text body content synopsis abstract feedback observation observations "
    "explanation story recipe ingredients agenda minutes_of_meeting diagnosis_text anamnesis findings "
    "announcement directions",
    FieldKind.IDENTIFIER: "iban bic isbn issn ean sku vin code serial barcode plate reference id ssn uuid "
    "license licence slug passport",
}
_HEAD_KINDS = {word: kind for kind, words in _HEADS.items() for word in words.split()}
_PHRASES: dict[str, FieldKind] = {
    "about me": FieldKind.LONG_TEXT,
    "about": FieldKind.LONG_TEXT,
    "chip number": FieldKind.IDENTIFIER,
    "serial number": FieldKind.IDENTIFIER,
    "invoice number": FieldKind.IDENTIFIER,
    "order number": FieldKind.IDENTIFIER,
    "article number": FieldKind.IDENTIFIER,
    "registration number": FieldKind.IDENTIFIER,
    "account number": FieldKind.IDENTIFIER,
    "passport number": FieldKind.IDENTIFIER,
    "membership number": FieldKind.IDENTIFIER,
    "member number": FieldKind.IDENTIFIER,
    "customer number": FieldKind.IDENTIFIER,
    "insurance number": FieldKind.IDENTIFIER,
    "tax number": FieldKind.IDENTIFIER,
    "vat number": FieldKind.IDENTIFIER,
    "inventory number": FieldKind.IDENTIFIER,
    "id number": FieldKind.IDENTIFIER,
    "reference number": FieldKind.IDENTIFIER,
    "tracking number": FieldKind.IDENTIFIER,
    "plate number": FieldKind.IDENTIFIER,
    "license number": FieldKind.IDENTIFIER,
    "licence number": FieldKind.IDENTIFIER,
    "license plate": FieldKind.IDENTIFIER,
    "licence plate": FieldKind.IDENTIFIER,
    "card number": FieldKind.IDENTIFIER,
    "policy number": FieldKind.IDENTIFIER,
    "contract number": FieldKind.IDENTIFIER,
    "postal code": FieldKind.TEXT,
    "post code": FieldKind.TEXT,
    "postcode": FieldKind.TEXT,
    "zip code": FieldKind.TEXT,
    "zip": FieldKind.TEXT,
    "house number": FieldKind.TEXT,
    "room number": FieldKind.TEXT,
    "phone number": FieldKind.PHONE,
    "telephone number": FieldKind.PHONE,
    "mobile number": FieldKind.PHONE,
    "cell number": FieldKind.PHONE,
    "fax number": FieldKind.PHONE,
    "contact number": FieldKind.PHONE,
    "emergency number": FieldKind.PHONE,
    "whatsapp number": FieldKind.PHONE,
    "cell phone": FieldKind.PHONE,
    "e mail": FieldKind.EMAIL,
    "e mail address": FieldKind.EMAIL,
    "email address": FieldKind.EMAIL,
    "mail address": FieldKind.EMAIL,
    "web address": FieldKind.LINK,
    "web page": FieldKind.LINK,
    "web site": FieldKind.LINK,
    "home page": FieldKind.LINK,
    "date of birth": FieldKind.DATE,
    "date and time": FieldKind.DATE_AND_TIME,
    "hourly rate": FieldKind.MONEY,
    "daily rate": FieldKind.MONEY,
    "day rate": FieldKind.MONEY,
    "nightly rate": FieldKind.MONEY,
    "monthly rate": FieldKind.MONEY,
    "rate": FieldKind.MONEY,
    "total": FieldKind.MONEY,
    "total price": FieldKind.MONEY,
    "subtotal": FieldKind.MONEY,
    "entry fee": FieldKind.MONEY,
    "newsletter": FieldKind.YES_NO,
    "page count": FieldKind.NUMBER,
    "max pets": FieldKind.NUMBER,
    "party size": FieldKind.NUMBER,
    "group size": FieldKind.NUMBER,
    "team size": FieldKind.NUMBER,
    "full name": FieldKind.TEXT,
    "minutes": FieldKind.LONG_TEXT,
    "cover letter": FieldKind.LONG_TEXT,
    "medical history": FieldKind.LONG_TEXT,
    "house rules": FieldKind.LONG_TEXT,
    "special needs": FieldKind.LONG_TEXT,
    "special requests": FieldKind.LONG_TEXT,
    "running time": FieldKind.DURATION,
    "run time": FieldKind.DURATION,
    "travel time": FieldKind.DURATION,
    "preparation time": FieldKind.DURATION,
    "cooking time": FieldKind.DURATION,
    "playing time": FieldKind.DURATION,
    "waiting time": FieldKind.DURATION,
    "opening hours": FieldKind.TEXT,
    "business hours": FieldKind.TEXT,
    "price range": FieldKind.TEXT,
    "cover": FieldKind.IMAGE,
    "text": FieldKind.LONG_TEXT,
    "length": FieldKind.DECIMAL,
    "birth place": FieldKind.TEXT,
    "place of birth": FieldKind.TEXT,
    "site": FieldKind.TEXT,
    "content": FieldKind.LONG_TEXT,
}
_ASKING = word_set("is has was are were can does did wants needs will allows accepts would should")
_ASKED = word_set(
    "paid active archived published confirmed vaccinated neutered newsletter vegetarian vegan done "
    "completed available enabled verified approved featured public private urgent recurring "
    "refundable accessible insured sold visible hidden open closed cancelled returned delivered "
    "received signed"
)
"""Words that alone are the answer to a question with yes or no."""
_PREPOSITIONS = word_set("of in for per at from to on with by about within during before after")
_MEASURES: dict[str, FieldKind] = {
    **dict.fromkeys(
        (
            *("kg", "g", "gram", "kilogram", "kilo", "lb", "pound", "ton", "tonne", "cm", "mm", "m", "km"),
            *("meter", "metre", "kilometer", "kilometre", "centimeter", "centimetre", "mile", "inch", "foot"),
            *("litre", "liter", "l", "ml", "percent", "hectare", "celsius", "degree", "kmh", "kwh", "sqm"),
        ),
        FieldKind.DECIMAL,
    ),
    **dict.fromkeys(
        ("minute", "hour", "day", "week", "month", "year", "second", "people", "person", "piece", "page"),
        FieldKind.NUMBER,
    ),
}
_COUNTING = frozenset({"max", "maximum", "min", "minimum"})
_COUNTED = ("number of", "amount of", "count of", "how many")


def guessed_kind(name: str) -> FieldKind | None:
    """The kind a field of this name has most likely; None when the name says nothing."""
    words = ascii_words(name)
    if not words:
        return None
    return _by_shape(words) or _by_phrase(words) or _by_head(words)


def _by_shape(words: list[str]) -> FieldKind | None:
    """By first and last words: `is paid`, `number of seats`, `weight in kg`, `born on`."""
    if len(words) == 1:
        return None
    first, before, last = words[0], words[-2], words[-1]
    many = first in _COUNTING and singular(last) != last
    if first in _ASKING:
        return FieldKind.YES_NO
    if many or " ".join(words).startswith(_COUNTED):
        return FieldKind.NUMBER
    if before == "in" and len(words) > 2 and singular(last) in _MEASURES:  # noqa: PLR2004 - a name before it
        return _MEASURES[singular(last)]
    if last == "at":
        return FieldKind.TIME if first in {"opens", "closes"} else FieldKind.DATE_AND_TIME
    return {"on": FieldKind.DATE, "time": _by_phrase(words) or FieldKind.TIME}.get(last)


def _by_phrase(words: list[str]) -> FieldKind | None:
    """By the longest run of words at the end of the name, or of what stands before its preposition."""
    for part in (words, _head(words)):
        for start in range(len(part)):
            phrase = " ".join(part[start:])
            kind = _PHRASES.get(phrase) if start == 0 or len(part) - start > 1 else None
            if kind is not None:
                return kind
    return None


def _by_head(words: list[str]) -> FieldKind | None:
    head = _head(words)
    if not head:
        return None
    last = head[-1]
    kind = _HEAD_KINDS.get(last) or _HEAD_KINDS.get(singular(last))
    if kind is not None:
        return kind
    if len(words) == 1 or words[-1] in _ASKED:
        if words[-1] in _ASKED:
            return FieldKind.YES_NO
        named = kind_of(words[0])
        return None if named in {FieldKind.CHOICE, FieldKind.TEXT} else named
    return None


def _head(words: list[str]) -> list[str]:
    """The words before the first preposition: `date` of `date of birth`."""
    for at, word in enumerate(words):
        if word in _PREPOSITIONS and at:
            return words[:at]
    return words
