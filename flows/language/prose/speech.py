"""Parts of speech: what each word of a sentence is where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from flows.language.plurals import singular
from flows.language.prose import verbs, vocabulary
from flows.language.prose.people import HOUSES, NOUNS
from flows.language.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.language.tokens import Token

Part: TypeAlias = Literal[
    "noun",
    "verb",
    "adjective",
    "determiner",
    "possessive",
    "preposition",
    "conjunction",
    "comma",
    "pronoun",
    "relative",
    "modal",
    "not",
    "be",
    "to",
    "adverb",
    "number",
    "break",
    "end",
]
_CLOSED: tuple[tuple[frozenset[str], Part], ...] = (
    (vocabulary.POSSESSIVES, "possessive"),
    (vocabulary.MODALS, "modal"),
    (vocabulary.NEGATIONS, "not"),
    (vocabulary.BE, "be"),
    (vocabulary.CONJUNCTIONS, "conjunction"),
    (vocabulary.BREAKS, "break"),
    (vocabulary.PRONOUNS, "pronoun"),
    (vocabulary.DETERMINERS, "determiner"),
    (vocabulary.ADVERBS, "adverb"),
    (vocabulary.PREPOSITIONS, "preposition"),
)
_BEFORE_NOUNS = frozenset({"determiner", "possessive", "adjective", "number", "preposition"})
_BEFORE_VERBS = frozenset({"to", "modal", "not", "relative"})
_OPENS_PHRASE = frozenset({"determiner", "possessive", "number", "pronoun"})
_ADJECTIVE_ENDS = ("able", "ible", "ful", "less", "ous", "ish")
_PLURAL_SENSE = frozenset(
    {"staff", "team", "people", "everybody", "everyone", "personnel", "crew", "they", "you"}
)
_SIGNS: dict[str, Part] = {
    "COMMA": "comma",
    "NUMBER": "number",
    "AMPERSAND": "conjunction",
    "SEMI": "end",
    "COLON": "end",
    "STOP": "end",
    "LPAR": "end",
    "RPAR": "end",
    "DASH": "end",
    "SLASH": "conjunction",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word and what it is where it stands."""

    text: str
    low: str
    part: Part
    lemma: str
    """The singular of a noun, the base of a verb."""
    shape: str = ""
    """Of a verb: base, third, past or ing."""


END = Word(text="", low="", part="end", lemma="")


def words_of(sentence: str) -> tuple[Word, ...]:
    """The words of a sentence with their parts of speech."""
    tokens = list(_with_apostrophes(tokenise(sentence, 0, len(sentence))))
    tagged: list[Word] = []
    for at, token in enumerate(tokens):
        tagged.append(_tagged(token, tokens[at + 1 :], tagged))
    return tuple(tagged)


def _with_apostrophes(tokens: Sequence[Token]) -> Iterator[Token]:
    """`patients'` is one word."""
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.text in _APOSTROPHES and at and tokens[at - 1].end == token.start:
            continue
        if following and following.text in _APOSTROPHES and following.start == token.end:
            yield replace(token, text=f"{token.text}'")
        else:
            yield token


_APOSTROPHES = frozenset({"'", "\u2019"})


def _tagged(token: Token, ahead: Sequence[Token], before: Sequence[Word]) -> Word:
    low = token.low
    sign = _SIGNS.get(token.type)
    if sign is not None or token.type != "WORD":
        return Word(text=token.text, low=low, part=sign or "end", lemma=low)
    previous = before[-1] if before else END
    following = ahead[0].low if ahead and ahead[0].type == "WORD" else ""
    if _helps(low, following):
        return Word(text=token.text, low=low, part="modal", lemma=low)
    if low in vocabulary.HAVE:
        return Word(text=token.text, low=low, part="verb", lemma="have", shape="base")
    part = _closed(low, previous, following)
    if part is not None:
        return Word(text=token.text, low=low, part=part, lemma=low)
    form = verbs.FORMS.get(low)
    if form is None:
        form = _unknown_verb(low, before, following)
    if form is not None and _is_verb(low, form, before, following):
        return Word(text=token.text, low=low, part="verb", lemma=form.lemma, shape=form.shape)
    part = _open(low, form, previous, following)
    return Word(text=token.text, low=low, part=part, lemma=singular(low) if part == "noun" else low)


def _unknown_verb(low: str, before: Sequence[Word], following: str) -> verbs.Form | None:
    """A word that no list knows, where only a verb can stand: `they moor`, `a mason plasters it`."""
    previous = before[-1] if before else END
    if previous.low in _ACTING:
        return verbs.Form(lemma=low, shape="base")
    if not low.endswith("s") or not _opens_phrase(following):
        return None
    after_verb = previous.part == "conjunction" and before[-2:-1] and before[-2].shape == "third"
    after_one = previous.part == "noun" and previous.lemma == previous.low and following in _OBJECTS
    if not after_verb and not after_one:
        return None
    ending = next((end for end in ("sses", "shes", "ches", "xes") if low.endswith(end)), "")
    return verbs.Form(lemma=low[:-2] if ending else low[:-1], shape="third")


def _helps(low: str, following: str) -> bool:
    """Whether have and do only help the verb behind them."""
    form = verbs.FORMS.get(following)
    if low in {"has", "have", "had"}:
        return form is not None and form.shape == "past"
    return low in {"do", "does", "did"} and (following == "not" or form is not None)


