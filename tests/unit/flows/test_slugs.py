"""Slugs are safe in keys, folders and image names, whatever the founder wrote."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.slugs import LENGTH, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pet sitting", "pet-sitting"),
        ("  Café & Bar!  ", "cafe-bar"),
        ("../../etc/passwd", "etc-passwd"),
        ("42", "project-73475cb4"),
        ("日本", "project-cf2abf0c"),
    ],
)
def test_a_name_becomes_a_word(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_every_name_becomes_a_usable_word(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert len(slug(name)) <= max(LENGTH, len("project-12345678"))
