"""What became of an execution, as the one JSON object that machines read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from db.queries.detail import Detail

EXIT = {"completed": 0, "waiting": 3, "paused": 3}
"""Exit status by execution status; every other status is 1."""


def exit_status(seen: Detail) -> int:
    """0 completed, 3 waiting for a person, 1 anything else."""
    return EXIT.get(seen.execution.status, 1)


def as_json(seen: Detail, *, now: dt.datetime, path: Path | None) -> dict[str, Any]:
    """The documented object; `path` is where the archive lies as a file."""
    return {
        "execution_id": str(seen.execution.id),
        "project_id": _text(seen.execution.project_id),
        "flow_run_id": _text(seen.execution.flow_run_id),
        "status": seen.execution.status,
        "blueprint_version": seen.execution.blueprint_version,
        "stages": [
            {
                "stage": stage.stage,
                "status": stage.status,
                "attempt": stage.attempt,
                "duration_s": _seconds(stage.duration_s(now)),
            }
            for stage in seen.stages
        ],
        "verification": {
            "passed": sum(check.ok for check in seen.checks),
            "failed": sum(not check.ok for check in seen.checks),
            "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in seen.checks],
        },
        "archive": seen.archive
        and {
            "key": seen.archive.key,
            "sha256": seen.archive.sha256,
            "bytes": seen.archive.bytes,
            "path": _text(path),
        },
        "duration_s": _seconds(seen.execution.duration_s(now)),
    }


def _seconds(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
