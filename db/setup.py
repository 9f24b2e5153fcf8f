"""First start: the tables, and the tenant with the member that local commands act as."""

from __future__ import annotations

from db import schema
from db.engine import transaction
from db.records.tenants import ensure_member


def prepare(url: str, *, tenant: str, member: str) -> None:
    """Migrate to head and see that the member is there, as a founder when they are new."""
    schema.upgrade(url)
    with transaction(url) as connection:
        ensure_member(connection, tenant=tenant, email=member, role="founder")
