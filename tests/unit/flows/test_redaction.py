"""A log line is safe to keep: no secrets, no control characters, bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.redaction import LIMIT, clean


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("postgresql://ada:hunter2@db:5432/app", "postgresql://ada:***@db:5432/app"),
        ("password=hunter2, user=ada", "password=***, user=ada"),
        ('{"api_key": "abc123"}', '{"api_key": "***"}'),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("uses AKIAABCDEFGHIJKLMNOP here", "uses *** here"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x00b", "a\N{REPLACEMENT CHARACTER}b"),
        ("one\r\ntwo", "one\ntwo"),
        ("right\u202eleft", "right\N{REPLACEMENT CHARACTER}left"),
        ("tab\tstays", "tab\tstays"),
        ("half \ud83d", "half ?"),
    ],
)
def test_what_is_kept(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_a_long_message_is_cut_with_a_mark() -> None:
    kept = clean("x" * (LIMIT + 10))
    assert kept.endswith("… [10 characters cut]")


@given(st.text())
def test_whatever_is_written_can_be_stored(text: str) -> None:
    kept = clean(text)
    assert "\x00" not in kept
    kept.encode()
