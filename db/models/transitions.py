"""Transitions: every Prefect state that a flow or task run entered."""

from __future__ import annotations

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, TenantId


class Transition(Base):
    """One state, keyed by the id Prefect gave it, so that writing it again changes nothing."""

    __tablename__ = "transitions"

    state_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    tenant_id: Mapped[TenantId]
    execution_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("executions.id", ondelete="RESTRICT"))
    flow_run_id: Mapped[uuid.UUID]
    task_run_id: Mapped[uuid.UUID | None] = mapped_column(doc="None: a state of the flow run itself")
    stage: Mapped[str | None]
    state_type: Mapped[str] = mapped_column(doc="Prefect's state type, upper case")
    state_name: Mapped[str]
    message: Mapped[str]
    occurred_at: Mapped[dt.datetime] = mapped_column(doc="Prefect's timestamp of the state")
    recorded_at: Mapped[CreatedAt]
    recorded_by: Mapped[str]

    __table_args__ = (
        CheckConstraint("recorded_by in ('hook', 'reconciler')", name="recorded_by"),
        Index("ix_transitions_execution_id_occurred_at", "execution_id", "occurred_at"),
    )
