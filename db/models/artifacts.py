"""Artifacts: the stored files and archives of executions."""

from __future__ import annotations

import uuid

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, Id, TenantId


class Artifact(Base):
    """One stored object; the object is stored before its row is written."""

    __tablename__ = "artifacts"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    execution_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("executions.id", ondelete="RESTRICT"))
    stage: Mapped[str]
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        CheckConstraint("kind in ('files', 'archive', 'partial archive', 'manifest', 'report')", name="kind"),
        Index("ix_artifacts_execution_id", "execution_id"),
    )
