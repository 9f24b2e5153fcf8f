"""Write projects, the versions of their interviews, and their blueprints."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from db.models import BlueprintVersion, InterviewVersion, Project

if TYPE_CHECKING:
    from sqlalchemy import Connection, ScalarSelect


@dataclass(frozen=True, kw_only=True)
class Version:
    """A numbered row of a project."""

    id: uuid.UUID
    version: int


def ensure_project(connection: Connection, *, tenant_id: uuid.UUID, slug: str, name: str) -> uuid.UUID:
    """The id of the tenant's project of that slug, made when it is not there."""
    connection.execute(
        insert(Project)
        .values(id=uuid.uuid4(), tenant_id=tenant_id, slug=slug, name=name)
        .on_conflict_do_nothing()
    )
    return connection.execute(
        select(Project.id).where(Project.tenant_id == tenant_id, Project.slug == slug)
    ).scalar_one()


def _lock(connection: Connection, project_id: uuid.UUID) -> None:
    """Number a project's versions one writer at a time."""
    connection.execute(text("select 1 from projects where id = :id for no key update"), {"id": project_id})


Versioned = type[InterviewVersion] | type[BlueprintVersion]


def _next_version(table: Versioned, project_id: uuid.UUID) -> ScalarSelect[int]:
    """One more than the project's newest, as a part of a statement."""
    newest = func.coalesce(func.max(table.version), 0)
    return select(newest + 1).where(table.project_id == project_id).scalar_subquery()


def _version(connection: Connection, table: Versioned, project_id: uuid.UUID, sha256: str) -> Version:
    """The project's version of that content."""
    row = connection.execute(
        select(table.id, table.version).where(table.project_id == project_id, table.sha256 == sha256)
    ).one()
    return Version(id=row.id, version=row.version)


def submit_interview(
    connection: Connection,
    *,
    tenant_id: uuid.UUID,
    project_id: uuid.UUID,
    words: str,
    document: dict[str, Any],
    member_id: uuid.UUID,
) -> Version:
    """Store the text as the project's next submitted version, or find the version it was before."""
    _lock(connection, project_id)
    digest = hashlib.sha256(words.encode()).hexdigest()
    connection.execute(
        insert(InterviewVersion)
        .values(
            id=uuid.uuid4(),
            tenant_id=tenant_id,
            project_id=project_id,
            version=_next_version(InterviewVersion, project_id),
            sha256=digest,
            words=words,
            document=document,
            status="submitted",
            created_by=member_id,
            submitted_at=func.now(),
        )
        .on_conflict_do_nothing(index_elements=["project_id", "sha256"])
    )
    return _version(connection, InterviewVersion, project_id, digest)


def store_blueprint(
    connection: Connection,
    *,
    tenant_id: uuid.UUID,
    project_id: uuid.UUID,
    interview_id: uuid.UUID,
    sha256: str,
    document: dict[str, Any],
    generator_version: str,
) -> Version:
    """Store the blueprint as the project's next version, or find the version the same plan has."""
    _lock(connection, project_id)
    connection.execute(
        insert(BlueprintVersion)
        .values(
            id=uuid.uuid4(),
            tenant_id=tenant_id,
            project_id=project_id,
            interview_id=interview_id,
            version=_next_version(BlueprintVersion, project_id),
            sha256=sha256,
            document=document,
            generator_version=generator_version,
        )
        .on_conflict_do_nothing(index_elements=["project_id", "sha256"])
    )
    return _version(connection, BlueprintVersion, project_id, sha256)
