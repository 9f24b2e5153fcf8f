"""Cursors: what goes in comes out, and nothing else is taken."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.api.cursors import _SHAPE, LENGTH, decode, encode
from dashboards.errors import InvalidCursor
from db.queries.log_lines import LogCursor

if TYPE_CHECKING:
    import uuid


@given(
    when=st.datetimes(timezones=st.just(dt.UTC)),
    producer=st.uuids(),
    sequence=st.integers(min_value=0, max_value=2**63 - 1),
)
def test_a_cursor_is_the_place_it_was_made_from(
    when: dt.datetime, producer: uuid.UUID, sequence: int
) -> None:
    cursor = LogCursor(occurred_at=when, producer=producer, sequence=sequence)
    text = encode(cursor)
    assert len(text) == LENGTH
    assert decode(text) == cursor


@given(text=st.text(max_size=60))
def test_a_text_of_another_shape_is_refused(text: str) -> None:
    if _SHAPE.fullmatch(text) is None:
        with pytest.raises(InvalidCursor, match="leave it out"):
            decode(text)


def test_a_time_outside_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidCursor):
        decode("f" * LENGTH)
