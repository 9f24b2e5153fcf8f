"""Put a founder's interview into the database: its project, and the version of the interview."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.records.projects import ensure_project, submit_interview
from flows.contracts import json_object
from flows.slugs import slug

if TYPE_CHECKING:
    from db.engine import Connection
    from db.queries.members import MemberView
    from flows.contracts import Intake


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Where an interview went."""

    project_id: uuid.UUID
    project: str
    """Slug."""
    interview_id: uuid.UUID


def submit(connection: Connection, *, words: str, intake: Intake, by: MemberView) -> Submission:
    """Store the interview as submitted by that member; the same words are the same version."""
    name = intake.interview.name
    project = slug(name)
    project_id = ensure_project(connection, tenant_id=by.tenant_id, slug=project, name=name)
    version = submit_interview(
        connection,
        tenant_id=by.tenant_id,
        project_id=project_id,
        words=words,
        document=json_object(intake.interview),
        member_id=by.id,
    )
    return Submission(project_id=project_id, project=project, interview_id=version.id)
