"""Write what stages produce: checks and artifacts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from db.models import Artifact, CheckResult, StageRun
from db.records.executions import tenant_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class NewCheck:
    """One check of the verification stage."""

    name: str
    ok: bool
    detail: str
    duration_s: float
    subprocess_s: float


@dataclass(frozen=True, kw_only=True)
class NewArtifact:
    """One object that lies in the artifact store."""

    execution_id: uuid.UUID
    stage: str
    kind: str
    key: str
    sha256: str
    bytes: int
    media_type: str


def store_checks(connection: Connection, *, execution_id: uuid.UUID, checks: Sequence[NewCheck]) -> None:
    """Store the checks of the newest attempt of the verification stage."""
    attempt = connection.execute(
        select(func.coalesce(func.max(StageRun.attempt), 1)).where(
            StageRun.execution_id == execution_id, StageRun.stage == "verification"
        )
    ).scalar_one()
    for position, check in enumerate(checks):
        connection.execute(
            insert(CheckResult)
            .values(
                id=uuid.uuid4(),
                tenant_id=tenant_of(execution_id),
                execution_id=execution_id,
                attempt=attempt,
                position=position,
                name=check.name,
                ok=check.ok,
                detail=check.detail,
                duration_s=check.duration_s,
                subprocess_s=check.subprocess_s,
            )
            .on_conflict_do_nothing()
        )


def store_artifact(connection: Connection, new: NewArtifact) -> None:
    """Store the row of an object; an object written again under its key is the same artifact."""
    values = {
        "tenant_id": tenant_of(new.execution_id),
        "execution_id": new.execution_id,
        "stage": new.stage,
        "kind": new.kind,
        "key": new.key,
        "sha256": new.sha256,
        "bytes": new.bytes,
        "media_type": new.media_type,
    }
    connection.execute(
        insert(Artifact)
        .values(id=uuid.uuid4(), **values)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={"sha256": new.sha256, "bytes": new.bytes, "media_type": new.media_type},
        )
    )
