"""What a person sees of an execution, and what a machine reads of it."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from pathlib import Path

from rich.console import Console

from db.policy.progress import STAGES
from db.queries.detail import Detail
from db.queries.executions import ExecutionView, StageView
from db.queries.results import ArtifactView, CheckView
from leanvibe.report import as_json, exit_status
from leanvibe.watch import table

NOW = dt.datetime(2026, 3, 1, 9, 0, 30, tzinfo=dt.UTC)
START = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)


def _report(status: str, project: str = "Tea club") -> Detail:
    execution = ExecutionView(
        id=uuid.UUID(int=1),
        tenant_id=uuid.UUID(int=2),
        tenant="local",
        project_id=uuid.UUID(int=3),
        project=project,
        interview_id=None,
        blueprint_version=2,
        flow_run_id=None,
        requested_by="ada@example.org",
        approve_beforehand=False,
        status=status,
        message="",
        progress=30,
        created_at=START,
        started_at=START,
        ended_at=None,
    )
    stages = [
        StageView(
            stage=stage,
            status="completed" if stage == "intake" else "pending",
            attempt=int(stage == "intake"),
            progress=100 if stage == "intake" else 0,
            message="",
            started_at=START if stage == "intake" else None,
            ended_at=NOW if stage == "intake" else None,
        )
        for stage in STAGES
    ]
    archive = ArtifactView(
        stage="release", kind="archive", key="a/b.zip", sha256="00", bytes=7, media_type="application/zip"
    )
    check = CheckView(name="tests", ok=False, detail="1 failed", duration_s=1, subprocess_s=1)
    return Detail(execution=execution, stages=stages, checks=[check], gate=None, archive=archive)


def test_the_object_for_machines_is_the_documented_one() -> None:
    assert as_json(_report("failed"), now=NOW, path=Path("/x/b.zip")) == {
        "execution_id": "00000000-0000-0000-0000-000000000001",
        "project_id": "00000000-0000-0000-0000-000000000003",
        "flow_run_id": None,
        "status": "failed",
        "blueprint_version": 2,
        "stages": [
            {"stage": "intake", "status": "completed", "attempt": 1, "duration_s": 30.0},
            *(
                {"stage": stage, "status": "pending", "attempt": 0, "duration_s": None}
                for stage in STAGES[1:]
            ),
        ],
        "verification": {
            "passed": 0,
            "failed": 1,
            "checks": [{"name": "tests", "ok": False, "detail": "1 failed"}],
        },
        "archive": {"key": "a/b.zip", "sha256": "00", "bytes": 7, "path": "/x/b.zip"},
        "duration_s": 30.0,
    }


def test_the_exit_status_says_how_it_ended() -> None:
    assert {
        status: exit_status(_report(status)) for status in ("completed", "waiting", "failed", "cancelled")
    } == {
        "completed": 0,
        "waiting": 3,
        "failed": 1,
        "cancelled": 1,
    }


def test_the_table_shows_every_stage_and_takes_no_markup_from_the_founder() -> None:
    output = io.StringIO()
    Console(file=output, width=120).print(table(_report("running", project="[red]Tea[/red]")))
    shown = output.getvalue()
    assert "[red]Tea[/red] · running · 30 %" in shown
    assert all(stage in shown for stage in STAGES)
