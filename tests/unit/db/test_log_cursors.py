"""Cursors: what goes in comes out, in order, and nothing that was not given is taken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.queries.log_cursors import _SHAPE, LENGTH, CursorRefused, decode, encode
from db.queries.logs import LogCursor

KEY = b"k" * 32
CURSORS = st.builds(
    LogCursor,
    occurred_at=st.datetimes(timezones=st.just(dt.UTC)),
    producer=st.uuids(),
    sequence=st.integers(min_value=0, max_value=2**63 - 1),
)


@given(CURSORS, st.text())
def test_a_cursor_is_the_place_it_was_made_from(cursor: LogCursor, scope: str) -> None:
    scope = scope.encode(errors="replace").decode()
    text = encode(cursor, scope=scope, key=KEY)
    assert len(text) == LENGTH
    assert _SHAPE.fullmatch(text)
    assert decode(text, scope=scope, key=KEY) == cursor


@given(CURSORS, st.integers(0, LENGTH - 1), st.sampled_from("AZaz09_-"))
def test_a_cursor_that_was_changed_is_refused(cursor: LogCursor, place: int, character: str) -> None:
    text = encode(cursor, scope="a", key=KEY)
    changed = text[:place] + character + text[place + 1 :]
    if changed != text:
        with pytest.raises(CursorRefused):
            decode(changed, scope="a", key=KEY)


@given(CURSORS)
def test_a_cursor_of_other_lines_or_another_key_is_refused(cursor: LogCursor) -> None:
    text = encode(cursor, scope="a", key=KEY)
    with pytest.raises(CursorRefused):
        decode(text, scope="b", key=KEY)
    with pytest.raises(CursorRefused):
        decode(text, scope="a", key=b"l" * 32)


@given(st.text(max_size=80))
def test_a_text_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(CursorRefused, match="begin without one"):
        decode(text, scope="a", key=KEY)