def _closed(low: str, previous: Word, following: str) -> Part | None:
    """Words that are the same part of speech nearly everywhere."""
    if low == "to":
        form = verbs.FORMS.get(following)
        return "to" if form is not None and form.shape == "base" else "preposition"
    if low == "who":
        return "relative"
    if low == "once" and (previous.part == "verb" or following in vocabulary.PREPOSITIONS):
        return "adverb"
    if low in vocabulary.RELATIVES:
        return "relative" if previous.part in {"noun", "comma", "pronoun", "preposition"} else "determiner"
    if low == "no" and previous.part == "be":
        return "determiner"
    return next((part for words, part in _CLOSED if low in words), None)


def _is_verb(low: str, form: verbs.Form, before: Sequence[Word], following: str) -> bool:
    """Whether a word that may be a verb is one here."""
    previous = before[-1] if before else END
    if form.shape == "ing":
        return _is_gerund(low, previous, following)
    if form.shape == "past":
        begins = previous.part == "end" and following not in _GOES_ON
        return previous.part not in _BEFORE_NOUNS and not begins
    return _is_finite(low, form, before, following)


def _is_finite(low: str, form: verbs.Form, before: Sequence[Word], following: str) -> bool:
    """Whether a form like `book` or `books` is a verb, by what stands before it."""
    previous = before[-1] if before else END
    if previous.part in _BEFORE_VERBS or (previous.part == "pronoun" and previous.low != "it"):
        return True
    if previous.part in _BEFORE_NOUNS:
        clear = form.lemma not in verbs.ALSO_NOUNS or _opens_phrase(following)
        return previous.low in {"what", "either"} and form.shape == "third" and clear
    if previous.part in {"end", "break"}:
        found = form.shape == "base" and _opens(following)
    elif previous.part in {"conjunction", "comma"}:
        found = _goes_on_as_verb(form, before, following)
    elif previous.part == "verb":
        found = previous.lemma in vocabulary.LETTING or low not in verbs.ALSO_NOUNS | _THIRD_NOUNS
    else:
        found = previous.part != "noun" or _agrees(form, before, following)
    return found


_ACTING = frozenset({"they", "we", "you", "i", "he", "she"})
_OBJECTS = frozenset({"it", "them", "him", "her", "us"})
_THIRD_NOUNS = frozenset(word for word, form in verbs.FORMS.items() if form.shape == "third")
_GOES_ON = frozenset({"by", "from", "to", "for", "in", "at", "on"})


def _is_gerund(low: str, previous: Word, following: str) -> bool:
    if previous.part == "be":
        return True
    if previous.part in {"determiner", "possessive", "adjective", "number", "noun"}:
        return previous.part == "noun" and low not in verbs.NOUNS_IN_ING and _opens(following)
    return low not in verbs.NOUNS_IN_ING or _opens_phrase(following)


def _goes_on_as_verb(form: verbs.Form, before: Sequence[Word], following: str) -> bool:
    """Behind `and` or a comma: a verb when one of the same shape came before and something is done here."""
    earlier = next((word for word in reversed(before) if word.part == "verb"), None)
    same = earlier is not None and (earlier.shape in {form.shape, "base"})
    directly = len(before) > 1 and before[-2].part == "verb" and before[-2].shape == form.shape
    if form.lemma not in verbs.ALSO_NOUNS or directly:
        return True
    return same and (_opens(following) or not following)


def _agrees(form: verbs.Form, before: Sequence[Word], following: str) -> bool:
    """Whether noun and verb agree: members book, a member books; `customer orders` are orders."""
    if form.lemma not in verbs.ALSO_NOUNS or following in vocabulary.PRONOUNS:
        return True
    noun = _subject_noun(before)
    is_plural = noun.lemma != noun.low or noun.low in _PLURAL_SENSE
    if form.shape == "third":
        known = noun.lemma in NOUNS | HOUSES
        first = all(word.part != "verb" for word in before) and following.endswith("s")
        return noun.low in _PLURAL_SENSE or (not is_plural and (known or first or _opens_phrase(following)))
    return is_plural


def _subject_noun(before: Sequence[Word]) -> Word:
    """The noun that a verb behind these words would agree with: the parents of `parents of our school`."""
    at = len(before) - 1
    while at > 0 and before[at].part in {*_BEFORE_NOUNS, "noun"}:
        if before[at].part == "preposition" and before[at - 1].part == "noun":
            return before[at - 1]
        at -= 1
    return before[-1]


def _opens(following: str) -> bool:
    """Whether what follows may be what a verb is done to."""
    return _opens_phrase(following) or following not in _NO_OBJECT


def _opens_phrase(following: str) -> bool:
    return following in vocabulary.DETERMINERS | vocabulary.POSSESSIVES | vocabulary.PRONOUNS


_NO_OBJECT = (
    vocabulary.BE
    | vocabulary.MODALS
    | vocabulary.CONJUNCTIONS
    | vocabulary.PREPOSITIONS
    | vocabulary.RELATIVES
) | {""}


def _open(low: str, form: verbs.Form | None, previous: Word, following: str) -> Part:
    if low.endswith(("'s", "s'")):
        return "noun"
    if low in vocabulary.ADJECTIVES or (low.endswith(_ADJECTIVE_ENDS) and low not in _NO_ADJECTIVES):
        return "adjective"
    if form is not None and form.shape == "past":
        return "adjective"
    if previous.part == "be" and low.endswith("ed"):
        return "adjective"  # what is damaged
    if low.endswith("ly") and len(low) > len("only") and low not in _LY_NOUNS:
        return "adjective" if previous.part in {"determiner", "possessive"} and following else "adverb"
    return "noun"


_NO_ADJECTIVES = frozenset(
    {"table", "timetable", "vegetable", "cable", "stable", "dish", "fish", "bus", "radish"}
)
_LY_NOUNS = frozenset({"family", "assembly", "supply", "reply", "anomaly", "butterfly"})
