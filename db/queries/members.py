"""Read memberships."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from db.models import Member, Tenant, User
from db.policy.permissions import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class MemberView:
    """A membership with the role that the policy asks for."""

    id: uuid.UUID
    tenant_id: uuid.UUID
    tenant: str
    email: str
    role: Role


def member(connection: Connection, *, tenant: str, email: str) -> MemberView | None:
    """The membership of that person in that tenant, None when there is none."""
    row = connection.execute(
        select(Member.id, Member.tenant_id, Member.role, User.email, Tenant.slug)
        .join(User, User.id == Member.user_id)
        .join(Tenant, Tenant.id == Member.tenant_id)
        .where(Tenant.slug == tenant, User.email == email.lower())
    ).one_or_none()
    if row is None:
        return None
    return MemberView(
        id=row.id, tenant_id=row.tenant_id, tenant=row.slug, email=row.email, role=cast("Role", row.role)
    )
