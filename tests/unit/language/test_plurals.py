"""English singulars and plurals."""

from __future__ import annotations

import pytest

from flows.language.plurals import plural, singular


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("pet", "pets"),
        ("box", "boxes"),
        ("church", "churches"),
        ("dish", "dishes"),
        ("class", "classes"),
        ("bus", "buses"),
        ("category", "categories"),
        ("day", "days"),
        ("person", "people"),
        ("child", "children"),
        ("knife", "knives"),
        ("woman", "women"),
        ("salesman", "salesmen"),
        ("analysis", "analyses"),
        ("movie", "movies"),
        ("series", "series"),
        ("equipment", "equipment"),
        ("Care report", "Care reports"),
        ("Person", "People"),
        ("PET", "PETS"),
    ],
)
def test_both_ways(one: str, many: str) -> None:
    assert plural(one) == many
    if one != "salesman":
        assert singular(many) == one
    assert singular(one) == one


def test_a_name_without_a_last_word_is_a_list() -> None:
    assert plural("Formula 1") == "Formula 1 list"
    assert singular("犬") == "犬"
