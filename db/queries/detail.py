"""Read one execution with everything that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries.executions import ExecutionView, StageView, execution, stages
from db.queries.gates import GateView, gate
from db.queries.results import ArtifactView, CheckView, artifact, checks

if TYPE_CHECKING:
    import uuid

    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One execution whole."""

    execution: ExecutionView
    stages: list[StageView]
    """All nine, in their order."""
    checks: list[CheckView]
    """Of the newest verification."""
    gate: GateView | None
    """The newest one."""
    archive: ArtifactView | None
    partial: ArtifactView | None = None
    """What was generated, when it failed its verification and nothing was released."""


def detail(connection: Connection, execution_id: uuid.UUID) -> Detail:
    """The execution of that id and its parts; raises NotFound."""
    archive = artifact(connection, execution_id, "archive")
    return Detail(
        execution=execution(connection, execution_id),
        stages=stages(connection, execution_id),
        checks=checks(connection, execution_id),
        gate=gate(connection, execution_id),
        archive=archive,
        partial=artifact(connection, execution_id, "partial archive") if archive is None else None,
    )
