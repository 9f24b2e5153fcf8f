"""A tenant with a founder, and an execution of theirs."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest

from db.engine import transaction
from db.queries.members import member
from db.records.executions import NewExecution, open_execution
from db.records.projects import ensure_project, submit_interview
from db.records.tenants import ensure_member

START = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)


def at(seconds: float) -> dt.datetime:
    """That many seconds after the start of the test's time."""
    return START + dt.timedelta(seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class World:
    """Ids of what is there."""

    url: str
    tenant_id: uuid.UUID
    member_id: uuid.UUID
    project_id: uuid.UUID
    interview_id: uuid.UUID
    execution_id: uuid.UUID
    flow_run_id: uuid.UUID


@pytest.fixture
def world(database_url: str) -> World:
    """One tenant, one founder, one project with an interview, one execution that was just started."""
    execution_id, flow_run_id = uuid.uuid4(), uuid.uuid4()
    with transaction(database_url) as connection:
        member_id = ensure_member(connection, tenant="acme", email="Ada@example.org", role="founder")
        who = member(connection, tenant="acme", email="ada@example.org")
        assert who is not None
        project_id = ensure_project(connection, tenant_id=who.tenant_id, slug="pets", name="Pets")
        interview = submit_interview(
            connection,
            tenant_id=who.tenant_id,
            project_id=project_id,
            words="name: Pets",
            document={"name": "Pets"},
            member_id=member_id,
        )
        open_execution(
            connection,
            NewExecution(
                id=execution_id,
                tenant="acme",
                member="ada@example.org",
                project_id=project_id,
                interview_id=interview.id,
                flow_run_id=flow_run_id,
                at=START,
            ),
        )
    return World(
        url=database_url,
        tenant_id=who.tenant_id,
        member_id=member_id,
        project_id=project_id,
        interview_id=interview.id,
        execution_id=execution_id,
        flow_run_id=flow_run_id,
    )
