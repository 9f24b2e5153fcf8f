"""The interview document as a whole: text in, validated interview out, or every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Intake, Interview, Look
from flows.stages.intake import values
from flows.stages.intake.examples import read_examples
from flows.stages.intake.look import read_look
from flows.stages.intake.model import read_model
from flows.stages.intake.problems import InterviewProblems, Problems, quoted, render
from flows.stages.intake.questions import completeness, open_questions
from flows.stages.intake.schema import NAME_LENGTH, SENTENCE_LENGTH, TEXT_LENGTH, InterviewForm
from flows.stages.intake.statements import Statements, one_line
from flows.stages.intake.tree import DOCUMENT, Mapping, Mark, Node, Scalar, compose
from flows.stages.intake.values import Value

if TYPE_CHECKING:
    from typing import Literal

    from flows.contracts import InterviewExample

__all__ = ["InterviewProblems", "decode", "read", "render"]

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
    said = values.group(Value(node=root, where=""), problems, form=InterviewForm)
    for key, hint in _MISSING.items():
        if key not in said:
            problems.add(_START, key, f"'{key}' is missing", hint)
    reader = _Reader(said, problems)
    statements = reader.statements
    name = reader.text("name", limit=NAME_LENGTH)
    look, title = read_look(said["look"], problems, statements) if "look" in said else (Look(), "")
    entities = read_model(said, problems, statements)
    people = reader.texts("people", limit=NAME_LENGTH)
    examples: tuple[InterviewExample, ...] = ()
    if "examples" in said:
        examples = read_examples(
            said["examples"], entities=entities, people=people, problems=problems, statements=statements
        )
    return Interview(
        name=title or name,
        idea=reader.text("idea", limit=TEXT_LENGTH),
        problem=reader.text("problem", limit=TEXT_LENGTH),
        people=people,
        features=reader.texts("features", limit=SENTENCE_LENGTH),
        profile=reader.profile(),
        entities=entities,
        examples=examples,
        look=look,
        statements=statements.listed(),
    )


class _Reader:
    """The texts of a document, each of them a statement."""

    def __init__(self, said: dict[str, Value], problems: Problems) -> None:
        self._said = said
        self._problems = problems
        self.statements = Statements()

    def text(self, key: str, *, limit: int) -> str:
        """One text, '' when it is not there or not usable."""
        value = self._said.get(key)
        if value is None or (value.missing and InterviewForm.model_fields[key].default is None):
            return ""
        words = values.text(value, self._problems, limit=limit, several_lines=limit > NAME_LENGTH)
        if words is not None:
            self.statements.add(value.mark, key, words)
        return words or ""

    def texts(self, key: str, *, limit: int) -> tuple[str, ...]:
        """A list of texts, each on one line."""
        if key not in self._said:
            return ()
        found = values.texts(self._said[key], self._problems, of=key, limit=limit)
        return tuple(self.statements.add(place.mark, place.where, one_line(words)) for place, words in found)

    def profile(self) -> Literal["web", "api"]:
        """Pages and API, or the API alone."""
        value = self._said.get("profile")
        words = values.text(value, self._problems) if value is not None and not value.missing else "web"
        if words is not None and words.casefold() not in {"web", "api"} and value is not None:
            self._problems.add(
                value.mark,
                value.where,
                f"{quoted(words)} is not a profile",
                "Write web for pages and API, or api for the API alone.",
            )
        return "api" if words is not None and words.casefold() == "api" else "web"
