"""One execution with everything that is known of it, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries import executions
from db.queries.executions import ArtifactView, CheckView, ExecutionView, GateView, StageView

if TYPE_CHECKING:
    import uuid

    from db.engine import Connection


@dataclass(frozen=True, kw_only=True)
class Detail:
    """What pages and API show of one execution."""

    execution: ExecutionView
    stages: list[StageView]
    """All nine, in their order."""
    checks: list[CheckView]
    """Of the newest verification."""
    gate: GateView | None
    """The newest one."""
    archive: ArtifactView | None


def detail(connection: Connection, execution_id: uuid.UUID) -> Detail:
    """The execution of that id and its parts; raises db.errors.NotFound."""
    return Detail(
        execution=executions.execution(connection, execution_id),
        stages=executions.stages(connection, execution_id),
        checks=executions.checks(connection, execution_id),
        gate=executions.gate(connection, execution_id),
        archive=executions.artifact(connection, execution_id, "archive"),
    )
