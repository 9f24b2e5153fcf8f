"""Tenants, the people in them, and the one role each has there."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, CreatedAt, Id, TenantId


class Tenant(Base):
    """An organisation; owns everything below it."""

    __tablename__ = "tenants"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    created_at: Mapped[CreatedAt]


class User(Base):
    """A person, known by an e-mail address."""

    __tablename__ = "users"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True, doc="lower case, so that one address is one person")
    name: Mapped[str]
    created_at: Mapped[CreatedAt]

    __table_args__ = (CheckConstraint("email = lower(email)", name="email"),)


class Member(Base):
    """A user in a tenant with one role."""

    __tablename__ = "members"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), index=True)
    role: Mapped[str]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        UniqueConstraint("tenant_id", "user_id"),
        CheckConstraint("role in ('founder', 'collaborator', 'admin')", name="role"),
    )
