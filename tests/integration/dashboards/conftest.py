"""A database with two executions: one that is completed and downloadable, one that waits at the gate."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from blocks.artifacts import artifact_store
from blocks.settings import settings
from db.engine import transaction
from db.queries.members import member
from db.records.executions import NewExecution, know_blueprint, open_execution
from db.records.gates import Decision, ask, decide
from db.records.log_lines import NewLogLine, store_log_lines
from db.records.projects import ensure_project, store_blueprint, submit_interview
from db.records.results import NewArtifact, NewCheck, store_artifact, store_checks
from db.records.stage_runs import StageStart, open_stage_run
from db.records.tenants import ensure_member
from db.records.transitions import NewTransition, record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.engine import Connection

START = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
HOSTILE = '<b>Pets</b> **bold** [x](javascript:alert(1)) :red[hi] $x$ "quoted"'
ARCHIVE = b"the bytes of an archive" * 50_000


def at(seconds: float) -> dt.datetime:
    """That many seconds after the start of the test's time."""
    return START + dt.timedelta(seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class World:
    """Ids of what is there."""

    url: str
    completed: uuid.UUID
    waiting: uuid.UUID
    sha256: str
    key: str


@pytest.fixture
def configured(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The settings name this test's database and a folder of its own."""
    yield from _configured(database_url, tmp_path, monkeypatch)


@pytest.fixture
def unmigrated(empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The settings name a database without a table."""
    yield from _configured(empty_database_url, tmp_path, monkeypatch)


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The settings name a database that nobody serves."""
    yield from _configured("postgresql://ada:secret@127.0.0.1:1/none", tmp_path, monkeypatch)


def _configured(url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", url)
    monkeypatch.setenv("LEANVIBE_HOME", str(home))
    settings.cache_clear()
    yield url
    settings.cache_clear()


@pytest.fixture
def world(configured: str) -> World:
    """One founder, one project with a hostile name, two executions of it."""
    completed, waiting = uuid.UUID(int=1), uuid.UUID(int=2)
    with transaction(configured) as connection:
        for order, execution_id in enumerate((completed, waiting)):
            _to_the_gate(connection, execution_id, order * 100)
        stored = artifact_store().put(f"acme/pets/{completed}/release/pets.zip", ARCHIVE)
        _complete(connection, completed, key=stored.key, sha256=stored.sha256)
    return World(url=configured, completed=completed, waiting=waiting, sha256=stored.sha256, key=stored.key)


def _to_the_gate(connection: Connection, execution_id: uuid.UUID, second: float) -> None:
    member_id = ensure_member(connection, tenant="acme", email="ada@example.org", role="founder")
    who = member(connection, tenant="acme", email="ada@example.org")
    assert who is not None
    project_id = ensure_project(connection, tenant_id=who.tenant_id, slug="pets", name=HOSTILE)
    interview_id = submit_interview(
        connection,
        tenant_id=who.tenant_id,
        project_id=project_id,
        words="name: Pets",
        document={},
        member_id=member_id,
    ).id
    open_execution(
        connection,
        NewExecution(
            id=execution_id,
            tenant="acme",
            member="ada@example.org",
            project_id=project_id,
            interview_id=interview_id,
            flow_run_id=uuid.uuid4(),
            at=at(second),
        ),
    )
    _transition(connection, execution_id, "RUNNING", second + 1)
    blueprint = store_blueprint(
        connection,
        tenant_id=who.tenant_id,
        project_id=project_id,
        interview_id=interview_id,
        sha256="0" * 64,
        document={},
        generator_version="1",
    )
    know_blueprint(connection, execution_id, blueprint.id)
    ask(connection, execution_id=execution_id, round_number=1, blueprint_id=blueprint.id, at=at(second + 3))
    _stage(connection, execution_id, "intake", second + 1, second + 2)
    _stage(connection, execution_id, "approval", second + 2, second + 10, waiting=True)
    _transition(connection, execution_id, "PAUSED", second + 11, name="Suspended")


def _complete(connection: Connection, execution_id: uuid.UUID, *, key: str, sha256: str) -> None:
    who = member(connection, tenant="acme", email="ada@example.org")
    assert who is not None
    gate_id = ask(connection, execution_id=execution_id, round_number=1, blueprint_id=uuid.uuid4(), at=at(3))
    decide(
        connection,
        gate_id,
        Decision(answer="approved", member_id=who.id, role="founder", comment=HOSTILE, at=at(20)),
    )
    _stage(connection, execution_id, "approval", 20, 21)
    _stage(connection, execution_id, "verification", 21, 50)
    checks = [
        NewCheck(name="boot", ok=True, detail="answers", duration_s=1.5, subprocess_s=1.2),
        NewCheck(name="tests", ok=False, detail=HOSTILE, duration_s=9, subprocess_s=8),
    ]
    store_checks(connection, execution_id=execution_id, checks=checks)
    _keep(connection, execution_id, "archive", stage="release", key=key, sha256=sha256)
    store_log_lines(connection, _lines(execution_id))
    _transition(connection, execution_id, "COMPLETED", 60)


def _keep(
    connection: Connection, execution_id: uuid.UUID, kind: str, *, stage: str, key: str, sha256: str
) -> None:
    store_artifact(
        connection,
        NewArtifact(
            execution_id=execution_id,
            stage=stage,
            kind=kind,
            key=key,
            sha256=sha256,
            bytes=len(ARCHIVE),
            media_type="application/zip",
        ),
    )


@pytest.fixture
def unverified(world: World) -> uuid.UUID:
    """The execution that waited has failed its verification since."""
    key = f"acme/pets/{world.waiting}/verification/pets-partial.zip"
    stored = artifact_store().put(key, ARCHIVE)
    with transaction(world.url) as connection:
        _stage(connection, world.waiting, "verification", 111, 120)
        _keep(
            connection,
            world.waiting,
            "partial archive",
            stage="verification",
            key=stored.key,
            sha256=stored.sha256,
        )
        _transition(connection, world.waiting, "FAILED", 121)
    return world.waiting


def _lines(execution_id: uuid.UUID) -> list[NewLogLine]:
    """Five lines, of which the last comes from another producer at the time of the one before."""
    said = [
        (10, None, "the pipeline begins"),
        (20, "intake", HOSTILE),
        (30, "verification", "slow"),
        (40, "verification", "a test is red\n20:00:00.000  INFO  forged"),
        (20, "release", "released"),
    ]
    return [
        NewLogLine(
            producer=uuid.UUID(int=7 + number // 4),
            sequence=number,
            execution_id=execution_id,
            stage=stage,
            task_run_id=None,
            level=level,
            logger="flows",
            message=message,
            extras=None,
            occurred_at=at(min(number, 3)),
        )
        for number, (level, stage, message) in enumerate(said)
    ]


def _stage(
    connection: Connection,
    execution_id: uuid.UUID,
    stage: str,
    begin: float,
    end: float,
    *,
    waiting: bool = False,
) -> None:
    task_run_id = uuid.uuid4()
    open_stage_run(
        connection,
        StageStart(
            id=uuid.uuid4(), execution_id=execution_id, stage=stage, task_run_id=task_run_id, at=at(begin)
        ),
    )
    name = "Waiting" if waiting else "Completed"
    _transition(connection, execution_id, "COMPLETED", end, name=name, stage=stage, task_run_id=task_run_id)


def _transition(
    connection: Connection,
    execution_id: uuid.UUID,
    state_type: str,
    second: float,
    *,
    name: str = "",
    stage: str | None = None,
    task_run_id: uuid.UUID | None = None,
) -> None:
    record(
        connection,
        NewTransition(
            state_id=uuid.uuid4(),
            execution_id=execution_id,
            flow_run_id=uuid.uuid4(),
            task_run_id=task_run_id,
            stage=stage,
            state_type=state_type,
            state_name=name or state_type.title(),
            message="",
            occurred_at=at(second),
            recorded_by="hook",
        ),
    )
