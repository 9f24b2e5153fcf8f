"""What the API answers with: strict models, one for each noun."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from flows.contracts import Stage


def _utc(when: dt.datetime) -> dt.datetime:
    return when.astimezone(dt.UTC)


Time = Annotated[dt.datetime, AfterValidator(_utc)]
"""A point in time, always written in UTC."""

ExecutionStatus = Literal[
    "scheduled",
    "running",
    "waiting",
    "paused",
    "cancelling",
    "completed",
    "failed",
    "cancelled",
    "crashed",
]
StageStatus = Literal["pending", "running", "waiting", "completed", "failed", "cancelled", "crashed"]
LevelName = Literal["debug", "info", "warning", "error", "critical"]


class Answer(BaseModel):
    """What all answers have in common."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, from_attributes=True)


class Health(Answer):
    """The process lives."""

    status: Literal["alive"] = "alive"


class Readiness(Answer):
    """The database answers and is migrated."""

    status: Literal["ready"] = "ready"


class Execution(Answer):
    """One execution, as lists show it."""

    id: uuid.UUID
    tenant: str = Field(description="slug of the tenant it belongs to")
    project_id: uuid.UUID | None = Field(description="null until intake has read the interview")
    project: str | None = Field(description="name of the project, as the founder wrote it")
    blueprint_version: int | None = Field(description="number of the blueprint it builds")
    flow_run_id: uuid.UUID | None = Field(description="its Prefect flow run, once Prefect accepted it")
    requested_by: str = Field(description="e-mail address of who started it")
    status: ExecutionStatus
    message: str = Field(description="of the newest transition, or why it failed")
    progress: int = Field(ge=0, le=100, description="percent of the work, weighted by stage")
    created_at: Time
    started_at: Time | None
    ended_at: Time | None
    duration_s: float = Field(description="seconds from its creation to its end, or until now")


class Executions(Answer):
    """The newest executions."""

    items: list[Execution]


class StageRun(Answer):
    """The newest attempt of a stage."""

    stage: Stage
    status: StageStatus
    attempt: int = Field(ge=0, description="0 as long as it has not begun")
    progress: int = Field(ge=0, le=100)
    message: str
    started_at: Time | None
    ended_at: Time | None
    duration_s: float | None = Field(description="seconds until its end, or until now")


class Check(Answer):
    """One check of the newest verification."""

    name: str
    ok: bool
    detail: str
    duration_s: float
    subprocess_s: float = Field(
        description="seconds of it that the generated application's own processes took"
    )


class Gate(Answer):
    """The question to the founder, and the answer."""

    round: int = Field(ge=1)
    blueprint_version: int
    requested_at: Time
    decision: Literal["approved", "changes requested", "rejected"] | None
    decided_by: str | None = Field(description="e-mail address")
    decided_at: Time | None
    beforehand: bool = Field(description="decided when the execution was started")
    comment: str


class Archive(Answer):
    """The application, packed."""

    key: str = Field(description="its key in the artifact store")
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)
    media_type: str


class ExecutionDetail(Execution):
    """One execution with everything that is known of it."""

    stages: list[StageRun] = Field(description="all nine, in their order")
    checks: list[Check]
    gate: Gate | None = Field(description="the newest, null before the approval stage")
    archive: Archive | None = Field(description="null before the release stage")
    partial_archive: Archive | None = Field(
        description="what was generated, when it failed its verification and nothing was released"
    )


class LogLine(Answer):
    """One record that a stage wrote."""

    occurred_at: Time
    producer: uuid.UUID = Field(description="the process that wrote it")
    sequence: int = Field(description="its number in that process")
    attempt: int = Field(ge=1, description="of the execution")
    stage: str | None = Field(description="null: the pipeline itself")
    level: LevelName
    logger: str
    message: str
    extras: dict[str, Any] | None = Field(description="further values of the record")


class LogPage(Answer):
    """Log lines, oldest first."""

    items: list[LogLine]
    previous_cursor: str | None = Field(
        description="ask for the lines before this page with it; null as long as there is no line"
    )
    next_cursor: str | None = Field(
        description="ask for the lines after this page with it, also later; null as long as there is no line"
    )
    more: bool = Field(
        description="whether there are further lines by now in the direction that was asked for"
    )
    degraded: bool = Field(
        description="whether the database is away, and these are the lines that Prefect and the spool have"
    )


class LogGap(Answer):
    """Lines that a live reader was too slow for."""

    lines: int = Field(ge=1)
    cursor: str | None = Field(description="the pages after it hold them; null: those from the first one")


class LiveRow(Answer):
    """One row of live lines: a line or a gap."""

    line: LogLine | None = None
    gap: LogGap | None = None


class LogCount(Answer):
    """How many lines a stage has of a level."""

    stage: str | None = Field(description="null: the pipeline itself")
    level: LevelName
    lines: int = Field(ge=0)


class LogCounts(Answer):
    """How many lines an execution has, by stage and level."""

    items: list[LogCount]
    missing: int = Field(
        ge=0, description="lines before the last one of a process that are not stored, whatever is filtered"
    )
