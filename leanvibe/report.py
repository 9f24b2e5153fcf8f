"""What became of an execution, as the one JSON object that machines read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.queries import executions

if TYPE_CHECKING:
    import datetime as dt
    import uuid
    from pathlib import Path

    from db.engine import Connection

EXIT = {"completed": 0, "waiting": 3}
"""Exit status by execution status; every other status is 1."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One execution whole."""

    execution: executions.ExecutionView
    stages: list[executions.StageView]
    checks: list[executions.CheckView]
    gate: executions.GateView | None
    archive: executions.ArtifactView | None

    @property
    def exit_status(self) -> int:
        """0 completed, 3 waiting for approval, 1 anything else."""
        return EXIT.get(self.execution.status, 1)

    def as_json(self, *, now: dt.datetime, path: Path | None) -> dict[str, Any]:
        """The documented object; `path` is where the archive lies as a file."""
        return {
            "execution_id": str(self.execution.id),
            "project_id": _text(self.execution.project_id),
            "flow_run_id": _text(self.execution.flow_run_id),
            "status": self.execution.status,
            "blueprint_version": self.execution.blueprint_version,
            "stages": [
                {
                    "stage": stage.stage,
                    "status": stage.status,
                    "attempt": stage.attempt,
                    "duration_s": _seconds(stage.duration_s(now)),
                }
                for stage in self.stages
            ],
            "verification": {
                "passed": sum(check.ok for check in self.checks),
                "failed": sum(not check.ok for check in self.checks),
                "checks": [
                    {"name": check.name, "ok": check.ok, "detail": check.detail} for check in self.checks
                ],
            },
            "archive": self.archive
            and {
                "key": self.archive.key,
                "sha256": self.archive.sha256,
                "bytes": self.archive.bytes,
                "path": _text(path),
            },
            "duration_s": _seconds(self.execution.duration_s(now)),
        }


def report(connection: Connection, execution_id: uuid.UUID) -> Report:
    """Everything that is known of the execution; raises db.errors.NotFound."""
    return Report(
        execution=executions.execution(connection, execution_id),
        stages=executions.stages(connection, execution_id),
        checks=executions.checks(connection, execution_id),
        gate=executions.gate(connection, execution_id),
        archive=executions.artifact(connection, execution_id, "archive"),
    )


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
