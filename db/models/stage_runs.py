"""Stage runs: one attempt of a stage within an execution."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Id, TenantId


class StageRun(Base):
    """One attempt; its Prefect task run is the newest one that worked on it."""

    __tablename__ = "stage_runs"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    execution_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("executions.id", ondelete="RESTRICT"))
    stage: Mapped[str]
    attempt: Mapped[int]
    task_run_id: Mapped[uuid.UUID]
    status: Mapped[str]
    message: Mapped[str] = mapped_column(server_default="")
    progress: Mapped[int] = mapped_column(server_default="0", doc="0-100, never backwards")
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = (
        UniqueConstraint("execution_id", "stage", "attempt"),
        CheckConstraint(
            "status in ('running', 'waiting', 'completed', 'failed', 'cancelled', 'crashed')", name="status"
        ),
        CheckConstraint("progress between 0 and 100", name="progress"),
        Index("ix_stage_runs_task_run_id", "task_run_id"),
    )
