"""One hostile input: what it is, what is handed in, and what has to come back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from flows.contracts import Intake
from flows.stages.intake.document import InterviewProblems, decode, render
from flows.stages.intake.source import read_any


@dataclass(frozen=True, kw_only=True)
class Case:
    """`refused`: line and column of the first problem, '' when an application has to come of it."""

    what: str
    given: str | bytes
    refused: str = ""
    filename: str = "hostile.yaml"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`intake` when it can be used; else what a person reads, and the place of the first problem."""

    intake: Intake | None = None
    place: str = ""
    message: str = ""
    shown: str = ""


def answer(case: Case) -> Answer:
    """Hand it in as the command line does."""
    text = case.given if isinstance(case.given, str) else case.given.decode("utf-8-sig", "replace")
    try:
        words = case.given if isinstance(case.given, str) else decode(case.given)
        return Answer(intake=read_any(words, filename=case.filename))
    except InterviewProblems as error:
        first = error.problems[0]
        return Answer(
            place=f"{first.line}:{first.column}",
            message=first.message,
            shown=render(error.problems, file=PurePath(case.filename).name, text=text),
        )
