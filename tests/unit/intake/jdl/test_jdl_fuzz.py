"""Whatever the text, reading JDL ends soon, in an interview or in problems with a place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.contracts import Intake
from flows.stages.intake.jdl import read_jdl
from flows.stages.intake.problems import InterviewProblems, render

SAMPLES = sorted((Path(__file__).parents[4].parent / "shared" / "samples" / "jdl").glob("*.j*"))
OURS = """\
application { config { baseName shop, languages [en, nl] } entities * except Pet }
/** A pet */
@dto(mapstruct) entity Pet(pets) {
  /** Its name */ name String required unique minlength(LOW) maxlength(20) pattern(/[a-z\\/]+/)
  size Size, photo ImageBlob maxbytes(5000) /** behind */
}
enum Size { SMALL(small), BIG("very big") }
LOW = 3
relationship OneToMany {
  User{pet(name) required} to @Id Pet{keeper required} with builtInEntity, Pet to Pet{mother}
}
use pagination for * except Pet
readOnly Pet
service Pet with serviceClass except Pet
deployment { deploymentType docker-compose appsFolders [a, b] dockerRepositoryName "x" }
"""
FILES = [OURS, *(path.read_text(encoding="utf-8") for path in SAMPLES)]
PIECES = (
    *(
        "entity ",
        "enum ",
        "relationship ",
        "OneToMany",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        "\n",
        " ",
        "to ",
        '"',
    ),
    *(
        "/**",
        "*/",
        "/*",
        "//",
        "/",
        "@",
        "=",
        "*",
        "with ",
        "except ",
        "required ",
        "min(",
        "pattern(/",
        "/)",
        "9",
    ),
    *(
        "String ",
        "Foo ",
        "-",
        ".",
        "#",
        "\\",
        "\x00",
        "\u202e",
        "é",
        "§",
        "use ",
        "for ",
        "application {",
        "config {",
    ),
)
BOUND = 10.0  # seconds; a thousandth where nothing else runs


def outcome(text: str) -> Intake | InterviewProblems:
    """Reads, and holds the time and the places of problems."""
    started = time.process_time()
    found = _read(text)
    assert time.process_time() - started < BOUND
    if isinstance(found, InterviewProblems):
        lines = text.count("\n") + text.count("\r") + 1
        assert found.problems
        assert all(1 <= (problem.line or 1) <= lines for problem in found.problems)
        assert all((problem.column or 1) >= 1 for problem in found.problems)
        assert render(found.problems, file="app.jdl", text=text)
    return found


def _read(text: str) -> Intake | InterviewProblems:
    try:
        return read_jdl(text)
    except InterviewProblems as problems:
        return problems


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid file with pieces cut out, doubled, moved or put in."""
    text = draw(st.sampled_from(FILES))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        middle = draw(st.sampled_from(("", text[start:end] * 2, *PIECES)))
        text = text[:start] + middle + text[end:]
    return text


@given(mutated())
@settings(max_examples=250)
def test_a_mutated_file_is_read_or_refused(text: str) -> None:
    outcome(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(max_examples=250)
def test_pieces_of_jdl_in_any_order_are_read_or_refused(text: str) -> None:
    outcome(text)


@given(st.text(max_size=200))
@example("\ufeffentity A")
@example("entity A\r\nentity B\rentity C")
@settings(max_examples=100)
def test_any_text_is_read_or_refused(text: str) -> None:
    outcome(text)


@pytest.mark.slow  # all of them together
@pytest.mark.parametrize(
    "text",
    [
        "§\n" * 50_000,
        "/a" * 100_000,
        "/*" * 100_000,
        '"' * 100_000,
        "{" * 100_000,
        "}\n" * 50_000,
        "entity A {\n" * 50_000,
        "relationship ManyToOne { A{" * 20_000,
        "@a" * 45_000,
        "entity A { a String pattern(/" + "(a+" * 50_000 + "/) }",
        "/** x */" * 100_000,
        "entity A { a B }\n" + "A{b} to C\n" * 30_000,
        "\n".join(f"entity A{n} {{ a B{n} }} enum C{n} {{ D }}" for n in range(5_000)),
        "x " * 90_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_a_hostile_file_costs_no_more_than_a_long_one(text: str) -> None:
    outcome(text)


def test_the_same_text_gives_the_same_interview() -> None:
    for text in FILES:
        first, second = outcome(text), outcome(text)
        assert isinstance(first, Intake)
        assert isinstance(second, Intake)
        assert first.canonical_json() == second.canonical_json()
