"""Gates: the founder's decisions on blueprints."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Id, TenantId


class Gate(Base):
    """One question to the founder, written before the run suspends; the answer is written into it once."""

    __tablename__ = "gates"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    execution_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("executions.id", ondelete="RESTRICT"))
    round: Mapped[int] = mapped_column(doc="1 for the first question; one more after each change request")
    blueprint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("blueprints.id", ondelete="RESTRICT"))
    requested_at: Mapped[dt.datetime]
    decision: Mapped[str | None]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    decided_at: Mapped[dt.datetime | None]
    beforehand: Mapped[bool] = mapped_column(
        server_default=text("false"), doc="decided when the execution was started"
    )
    comment: Mapped[str] = mapped_column(server_default="", doc="what should change, or why it was rejected")

    reminded_at: Mapped[dt.datetime | None]
    expired_at: Mapped[dt.datetime | None] = mapped_column(doc="from then on nobody can decide")

    __table_args__ = (
        UniqueConstraint("execution_id", "round"),
        CheckConstraint("decision in ('approved', 'changes requested', 'rejected')", name="decision"),
        CheckConstraint(
            "(decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)",
            name="decided_whole",
        ),
        CheckConstraint("expired_at is null or decision is null", name="expired_undecided"),
        Index("ix_gates_undecided", "requested_at", postgresql_where=text("decision is null")),
    )
