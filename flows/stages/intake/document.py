"""The interview document as a whole: text in, validated interview out, or every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Intake, Interview, Look
from flows.stages.intake import values
from flows.stages.intake.asked import Asked
from flows.stages.intake.examples import read_examples
from flows.stages.intake.look import read_look
from flows.stages.intake.model import ModelReader
from flows.stages.intake.problems import InterviewProblems, Problems, quoted, render
from flows.stages.intake.prose import is_prose, proposal_of, said_in
from flows.stages.intake.questions import ask, ask_about_silent, completeness
from flows.stages.intake.ruling import with_rules
from flows.stages.intake.schema import NAME_LENGTH, SENTENCE_LENGTH, TEXT_LENGTH, InterviewForm
from flows.stages.intake.schema.interview import MAX_PEOPLE
from flows.stages.intake.statements import Statements, one_line
from flows.stages.intake.tree import DOCUMENT, Mapping, Mark, Node, Scalar, compose
from flows.stages.intake.values import Value

if TYPE_CHECKING:
    from typing import Literal

    from flows.contracts import InterviewEntity, InterviewExample

__all__ = ["InterviewProblems", "decode", "read", "render"]

_START = Mark(line=1, column=1)
_PARTS = "name, idea, problem, people, features, things and entities"
_MISSING = {
    "name": "Add 'name:' and what the product is called.",
    "idea": "Add 'idea:' and the product in a sentence or two.",
}


def decode(data: bytes) -> str:
    """The text of a file's bytes; raises InterviewProblems when they are not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]  # without a byte order mark
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
    said = _said(compose(text, problems), problems)
    reader = _Reader(said, problems)
    interview = reader.interview() if said else None
    if interview is None or len(problems):
        raise InterviewProblems(problems.listed())
    ask(interview, reader.asked)
    ask_about_silent(interview, reader.asked)
    return Intake(
        interview=interview,
        completeness=completeness(interview),
        open_questions=reader.asked.numbered(interview.statements),
    )


def _said(root: Node | None, problems: Problems) -> dict[str, Value]:
    """The parts of a document by their keys, {} when it is none."""
    if root is None or (isinstance(root, Scalar) and root.missing):
        if not len(problems):
            problems.add(_START, DOCUMENT, "the document is empty", f"Write an interview with {_PARTS}.")
        return {}
    if not isinstance(root, Mapping):
        problems.add(root.mark, DOCUMENT, "this is not an interview", f"Begin lines with the keys {_PARTS}.")
        return {}
    said = values.group(Value(node=root, where=""), problems, form=InterviewForm)
    for key, hint in _MISSING.items():
        if key not in said:
            problems.add(_START, key, f"'{key}' is missing", hint)
    return said


class _Reader:
    """Reads the parts of a document; every sentence and entry becomes a statement."""

    def __init__(self, said: dict[str, Value], problems: Problems) -> None:
        self._said = said
        self._problems = problems
        self._statements = Statements()
        self.asked = Asked()

    def interview(self) -> Interview:
        """The interview, as far as it can be used."""
        name, idea = self._text("name", limit=NAME_LENGTH), self._text("idea", limit=TEXT_LENGTH)
        look = Look()
        if "look" in self._said:
            look = read_look(self._said["look"], self._problems, self._statements)
        problem = self._text("problem", limit=TEXT_LENGTH)
        people = self._people()
        features = self._texts("features", limit=SENTENCE_LENGTH)
        if is_prose(self._said):
            proposal = proposal_of(
                name=name, idea=idea, problem=problem, features=features, people=people, asked=self.asked
            )
            entities, described, people = proposal.entities, proposal.rules, proposal.people
        else:
            model = ModelReader(
                people=people, problems=self._problems, statements=self._statements, asked=self.asked
            )
            entities, described = model.read(self._said)
        rules = with_rules(
            described,
            self._texts("rules", limit=SENTENCE_LENGTH),
            features=features,
            entities=entities,
            people=people,
            asked=self.asked,
        )
        return Interview(
            name=name,
            idea=idea,
            problem=problem,
            people=people,
            features=features,
            profile=self._profile(),
            entities=entities,
            rules=rules,
            examples=self._examples(entities, people),
            look=look,
            statements=self._statements.listed(),
        )

    def _examples(
        self, entities: tuple[InterviewEntity, ...], people: tuple[str, ...]
    ) -> tuple[InterviewExample, ...]:
        if "examples" not in self._said:
            return ()
        return read_examples(
            self._said["examples"],
            entities=entities,
            people=people,
            problems=self._problems,
            statements=self._statements,
        )

    def _text(self, key: str, *, limit: int) -> str:
        """One text, '' when it is not there or not usable."""
        value = self._said.get(key)
        if value is None or (value.missing and InterviewForm.model_fields[key].default is None):
            return ""
        words = values.text(value, self._problems, limit=limit, several_lines=limit > NAME_LENGTH)
        if words is not None:
            in_sentences = is_prose(self._said) and limit > NAME_LENGTH
            for said in said_in(words) if in_sentences else (words,):
                self._statements.add(value.mark, key, said)
        return words or ""

    def _people(self) -> tuple[str, ...]:
        people = self._texts("people", limit=NAME_LENGTH)
        if len(people) > MAX_PEOPLE:
            said = self._said["people"]
            message = f"{len(people)} kinds of people are too many"
            self._problems.add(said.mark, said.where, message, f"Use at most {MAX_PEOPLE}.")
            return ()
        return people

    def _texts(self, key: str, *, limit: int) -> tuple[str, ...]:
        """A list of texts, each on one line."""
        if key not in self._said:
            return ()
        found = values.texts(self._said[key], self._problems, of=key, limit=limit)
        return tuple(self._statements.add(place.mark, place.where, one_line(words)) for place, words in found)

    def _profile(self) -> Literal["web", "api"]:
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
