"""Words of names and sentences."""

from __future__ import annotations

import pytest

from flows.language.words import ascii_words, label, mentions


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("startDate", ["start", "date"]),
        ("Care report", ["care", "report"]),
        ("Größe & Maß", ["grosse", "and", "mass"]),
        ("犬", []),
    ],
)
def test_words_of_a_name_are_ascii(written: str, words: list[str]) -> None:
    assert ascii_words(written) == words


def test_a_label_is_for_people() -> None:
    assert label("startDate") == "Start date"
    assert label("start_date") == "Start date"
    assert label("Weight in KG") == "Weight in KG"


@pytest.mark.parametrize(
    ("sentence", "name", "meant"),
    [
        ("Owners list their pets", "Pet", True),
        ("The repair categories are known", "RepairCategory", True),
        ("Everybody brings carpets", "Pet", False),
        ("Anything", "犬", False),
    ],
)
def test_a_sentence_mentions_a_name_in_either_number(sentence: str, name: str, *, meant: bool) -> None:
    assert mentions(sentence, name) is meant
