"""Projects: one MVP of one tenant."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.models.base import Base, CreatedAt, Id, TenantId


class Project(Base):
    """One MVP; has interviews, blueprints and executions."""

    __tablename__ = "projects"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    slug: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[CreatedAt]

    __table_args__ = (UniqueConstraint("tenant_id", "slug"),)
