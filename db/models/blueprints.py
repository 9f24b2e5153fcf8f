"""Blueprints: the exact plans derived from interviews."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, Id, TenantId


class BlueprintVersion(Base):
    """One blueprint; immutable, numbered per project, the same plan never stored twice."""

    __tablename__ = "blueprints"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("projects.id", ondelete="RESTRICT"))
    interview_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("interviews.id", ondelete="RESTRICT"))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(doc="of the canonical JSON")
    document: Mapped[dict[str, Any]]
    generator_version: Mapped[str]
    created_at: Mapped[CreatedAt]

    __table_args__ = (UniqueConstraint("project_id", "version"), UniqueConstraint("project_id", "sha256"))
