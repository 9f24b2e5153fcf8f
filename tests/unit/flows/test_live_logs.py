"""A reader of live log lines is told what it was too slow for, and holds nobody up."""

from __future__ import annotations

import datetime as dt
import threading
import uuid

from db.queries.logs import LogLineView
from flows.live_logs import Gap, Subscription


def _lines(first: int, count: int) -> list[LogLineView]:
    return [
        LogLineView(
            occurred_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=number),
            producer=uuid.UUID(int=7),
            sequence=number,
            execution_id=uuid.UUID(int=5),
            attempt=1,
            stage=None,
            level=20,
            logger="flows",
            message=str(number),
            extras=None,
        )
        for number in range(first, first + count)
    ]


def test_lines_come_in_order() -> None:
    reader = Subscription(10)
    reader.put(_lines(0, 3))
    reader.put(_lines(3, 2))
    assert reader.take(0) == _lines(0, 5)
    assert reader.take(0) == []


def test_what_there_is_no_room_for_is_a_gap_with_the_place_before_it() -> None:
    reader = Subscription(2)
    reader.put(_lines(0, 5))
    reader.put(_lines(5, 1))
    assert reader.take(0) == _lines(0, 2)
    reader.put(_lines(6, 1))
    gap = Gap(lines=4, after=_lines(1, 1)[0].cursor)
    assert reader.take(0) == [gap, *_lines(6, 1)]


def test_a_gap_at_the_very_end_is_told_too() -> None:
    reader = Subscription(1)
    reader.put(_lines(0, 3))
    assert reader.take(0) == _lines(0, 1)
    assert reader.take(0) == [Gap(lines=2, after=_lines(0, 1)[0].cursor)]


def test_a_reader_that_waits_is_woken() -> None:
    reader = Subscription(10)
    taken: list[object] = []
    waiting = threading.Thread(target=lambda: taken.extend(reader.take(20)))
    waiting.start()
    reader.put(_lines(0, 1))
    waiting.join(20)
    assert taken == _lines(0, 1)
