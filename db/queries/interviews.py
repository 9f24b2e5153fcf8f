"""Read interviews: one version, or those that wait for their execution."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from db.errors import NotFound
from db.models import Execution, InterviewVersion, Member, Tenant, User

if TYPE_CHECKING:
    from sqlalchemy import Connection

_VERSION = (
    select(
        InterviewVersion.id,
        InterviewVersion.project_id,
        InterviewVersion.words,
        Tenant.slug.label("tenant"),
        User.email,
    )
    .join(Tenant, Tenant.id == InterviewVersion.tenant_id)
    .join(Member, Member.id == InterviewVersion.created_by)
    .join(User, User.id == Member.user_id)
)


@dataclass(frozen=True, kw_only=True)
class InterviewView:
    """One version of an interview."""

    id: uuid.UUID
    project_id: uuid.UUID
    words: str
    tenant: str
    email: str
    """Of its author."""


def interview(connection: Connection, interview_id: uuid.UUID) -> InterviewView:
    """The interview version of that id; raises NotFound."""
    row = connection.execute(_VERSION.where(InterviewVersion.id == interview_id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no interview {interview_id}")
    return InterviewView(**row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping


def claim_waiting(connection: Connection, *, limit: int) -> list[InterviewView]:
    """Submitted versions without an execution, oldest first, locked until the transaction ends.

    What another transaction has claimed is passed over.
    """
    rows = connection.execute(
        _VERSION.where(
            InterviewVersion.status == "submitted",
            ~exists().where(Execution.interview_id == InterviewVersion.id),
        )
        .order_by(InterviewVersion.submitted_at)
        .limit(limit)
        .with_for_update(of=InterviewVersion, skip_locked=True)
    )
    return [InterviewView(**row._mapping) for row in rows]  # noqa: SLF001 - as above
