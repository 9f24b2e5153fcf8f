"""Leases: which attempt may write to an execution, and until when it counts as alive."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, TenantId


class Lease(Base):
    """One attempt of an execution: one process of its flow run. All times are of the database's clock."""

    __tablename__ = "leases"

    token: Mapped[int] = mapped_column(
        BigInteger,
        Identity(always=True),
        primary_key=True,
        doc="fencing token; a later lease has a higher one",
    )
    tenant_id: Mapped[TenantId]
    execution_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("executions.id", ondelete="RESTRICT"))
    attempt: Mapped[int] = mapped_column(doc="1 for the first process of the execution")
    flow_run_id: Mapped[uuid.UUID]
    host: Mapped[str]
    pid: Mapped[int]
    acquired_at: Mapped[dt.datetime]
    renewed_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    outcome: Mapped[str | None] = mapped_column(doc="None while the attempt goes on")
    revoked_at: Mapped[dt.datetime | None] = mapped_column(doc="from then on its writes are refused")
    settled_at: Mapped[dt.datetime | None] = mapped_column(doc="when it needed no more looking after")

    __table_args__ = (
        UniqueConstraint("execution_id", "attempt"),
        CheckConstraint(
            "outcome in ('finished', 'suspended', 'handed back', 'lost', 'replaced')", name="outcome"
        ),
        Index("uq_leases_in_force", "execution_id", unique=True, postgresql_where=text("revoked_at is null")),
        Index("ix_leases_unsettled", "expires_at", postgresql_where=text("settled_at is null")),
    )
