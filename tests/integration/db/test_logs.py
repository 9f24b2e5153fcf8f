"""Log lines are read in one order, page by page both ways, filtered, counted, and followed as they arrive."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import transaction
from db.errors import Refused
from db.queries import logs
from db.queries.log_tail import Tail
from db.queries.logs import LogCursor, LogFilter, counts, every_line, lines_after, lines_before, missing
from db.records.log_lines import NewLogLine, store_log_lines
from tests.integration.db.conftest import World, at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

PRODUCERS = [uuid.UUID(int=number) for number in (1, 2, 2**127)]


def _line(
    world: World,
    number: int,
    when: dt.datetime,
    *,
    producer: uuid.UUID = PRODUCERS[0],
    level: int = 20,
    stage: str | None = None,
) -> NewLogLine:
    return NewLogLine(
        producer=producer,
        sequence=number,
        execution_id=world.execution_id,
        stage=stage,
        task_run_id=None,
        level=level,
        logger="flows",
        message=f"line {number}, the colour is {'red' if level > 20 else 'green'}",
        extras=None,
        occurred_at=when,
    )


def _store(world: World, *lines: NewLogLine) -> None:
    with transaction(world.url) as connection:
        store_log_lines(connection, lines)


def _pages(world: World, wanted: LogFilter, *, limit: int, forwards: bool) -> list[LogCursor]:
    """Every line's place, as somebody sees them who pages through in that direction."""
    seen: list[LogCursor] = []
    place, more = None, True
    read = lines_after if forwards else lines_before
    with transaction(world.url) as connection:
        while more:
            page = read(connection, wanted, place, limit=limit)
            found = [line.cursor for line in page.lines]
            seen += found if forwards else reversed(found)
            place, more = (found[-1] if forwards else found[0]) if found else None, page.more
    return seen


@given(
    identities=st.lists(
        st.tuples(st.integers(-3, 3), st.sampled_from(PRODUCERS), st.integers(0, 5)), max_size=25, unique=True
    ),
    limit=st.integers(1, 7),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_of_any_size_in_both_directions_hold_every_line_once_in_one_order(
    world: World, identities: list[tuple[int, uuid.UUID, int]], limit: int
) -> None:
    with transaction(world.url) as connection:
        connection.exec_driver_sql("truncate log_lines, log_batches")
    lines = [_line(world, number, at(week * 7 * 86400), producer=who) for week, who, number in identities]
    _store(world, *lines)
    expected = sorted((at(week * 7 * 86400), who, number) for week, who, number in identities)
    wanted = LogFilter(execution_id=world.execution_id)
    ways = [_pages(world, wanted, limit=limit, forwards=forwards) for forwards in (True, False)]
    for seen in (ways[0], ways[1][::-1]):
        assert [(place.occurred_at, place.producer, place.sequence) for place in seen] == expected


@pytest.fixture
def filled(world: World) -> World:
    levels = [10, 20, 30, 40]
    stages = [None, "intake", "backend"]
    _store(
        world,
        *[_line(world, n, at(n), level=levels[n % 4], stage=stages[n % 3]) for n in range(24)],
    )
    return world


SCOPES: list[Callable[[World], LogFilter]] = [
    lambda world: LogFilter(execution_id=world.execution_id),
    lambda world: LogFilter(project_id=world.project_id),
    lambda world: LogFilter(tenant_id=world.tenant_id),
]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        ({}, range(24)),
        ({"level": 30}, [n for n in range(24) if n % 4 >= 2]),
        ({"stage": "intake"}, range(1, 24, 3)),
        ({"since": at(5), "until": at(7)}, [5, 6]),
        ({"words": "red 7"}, [7]),
        ({"words": '"colour is red" -7', "stage": "intake"}, [10, 19, 22]),
        ({"words": "' & | ! <-> :*"}, []),
    ],
)
def test_filters_leave_exactly_the_lines_that_fit(
    filled: World, scope: Callable[[World], LogFilter], filters: dict[str, object], numbers: list[int]
) -> None:
    import dataclasses

    wanted = dataclasses.replace(scope(filled), **filters)  # type: ignore[arg-type]
    assert [line.sequence for line in every_line(filled.url, wanted)] == list(numbers)
    assert [place.sequence for place in _pages(filled, wanted, limit=2, forwards=False)] == list(numbers)[
        ::-1
    ]
    with transaction(filled.url) as connection:
        assert sum(count.lines for count in counts(connection, wanted)) == len(list(numbers))


def test_a_filter_names_one_scope() -> None:
    with pytest.raises(ValueError, match="one execution"):
        LogFilter()
    with pytest.raises(ValueError, match="one execution"):
        LogFilter(execution_id=uuid.UUID(int=1), tenant_id=uuid.UUID(int=2))


def test_counts_are_by_stage_and_level(filled: World) -> None:
    with transaction(filled.url) as connection:
        found = counts(connection, LogFilter(execution_id=filled.execution_id, level=40))
    assert {(count.stage, count.level, count.lines) for count in found} == {
        (None, 40, 2),
        ("intake", 40, 2),
        ("backend", 40, 2),
    }


def test_lines_that_are_missing_within_a_process_are_counted(filled: World) -> None:
    with transaction(filled.url) as connection:
        assert missing(connection, filled.execution_id) == 0
        assert missing(connection, uuid.UUID(int=9)) == 0
    _store(filled, *[_line(filled, n, at(n), producer=PRODUCERS[1]) for n in (1, 2, 5)])
    with transaction(filled.url) as connection:
        assert missing(connection, filled.execution_id) == 3


def test_a_read_that_takes_too_long_is_refused(filled: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "SEARCH_SECONDS", 0.001)
    monkeypatch.setattr(logs, "_conditions", lambda _: [logs.text("pg_sleep(1) is not null")])
    with pytest.raises(Refused, match="for less time"), transaction(filled.url) as connection:
        lines_after(connection, LogFilter(execution_id=filled.execution_id), None, limit=5)


def test_a_follower_sees_late_lines_and_none_twice(filled: World) -> None:
    tail = Tail(filled.url, LogFilter(execution_id=filled.execution_id))
    first = [line.sequence for page in tail.begin() for line in page]
    assert first == list(range(24))
    assert tail.more() == []
    _store(filled, _line(filled, 100, at(-50), producer=PRODUCERS[1]))
    _store(filled, *[_line(filled, n, at(n)) for n in (25, 24, 3)])
    assert [(line.producer, line.sequence) for line in tail.more()] == [
        (PRODUCERS[1], 100),
        (PRODUCERS[0], 24),
        (PRODUCERS[0], 25),
    ]
    assert tail.more() == []


def test_a_follower_may_begin_with_the_newest_lines(filled: World) -> None:
    tail = Tail(filled.url, LogFilter(execution_id=filled.execution_id, level=40))
    assert [line.sequence for page in tail.begin(newest=2) for line in page] == [19, 23]
    _store(filled, _line(filled, 30, at(30)), _line(filled, 31, at(31), level=50))
    assert [line.sequence for line in tail.more()] == [31]


def test_a_batch_that_is_seen_late_is_not_passed_over(filled: World) -> None:
    tail = Tail(filled.url, LogFilter(execution_id=filled.execution_id))
    list(tail.begin())
    with transaction(filled.url) as slow:
        store_log_lines(slow, [_line(filled, 40, at(40))])
        _store(filled, _line(filled, 41, at(41)))
        assert [line.sequence for line in tail.more()] == [41]
    assert [line.sequence for line in tail.more()] == [40]
