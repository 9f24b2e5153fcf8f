"""Words of a name or a sentence: as ASCII, as a label, and whether one speaks of the other."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flows.language.plurals import singular

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L"}
    | {
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "\u0131": "i",
        "&": " and ",
        "%": " percent ",
    }
    | {"€": " eur ", "'": "", "\u2019": ""}
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[A-Za-z0-9]+")
_SEPARATORS = re.compile(r"[\s_]+")
_FOLDED = re.compile(r"[\s_\-]+")


def ascii_words(written: str) -> list[str]:
    """The lower-case ASCII words of a name, [] when it has no letter of the Latin alphabet or digit."""
    plain = unicodedata.normalize("NFKD", written.translate(_LETTERS))
    latin = "".join(character for character in plain if not unicodedata.combining(character))
    return [word.lower() for part in _WORD.findall(latin) for word in _HUMP.split(part) if word]


def word_set(words: str) -> frozenset[str]:
    """The words of a text, for a list of words that is read as one."""
    return frozenset(words.split())


def folded(written: str) -> str:
    """A name as it is compared with another one: no case, one space between words."""
    return _FOLDED.sub(" ", written).strip().casefold()


def label(written: str) -> str:
    """For people: `startDate` and `start_date` → `Start date`; words that were apart stay as they are."""
    words = _SEPARATORS.sub(" ", written).strip()
    if " " not in words:
        humps = _HUMP.split(words)
        words = " ".join([humps[0], *(hump if hump.isupper() else hump.lower() for hump in humps[1:])])
    return words[:1].upper() + words[1:]


def stems(text: str) -> list[str]:
    """The ASCII words of a text, each in the singular."""
    return list(_stems(text))


@lru_cache(maxsize=4096)  # each sentence is held against each name, and each name against each sentence
def _stems(text: str) -> tuple[str, ...]:
    return tuple(singular(word) for word in ascii_words(text))


def mentions(sentence: str, name: str) -> bool:
    """Whether a sentence speaks of a name, in the singular or the plural."""
    wanted, spoken = stems(name), stems(sentence)
    length = len(wanted)
    return bool(wanted) and any(spoken[at : at + length] == wanted for at in range(len(spoken) - length + 1))
