"""Leases: the newest attempt alone may write, and the database sees to it."""

from __future__ import annotations

import threading
import time
import uuid
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import insert, text, update

from db.engine import transaction, written_under
from db.errors import LeaseLost, NotFound
from db.models import Artifact, CheckResult, Execution, Gate, Lease, Restart, StageRun, Transition
from db.queries.leases import newest, times_lost, to_be_resumed, unsettled
from db.records import leases
from tests.integration.db.conftest import START, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

LONG = 60.0
OVER = -1.0
"""A lease of that many seconds has run out when it is taken."""


def _holder(world: World) -> leases.Holder:
    return leases.Holder(
        execution_id=world.execution_id, flow_run_id=world.flow_run_id, host="here", pid=4711
    )


def _take(world: World, seconds: float = LONG) -> leases.Taken:
    with transaction(world.url) as connection:
        return leases.take(connection, _holder(world), seconds=seconds)


def _stage_run(world: World, connection: Connection) -> None:
    connection.execute(
        insert(StageRun).values(
            id=uuid.uuid4(),
            tenant_id=world.tenant_id,
            execution_id=world.execution_id,
            stage="backend",
            attempt=1,
            task_run_id=uuid.uuid4(),
            status="running",
            started_at=START,
        )
    )


def _artifact(world: World, connection: Connection) -> None:
    connection.execute(
        insert(Artifact).values(
            id=uuid.uuid4(),
            tenant_id=world.tenant_id,
            execution_id=world.execution_id,
            stage="backend",
            kind="files",
            key="a",
            sha256="0",
            bytes=1,
            media_type="text/plain",
        )
    )


def _check(world: World, connection: Connection) -> None:
    connection.execute(
        insert(CheckResult).values(
            id=uuid.uuid4(),
            tenant_id=world.tenant_id,
            execution_id=world.execution_id,
            attempt=1,
            position=0,
            name="boot",
            ok=True,
            detail="",
            duration_s=1.0,
            subprocess_s=1.0,
        )
    )


def _gate(world: World, connection: Connection) -> None:
    """Only its trigger matters here: that there is no such blueprint is found out after it."""
    connection.execute(
        insert(Gate).values(
            id=uuid.uuid4(),
            tenant_id=world.tenant_id,
            execution_id=world.execution_id,
            round=1,
            blueprint_id=uuid.uuid4(),
            requested_at=START,
        )
    )


def _transition(world: World, connection: Connection) -> None:
    connection.execute(
        insert(Transition).values(
            state_id=uuid.uuid4(),
            tenant_id=world.tenant_id,
            execution_id=world.execution_id,
            flow_run_id=world.flow_run_id,
            state_type="COMPLETED",
            state_name="Completed",
            message="",
            occurred_at=START,
            recorded_by="hook",
        )
    )


def _status(world: World, connection: Connection) -> None:
    connection.execute(update(Execution).where(Execution.id == world.execution_id).values(status="completed"))


def _progress(world: World, connection: Connection) -> None:
    connection.execute(
        update(StageRun).where(StageRun.execution_id == world.execution_id).values(progress=50)
    )


@pytest.mark.parametrize("write", [_stage_run, _artifact, _check, _gate, _transition, _status, _progress])
def test_no_table_takes_a_write_of_an_attempt_that_was_replaced(
    world: World, write: Callable[[World, Connection], None]
) -> None:
    with transaction(world.url) as connection:
        _stage_run(world, connection)
    first, second = _take(world), _take(world)
    assert (first.attempt, second.attempt, second.token > first.token) == (1, 2, True)
    with (
        pytest.raises(LeaseLost, match=f"lease {first.token} .* not in force"),
        written_under(world.url, first.token) as connection,
    ):
        write(world, connection)


@pytest.mark.parametrize("write", [_stage_run, _artifact, _check, _gate])
def test_what_attempts_alone_write_is_refused_without_a_lease(
    world: World, write: Callable[[World, Connection], None]
) -> None:
    _take(world)
    with pytest.raises(LeaseLost, match="without a lease"), transaction(world.url) as connection:
        write(world, connection)


@pytest.mark.parametrize("write", [_artifact, _check, _transition, _status])
def test_the_attempt_in_force_writes_also_after_it_has_ended(
    world: World, write: Callable[[World, Connection], None]
) -> None:
    taken = _take(world)
    with transaction(world.url) as connection:
        leases.end(connection, taken.token, "finished")
    with written_under(world.url, taken.token) as connection:
        write(world, connection)
    with transaction(world.url) as connection:
        found = newest(connection, world.execution_id)
    assert found is not None
    assert found.outcome == "finished"


def test_a_lease_of_another_execution_is_none_here(world: World) -> None:
    _take(world)
    with pytest.raises(LeaseLost), written_under(world.url, 999) as connection:
        _artifact(world, connection)


def test_who_takes_the_lease_waits_for_a_write_under_way_and_renewing_does_not(world: World) -> None:
    first = _take(world)
    taken: list[leases.Taken] = []
    taking = threading.Thread(target=lambda: taken.append(_take(world)))
    with written_under(world.url, first.token) as connection:
        _artifact(world, connection)
        with transaction(world.url) as renewing:
            assert leases.renew(renewing, first.token, seconds=LONG)
        taking.start()
        _until_somebody_waits(world.url)
        assert not taken
    taking.join(20)
    assert [lease.attempt for lease in taken] == [2]


