"""The interview document as a whole: text in, validated interview out, or every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Intake, Interview
from flows.stages.intake import values
from flows.stages.intake.entities import read_entities
from flows.stages.intake.problems import InterviewProblems, Problems, render
from flows.stages.intake.questions import completeness, open_questions
from flows.stages.intake.tree import DOCUMENT, Mapping, Mark, Node, Scalar, compose
from flows.stages.intake.values import Value

if TYPE_CHECKING:
    from flows.contracts import InterviewEntity

__all__ = ["InterviewProblems", "decode", "read", "render"]

DOCUMENT_KEYS: dict[str, tuple[str, ...]] = {
    "name": (),
    "idea": (),
    "problem": (),
    "people": ("roles", "users"),
    "features": ("wishes",),
    "entities": (),
}
_START = Mark(line=1, column=1)
_PARTS = "name, idea, problem, people, features and entities"
_MISSING = {
    "name": "Add 'name:' and what the product is called.",
    "idea": "Add 'idea:' and the product in a sentence or two.",
    "entities": "Add 'entities:' and below it the things the product keeps, each with its fields.",
}


def decode(data: bytes) -> str:
    """The text of a file's bytes; raises InterviewProblems when they are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1
        problems = Problems()
        problems.add(
            Mark(line=before.count(b"\n") + 1, column=column),
            DOCUMENT,
            "the file is not UTF-8 text",
            "Save it as plain text in UTF-8.",
        )
        raise InterviewProblems(problems.listed()) from error


def read(text: str) -> Intake:
    """Read an interview in YAML or JSON; raises InterviewProblems with everything that is wrong."""
    problems = Problems()
    root = compose(text, problems)
    interview = _interview(root, problems)
    if interview is None or len(problems):
        raise InterviewProblems(problems.listed())
    return Intake(
        interview=interview,
        completeness=completeness(interview),
        open_questions=open_questions(interview),
    )


def _interview(root: Node | None, problems: Problems) -> Interview | None:
    if root is None or (isinstance(root, Scalar) and root.missing):
        if not len(problems):
            problems.add(_START, DOCUMENT, "the document is empty", f"Write an interview with {_PARTS}.")
        return None
    if not isinstance(root, Mapping):
        problems.add(root.mark, DOCUMENT, "this is not an interview", f"Begin lines with the keys {_PARTS}.")
        return None
    said = values.group(Value(node=root, where=""), problems, keys=DOCUMENT_KEYS)
    for key, hint in _MISSING.items():
        if key not in said:
            problems.add(_START, key, f"'{key}' is missing", hint)
    return Interview(
        name=_text(said, "name", problems, limit=values.NAME_LENGTH),
        idea=_text(said, "idea", problems, limit=values.TEXT_LENGTH),
        problem=_text(said, "problem", problems, limit=values.TEXT_LENGTH, may_be_empty=True),
        people=_texts(said, "people", problems, limit=values.NAME_LENGTH),
        features=_texts(said, "features", problems, limit=values.SENTENCE_LENGTH),
        entities=_entities(said, problems),
    )


def _text(
    said: dict[str, Value], key: str, problems: Problems, *, limit: int, may_be_empty: bool = False
) -> str:
    if key not in said or (may_be_empty and said[key].missing):
        return ""
    return values.text(said[key], problems, limit=limit, several_lines=limit > values.NAME_LENGTH) or ""


def _texts(said: dict[str, Value], key: str, problems: Problems, *, limit: int) -> tuple[str, ...]:
    return values.texts(said[key], problems, of=key, limit=limit) if key in said else ()


def _entities(said: dict[str, Value], problems: Problems) -> tuple[InterviewEntity, ...]:
    return read_entities(said["entities"], problems) if "entities" in said else ()
