"""Read what stages produced: checks and artifacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.models import Artifact, CheckResult

if TYPE_CHECKING:
    import uuid

    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """One check of the newest verification."""

    name: str
    ok: bool
    detail: str
    duration_s: float
    subprocess_s: float


@dataclass(frozen=True, kw_only=True)
class ArtifactView:
    """One stored object."""

    stage: str
    kind: str
    key: str
    sha256: str
    bytes: int
    media_type: str


def checks(connection: Connection, execution_id: uuid.UUID) -> list[CheckView]:
    """The checks of the newest verification, in their order."""
    newest_attempt = (
        select(CheckResult.attempt)
        .where(CheckResult.execution_id == execution_id)
        .order_by(CheckResult.attempt.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            CheckResult.name,
            CheckResult.ok,
            CheckResult.detail,
            CheckResult.duration_s,
            CheckResult.subprocess_s,
        )
        .where(CheckResult.execution_id == execution_id, CheckResult.attempt == newest_attempt)
        .order_by(CheckResult.position)
    )
    return [CheckView(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping


def artifact(connection: Connection, execution_id: uuid.UUID, kind: str) -> ArtifactView | None:
    """The execution's newest artifact of that kind, None when there is none."""
    row = connection.execute(
        select(
            Artifact.stage,
            Artifact.kind,
            Artifact.key,
            Artifact.sha256,
            Artifact.bytes,
            Artifact.media_type,
        )
        .where(Artifact.execution_id == execution_id, Artifact.kind == kind)
        .order_by(Artifact.created_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else ArtifactView(**row._mapping)  # noqa: SLF001 - SQLAlchemy's documented name for a row as a mapping
