"""Write tenants, users and memberships."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from db.models import Member, Tenant, User

if TYPE_CHECKING:
    from sqlalchemy import Connection


def ensure_member(connection: Connection, *, tenant: str, email: str, role: str) -> uuid.UUID:
    """The id of that person's membership, made with its tenant and user when it is not there.

    A membership that exists keeps the role it has.
    """
    connection.execute(
        insert(Tenant).values(id=uuid.uuid4(), slug=tenant, name=tenant).on_conflict_do_nothing()
    )
    connection.execute(
        insert(User)
        .values(id=uuid.uuid4(), email=email.lower(), name=email.partition("@")[0])
        .on_conflict_do_nothing()
    )
    tenant_id = connection.execute(select(Tenant.id).where(Tenant.slug == tenant)).scalar_one()
    user_id = connection.execute(select(User.id).where(User.email == email.lower())).scalar_one()
    connection.execute(
        insert(Member)
        .values(id=uuid.uuid4(), tenant_id=tenant_id, user_id=user_id, role=role)
        .on_conflict_do_nothing()
    )
    return connection.execute(
        select(Member.id).where(Member.tenant_id == tenant_id, Member.user_id == user_id)
    ).scalar_one()
