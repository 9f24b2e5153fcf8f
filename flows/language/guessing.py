"""The kind of a field that only its name gives away."""

from __future__ import annotations

from flows.contracts import FieldKind
from flows.language.kind_words import HEADS, PHRASES
from flows.language.kinds import kind_of
from flows.language.lexicon import PREPOSITIONS
from flows.language.plurals import singular
from flows.language.words import ascii_words, word_set

_HEAD_KINDS = {word: kind for kind, words in HEADS.items() for word in words.split()}
_PHRASE_KINDS = {
    " ".join(phrase.split()): kind for kind, phrases in PHRASES.items() for phrase in phrases.split("|")
}
_ASKING = word_set("is has was are were can does did wants needs will allows accepts would should whether if")
_ASKED = word_set(
    "paid active archived published confirmed vaccinated neutered newsletter vegetarian vegan done "
    "completed available enabled verified approved featured public private urgent recurring "
    "refundable accessible insured sold visible hidden open closed cancelled returned delivered "
    "received signed organic anonymous"
)
"""Words that alone are the answer to a question with yes or no."""
_QUESTIONS = {
    "how long": FieldKind.DURATION,
    "how many": FieldKind.NUMBER,
    "how much": FieldKind.MONEY,
    "how often": FieldKind.TEXT,
    "how old": FieldKind.NUMBER,
    "how": FieldKind.LONG_TEXT,
    "why": FieldKind.LONG_TEXT,
    "when": FieldKind.DATE_AND_TIME,
    **dict.fromkeys(("where", "what", "who"), FieldKind.TEXT),
}
"""Words that begin a name like `how long the walk was`."""
_MEASURES: dict[str, FieldKind] = {
    **dict.fromkeys(
        word_set(
            "kg g gram kilogram kilo lb pound ton tonne cm mm m km meter metre kilometer kilometre "
            "centimeter centimetre mile inch foot litre liter l ml percent hectare celsius degree kmh "
            "kwh sqm mg"
        ),
        FieldKind.DECIMAL,
    ),
    **dict.fromkeys(
        word_set("minute hour day week month year second people person piece page"), FieldKind.NUMBER
    ),
}
POSSESSIONS = word_set(
    "garden balcony terrace pool garage parking elevator lift wifi fireplace heating dishwasher fence "
    "internet shower basement wheelchair tap water electricity power gas lighting light shade kitchen piano "
    "toilet licence license insurance ventilation projector stage bar shed air-conditioning sauna"
)
"""What one has or has not: alone, a question with yes or no."""
_COUNTING = frozenset({"max", "maximum", "min", "minimum"})
_COUNTED = ("number of", "amount of", "count of")
_PRONOUNS = word_set("i we you they it he she there everybody everyone nobody who my our your please")
_TELLING = word_set(
    "speaks loves likes works lives pays sees gets makes takes gives helps sends receives uses "
    "supports offers costs lasts weighs comes goes happens looks feeds cares asks tells shows brings "
    "buys sells rents books writes reads wants should must would will can may does"
)
_DOING = word_set("take give go come get make want need bring meet play become try start leave")
"""Verbs of several, in the middle of a story: `players of both teams take part`."""
_FOREIGN = word_set(
    "hat haben ist sind wird kann und oder ein eine einen einer eines mit nicht muss gehört der das "
    "dem den est sont avec une des les du et ou doit peut appartient tiene tienen con una los las es "
    "son debe puede pertenece è ha sono della dello gli deve può heeft zijn wordt een het moet kan "
    "och har är som ett till jest są lub ma albo nie musi é são tem não uma deve pode"
) - {"ha", "ma", "es", "den", "des", "ou", "les", "con", "kan", "son", "las", "los", "till", "ett", "du"}
"""Little words of German, French, Spanish, Italian, Dutch, Swedish, Polish and Portuguese."""


def guessed_kind(name: str) -> FieldKind | None:
    """The kind a field of this name has most likely; None when the name says nothing."""
    words = ascii_words(name)
    if not words:
        return None
    return _by_shape(words) or _by_phrase(words) or _by_head(words)


def tells(name: str) -> bool:
    """Whether words tell something, in English or not, and do not name a field."""
    words = name.casefold().split()
    if len(words) == 1:
        return words[0] in _PRONOUNS - {"who"}
    foreign = not _FOREIGN.isdisjoint(words) or not ascii_words(name)
    subject = len(words) > 2 and words[1] in _TELLING  # noqa: PLR2004 - who, does, what
    doing = len(words) > 3 and not _DOING.isdisjoint(words[1:-1])  # noqa: PLR2004 - as above, and more
    ending = words[0] in {"end", "start", "begin"} and words[1] == "with"
    return foreign or subject or doing or ending or words[0] in _PRONOUNS | _TELLING


def _by_shape(words: list[str]) -> FieldKind | None:
    """By first and last words: `is paid`, `number of seats`, `weight in kg`, `born on`."""
    if len(words) == 1:
        return None
    first, before, last = words[0], words[-2], words[-1]
    asked = _QUESTIONS.get(f"{first} {words[1]}") or _QUESTIONS.get(first)
    if first in _ASKING or asked is not None:
        return asked or FieldKind.YES_NO
    if " ".join(words).startswith(_COUNTED) or (first in _COUNTING and singular(last) != last):
        return FieldKind.NUMBER
    if before == "in" and len(words) > 2 and singular(last) in _MEASURES:  # noqa: PLR2004 - a name before it
        return _MEASURES[singular(last)]
    if last == "at":
        return FieldKind.TIME if first in {"opens", "closes"} else FieldKind.DATE_AND_TIME
    return {"on": FieldKind.DATE, "since": FieldKind.DATE, "time": _by_phrase(words) or FieldKind.TIME}.get(
        last
    )


def _by_phrase(words: list[str]) -> FieldKind | None:
    """By the longest run of words at the end of the name, or of what stands before its preposition."""
    for part in (words, _head(words)):
        for start in range(len(part)):
            kind = _PHRASE_KINDS.get(" ".join(part[start:]))
            if kind is not None and (start == 0 or len(part) - start > 1):
                return kind
    return None


def _by_head(words: list[str]) -> FieldKind | None:
    last = _head(words)[-1]
    kind = _HEAD_KINDS.get(last) or _HEAD_KINDS.get(singular(last))
    if kind is None and words[-1] in _ASKED:
        return FieldKind.YES_NO
    if kind is None and len(words) == 1:
        named = kind_of(words[0])
        return None if named in {FieldKind.CHOICE, FieldKind.TEXT} else named
    return kind


def _head(words: list[str]) -> list[str]:
    """The words before the first preposition: `date` of `date of birth`."""
    at = next((at for at, word in enumerate(words) if at and word in PREPOSITIONS), len(words))
    return words[:at]
