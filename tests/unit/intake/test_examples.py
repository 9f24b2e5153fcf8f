"""Example rows and the look of an interview."""

from __future__ import annotations

import pytest

from flows.contracts import InterviewExample, Look, Problem
from flows.stages.intake.document import InterviewProblems, read

HEAD = """name: X
idea: Y
people: [owners, sitter]
entities:
  Owner: {fields: {full name: {type: text, max_length: 9}, email: {type: email, unique: true}}}
  Pet:
    fields:
      name: text
      species: {type: choice, choices: {D: dog, C: cat}}
      weight: {type: decimal, minimum: 0}
      born: date
      died: {type: date, not before: born}
      photo: image
    belongs_to: {keeper: {entity: Owner, shows: full name}, entered by: user}
    has_one: {twin: Pet}
    many_to_many: {friends: Pet}
examples:
"""
ROWS = "  Owner: {full name: Ada, email: ada@example.org}\n"


def examples(rows: str) -> tuple[InterviewExample, ...]:
    return read(f"{HEAD}{ROWS}{rows}").interview.examples


def problem(rows: str) -> Problem:
    with pytest.raises(InterviewProblems) as caught:
        examples(rows)
    (found,) = caught.value.problems
    return found


def test_rows_are_kept_under_the_proper_names() -> None:
    found = examples(
        """  pets:
    - {Name: Rex, species: Dog, weight: 12.5, born: 2020-01-31, died: ~, keeper: ada, entered_by: owner}
    - {name: Bella, friends: [Rex], twin: Rex}
"""
    )
    assert [row.entity for row in found] == ["Owner", "Pet", "Pet"]
    assert found[1].values == (
        ("name", "Rex"),
        ("species", "D"),
        ("weight", "12.5"),
        ("born", "2020-01-31"),
        ("keeper", "ada"),
        ("entered by", "owner"),
    )
    assert found[2].because == "Pet: name Bella, friends Rex, twin Rex"


def test_every_row_is_a_statement() -> None:
    intake = read(f"{HEAD}{ROWS}  Pet: [{{name: Rex}}, {{name: Bella}}]\n")
    words = {statement.where: statement.words for statement in intake.interview.statements}
    assert words["examples.Pet[2]"] == intake.interview.examples[2].because == "Pet: name Bella"


@pytest.mark.parametrize(
    ("rows", "message", "hint"),
    [
        ("  Pte: {name: Rex}\n", "there is no entity 'Pte'", "Did you mean 'Pet'?"),
        ("  Pet: Rex\n", "a single value stands where rows belong", "after a dash"),
        ("  Pet: [Rex]\n", "a single value stands where the values of a row belong", "a field"),
        ("  Pet: {nmae: Rex}\n", "Pet has no field and no relation 'nmae'", "Did you mean 'name'?"),
        ("  Pet: {species: cow}\n", "'cow' is not one of the choices", "Use one of: D, C."),
        ("  Pet: {weight: heavy}\n", "'heavy' does not fit the type 'decimal'", "12.5"),
        ("  Pet: {weight: -1}\n", "'-1' is outside of minimum and maximum", "limits"),
        ("  Pet: {born: 2020-02-30}\n", "'2020-02-30' does not fit the type 'date'", "2026-05-31"),
        ("  Pet: {born: 2020-02-02, died: 2020-02-01}\n", "'2020-02-01' is before", "'born'"),
        ("  Pet: {photo: rex.png}\n", "'rex.png' cannot be written", "uploaded later"),
        ("  Pet: {keeper: Bob}\n", "no example row of Owner is called 'Bob'", "its full name"),
        ("  Pet: {keeper: ada@example.org}\n", "no example row of Owner is called", "its full name"),
        ("  Pet: {keeper: [Ada]}\n", "a 'keeper' is one row, not a list", "one row"),
        ("  Pet: {friends: [Bello]}\n", "no example row of Pet is called 'Bello'", "Name a row"),
        ("  Pet: [{name: A}, {name: A}, {twin: A}]\n", "more than one example row of Pet is called", "Name"),
        ("  Pet: [{name: A}, {twin: A}, {twin: a}]\n", "'a' is there twice, and 'twin' is unique", "own"),
        ("  Pet: {entered by: cook}\n", "nobody who signs in is called 'cook'", "owner, sitter"),
        ("  user: {name: A}\n", "the people who sign in are no example rows", "account"),
        ("  Pet: [[a]]\n", "a list stands where the values of a row belong", "a field"),
        ("  Pet: {name: {a: b}}\n", "a group stands where a text belongs", "one text"),
    ],
)
def test_a_row_that_cannot_be_used(rows: str, message: str, hint: str) -> None:
    found = problem(rows)
    assert message in found.message
    assert hint in found.hint
    assert found.line == HEAD.count("\n") + 2
    assert found.column


def test_rows_have_a_limit() -> None:
    assert problem(f"  Pet: [{'{name: A}, ' * 201}]\n").message == "201 example rows are too many"


def test_a_unique_field_has_each_value_once() -> None:
    with pytest.raises(InterviewProblems) as caught:
        read(f"{HEAD}  Owner: [{{email: a@example.org}}, {{email: A@example.org}}]\n")
    assert "is there twice, and 'email' is unique" in str(caught.value)


LOOK = HEAD.removesuffix("examples:\n")


def test_the_look_names_colours() -> None:
    interview = read(f"{LOOK}look: {{name: Pawsitter, colors: ['#ABC', dark green, '#0f766e']}}\n").interview
    assert interview.name == "X"
    because = "look: called Pawsitter, in #ABC, dark green, #0f766e"
    assert interview.look == Look(
        name="Pawsitter", colours=("#aabbcc", "#166534", "#0f766e"), because=because
    )
    assert interview.statements[-1].words == because


@pytest.mark.parametrize(
    ("look", "message"),
    [
        ("{colours: [grren]}", "'grren' is not a colour"),
        ("{colours: ['#12345']}", "'#12345' is not a colour"),
        ("{colours: [red, blue, green, teal, pink, gold]}", "6 colours are too many"),
        ("{font: Arial}", "'font' is not a key that is known here"),
        ("blue", "a single value stands where keys with values belong"),
    ],
)
def test_a_look_that_cannot_be_used(look: str, message: str) -> None:
    with pytest.raises(InterviewProblems) as caught:
        read(f"{LOOK}look: {look}\n")
    (problem,) = caught.value.problems
    assert problem.message == message
