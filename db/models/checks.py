"""Checks: what the verification stage looked at and saw."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, Id, TenantId


class CheckResult(Base):
    """One check of one verification."""

    __tablename__ = "checks"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    execution_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("executions.id", ondelete="RESTRICT"))
    attempt: Mapped[int] = mapped_column(doc="of the verification stage")
    position: Mapped[int]
    name: Mapped[str]
    ok: Mapped[bool]
    detail: Mapped[str]
    duration_s: Mapped[float]
    subprocess_s: Mapped[float]
    created_at: Mapped[CreatedAt]

    __table_args__ = (UniqueConstraint("execution_id", "attempt", "name"),)
