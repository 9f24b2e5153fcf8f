"""Interviews: what the founder says, versioned by content."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, Id, TenantId


class InterviewVersion(Base):
    """One version of a project's interview; a text that was seen before is the version it was then."""

    __tablename__ = "interviews"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("projects.id", ondelete="RESTRICT"))
    version: Mapped[int]
    sha256: Mapped[str] = mapped_column(doc="of the text as it was given")
    words: Mapped[str] = mapped_column(doc="the document as it was given")
    document: Mapped[dict[str, Any]] = mapped_column(doc="the validated interview")
    status: Mapped[str]
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("members.id", ondelete="RESTRICT"))
    created_at: Mapped[CreatedAt]
    submitted_at: Mapped[dt.datetime | None]

    __table_args__ = (
        UniqueConstraint("project_id", "version"),
        UniqueConstraint("project_id", "sha256"),
        CheckConstraint("status in ('draft', 'submitted')", name="status"),
        Index("ix_interviews_submitted", "submitted_at", postgresql_where=text("status = 'submitted'")),
    )
