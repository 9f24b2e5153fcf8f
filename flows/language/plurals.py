"""English singulars and plurals, as far as names of tables and pages need them."""

from __future__ import annotations

import re

IRREGULAR = {
    "child": "children",
    "foot": "feet",
    "goose": "geese",
    "half": "halves",
    "knife": "knives",
    "leaf": "leaves",
    "life": "lives",
    "loaf": "loaves",
    "man": "men",
    "mouse": "mice",
    "ox": "oxen",
    "person": "people",
    "shelf": "shelves",
    "tooth": "teeth",
    "wife": "wives",
    "wolf": "wolves",
    "woman": "women",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "analysis": "analyses",
    "crisis": "crises",
    "diagnosis": "diagnoses",
    "hero": "heroes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "menu": "menus",
    "quiz": "quizzes",
    "movie": "movies",
    "cookie": "cookies",
    "tie": "ties",
    "pie": "pies",
    "shoe": "shoes",
    "cache": "caches",
    "axe": "axes",
    "series": "series",
    "species": "species",
}
UNCOUNTABLE = frozenset(
    {"advice", "data", "equipment", "feedback", "furniture", "information", "luggage", "media", "money"}
    | {"music", "news", "sheep", "software", "staff", "stock", "fish", "homework", "research", "traffic"}
)
# Singulars that look like plurals.
SINGULAR_S = frozenset(
    {"alias", "atlas", "bias", "canvas", "chaos", "christmas", "gas", "lens", "pancreas", "pyjamas", "yes"}
)
_SINGULARS = {plural: singular for singular, plural in IRREGULAR.items()}
_LAST_WORD = re.compile(r"[A-Za-z]+$")


def plural(phrase: str) -> str:
    """The phrase with its last word in the plural; a phrase that ends in no letter gets ` list`."""
    found = _LAST_WORD.search(phrase)
    if found is None:
        return f"{phrase} list"
    return phrase[: found.start()] + _like(found.group(), _plural_word(found.group().lower()))


def singular(phrase: str) -> str:
    """The phrase with its last word in the singular; unchanged when it is one already."""
    found = _LAST_WORD.search(phrase)
    if found is None:
        return phrase
    return phrase[: found.start()] + _like(found.group(), _singular_word(found.group().lower()))


def _plural_word(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word in UNCOUNTABLE or (word in _SINGULARS and word not in IRREGULAR):
        return word
    if (
        word.endswith("man")
        and word not in {"human", "german", "roman", "talisman"}
        and len(word) > len("man")
    ):
        return word.removesuffix("man") + "men"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and not word.endswith(("ay", "ey", "iy", "oy", "uy")):
        return word.removesuffix("y") + "ies"
    return word + "s"


def _singular_word(word: str) -> str:
    if word in IRREGULAR or word in UNCOUNTABLE or word in SINGULAR_S:
        return word
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word.endswith("ies") and len(word) > len("ties"):
        return word.removesuffix("ies") + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes", "uses")):
        return word.removesuffix("es")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > len("gas"):
        return word.removesuffix("s")
    return word


def _like(written: str, word: str) -> str:
    """The word with the case of what was written: `PET` → `PETS`, `PetSitter` → `PetSitters`."""
    if written.isupper() and len(written) > 1:
        return word.upper()
    common = 0
    for before, after in zip(written.lower(), word, strict=False):
        if before != after:
            break
        common += 1
    head = written[:common] or (word[:1].upper() if written[:1].isupper() else word[:1])
    return head + word[len(head) :]
