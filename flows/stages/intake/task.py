"""The intake stage: an interview document becomes a stored, validated interview."""

from __future__ import annotations

import uuid

from blocks.database import database_url
from db.engine import transaction
from db.errors import Refused
from db.queries.interviews import interview as stored_interview
from db.queries.members import member
from db.records.executions import know_project
from flows.contracts import Said, Stage
from flows.stages.intake.source import read_any
from flows.submission import submit
from flows.work import Work, begin, stage_task


@stage_task(Stage.INTAKE)
def intake(interview: str) -> Said:
    """Read the interview, its text or the id of a stored one; raises InterviewProblems."""
    work = begin(Stage.INTAKE)
    words = _words(interview)
    understood = read_any(words)
    with transaction(database_url()) as connection:
        who = member(connection, tenant=work.tenant, email=work.member)
        if who is None:
            raise Refused(f"{work.member} is no member of the tenant {work.tenant}")
        submission = submit(connection, words=words, intake=understood, by=who)
        know_project(
            connection,
            work.execution_id,
            project_id=submission.project_id,
            interview_id=submission.interview_id,
        )
    _say_what_was_understood(work, understood.interview.name, len(understood.interview.entities))
    work.say("The interview is %d %% complete", understood.completeness)
    for question in understood.open_questions:
        work.say("Open question %d: %s", question.number, question.question)
    return Said(
        project_id=submission.project_id,
        project=submission.project,
        interview_id=submission.interview_id,
        intake=work.keep(understood, project=submission.project, path="intake.json"),
    )


def _words(interview: str) -> str:
    try:
        interview_id = uuid.UUID(interview.strip())
    except ValueError:
        return interview
    with transaction(database_url()) as connection:
        return stored_interview(connection, interview_id).words


def _say_what_was_understood(work: Work, name: str, entities: int) -> None:
    work.say("%s: an interview with %d %s", name, entities, "entity" if entities == 1 else "entities")