def test_a_write_that_waited_for_the_taking_is_refused(world: World) -> None:
    first = _take(world)
    refused: list[LeaseLost] = []

    def write() -> None:
        try:
            with written_under(world.url, first.token) as connection:
                _check(world, connection)
        except LeaseLost as lost:
            refused.append(lost)

    writing = threading.Thread(target=write)
    with transaction(world.url) as connection:
        leases.take(connection, _holder(world), seconds=LONG)
        writing.start()
        _until_somebody_waits(world.url)
        assert not refused
    writing.join(20)
    assert len(refused) == 1


def _until_somebody_waits(url: str) -> None:
    """Until a connection to this database waits for a lock."""
    end = time.monotonic() + 20
    with psycopg.connect(url, autocommit=True) as watching:
        while time.monotonic() < end:
            row = watching.execute(
                "select count(*) from pg_stat_activity "
                "where datname = current_database() and wait_event_type = 'Lock'"
            ).fetchone()
            if row is not None and row[0]:
                return
    pytest.fail("nobody waited for a lock within 20 s")


def test_a_lease_is_renewed_also_late_but_not_when_it_was_taken(world: World) -> None:
    taken = _take(world, OVER)
    with transaction(world.url) as connection:
        assert [lease.token for lease in unsettled(connection)] == [taken.token]
        assert leases.renew(connection, taken.token, seconds=LONG)
        assert unsettled(connection) == []
        assert not leases.revoke(connection, taken.token), "it gave a sign of life"
    _take(world)
    with transaction(world.url) as connection:
        assert not leases.renew(connection, taken.token, seconds=LONG)
        with pytest.raises(LeaseLost):
            leases.keep(connection, taken.token)


def test_a_dead_attempt_is_lost_once_and_found_until_it_is_settled(world: World) -> None:
    taken = _take(world, OVER)
    with transaction(world.url) as connection:
        for _ in range(2):
            assert leases.revoke(connection, taken.token)
            assert times_lost(connection, world.execution_id) == 1
        assert not leases.renew(connection, taken.token, seconds=LONG)
        assert [lease.outcome for lease in unsettled(connection)] == ["lost"]
        _mark_crashed(world, connection)
        assert to_be_resumed(connection, world.execution_id)
        leases.settle(connection, taken.token)
        assert unsettled(connection) == []
        assert not to_be_resumed(connection, world.execution_id)


@pytest.mark.parametrize(
    ("outcome", "found"),
    [("finished", 0), ("suspended", 0), ("handed back", 1)],
)
def test_an_attempt_that_ended_is_looked_after_only_when_it_was_handed_back(
    world: World, outcome: leases.Outcome, found: int
) -> None:
    taken = _take(world)
    with transaction(world.url) as connection:
        leases.end(connection, taken.token, outcome)
        leases.end(connection, taken.token, "lost")
        assert len(unsettled(connection)) == found
        assert times_lost(connection, world.execution_id) == 0


def test_a_crash_that_prefect_saw_is_looked_after_at_once(world: World) -> None:
    taken = _take(world)
    with transaction(world.url) as connection:
        assert unsettled(connection) == []
        _mark_crashed(world, connection)
        assert [lease.token for lease in unsettled(connection)] == [taken.token]
        assert leases.revoke(connection, taken.token, crashed=True)


def test_many_that_take_a_lease_at_once_have_one_in_force(world: World) -> None:
    threads = [threading.Thread(target=_take, args=[world]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with transaction(world.url) as connection:
        rows = connection.execute(
            text("select attempt, revoked_at is null as in_force from leases order by token")
        ).all()
    assert [(row.attempt, row.in_force) for row in rows] == [(n, n == 6) for n in range(1, 7)]


def test_there_is_no_lease_of_an_execution_that_is_not_there(world: World) -> None:
    holder = leases.Holder(execution_id=uuid.uuid4(), flow_run_id=uuid.uuid4(), host="here", pid=1)
    with pytest.raises(NotFound), transaction(world.url) as connection:
        leases.take(connection, holder, seconds=LONG)


def _mark_crashed(world: World, connection: Connection) -> None:
    connection.execute(update(Execution).where(Execution.id == world.execution_id).values(status="crashed"))


def test_every_table_that_an_attempt_writes_for_its_execution_is_guarded(world: World) -> None:
    """A new table with an execution is guarded too, or has its reason here."""
    unguarded = {
        Lease.__tablename__,  # the fence itself
        Restart.__tablename__,  # of people, not of attempts
    }
    with transaction(world.url) as connection:
        with_execution = set(
            connection.execute(
                text(
                    "select table_name from information_schema.columns where column_name = 'execution_id' "
                    "and table_name not like 'log_%'"  # lines of an old attempt are kept
                )
            ).scalars()
        )
        guarded = set(
            connection.execute(
                text(
                    "select event_object_table from information_schema.triggers "
                    "where trigger_name like 'fence%'"
                )
            ).scalars()
        )
    assert with_execution - guarded == unguarded
