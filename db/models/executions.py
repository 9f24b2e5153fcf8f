"""Executions: one run of the pipeline for a project."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, Id, TenantId

STATUSES = (
    "scheduled",
    "running",
    "waiting",
    "paused",
    "cancelling",
    "completed",
    "failed",
    "cancelled",
    "crashed",
)
"""What an execution may be; the last four are final."""

FINAL = frozenset(STATUSES[-4:])
"""Statuses that end an execution (a retry may open it again)."""


class Execution(Base):
    """One run of the pipeline; one Prefect flow run, which may be re-entered."""

    __tablename__ = "executions"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    project_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("projects.id", ondelete="RESTRICT"),
        doc="unknown until intake has read the interview of a run started from the Prefect UI",
    )
    interview_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("interviews.id", ondelete="RESTRICT"))
    blueprint_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("blueprints.id", ondelete="RESTRICT"))
    flow_run_id: Mapped[uuid.UUID | None] = mapped_column(
        unique=True, doc="unknown until Prefect has accepted the run"
    )
    requested_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    approve_beforehand: Mapped[bool] = mapped_column(server_default=text("false"))
    status: Mapped[str]
    status_at: Mapped[dt.datetime] = mapped_column(doc="time of the newest transition that was applied")
    message: Mapped[str] = mapped_column(server_default="", doc="of that transition, or why it failed")
    progress: Mapped[int] = mapped_column(server_default="0", doc="0-100")
    created_at: Mapped[CreatedAt]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]

    __table_args__ = (
        CheckConstraint("status in ({})".format(", ".join(f"'{s}'" for s in STATUSES)), name="status"),
        CheckConstraint("progress between 0 and 100", name="progress"),
        Index("ix_executions_tenant_id_created_at", "tenant_id", "created_at"),
        Index("ix_executions_project_id_created_at", "project_id", "created_at"),
        Index(
            "ix_executions_live",
            "status_at",
            postgresql_where=text("status not in ('completed', 'failed', 'cancelled', 'crashed')"),
        ),
    )
