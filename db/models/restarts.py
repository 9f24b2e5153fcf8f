"""Restarts: that an execution does its work anew from a stage on, though it has results of it."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, Id, TenantId


class Restart(Base):
    """One wish of a member; results from before it are not used for that stage and those behind it."""

    __tablename__ = "restarts"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    execution_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("executions.id", ondelete="RESTRICT"))
    stage: Mapped[str]
    requested_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    created_at: Mapped[CreatedAt]

    __table_args__ = (Index("ix_restarts_execution_id", "execution_id"),)
