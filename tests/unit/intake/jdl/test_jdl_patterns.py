"""Patterns of a JDL file: Java's expressions as an application may check them, else a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.stages.intake.jdl import read_jdl

if TYPE_CHECKING:
    from flows.contracts import Intake


def read(pattern: str, validations: str = "") -> Intake:
    return read_jdl(f"entity Pet {{ chip String {validations} pattern(/{pattern}/) age Integer }}")


@pytest.mark.parametrize(
    ("java", "portable"),
    [
        (r"^[A-Z]{2}\d+$", r"[A-Z]{2}\d+"),
        (r"^[^@\s]+@[^@\s]+\.[^@\s]+$", r"[^@\s]+@[^@\s]+\.[^@\s]+"),
        (r"https?:\/\/\w+", r"https?://\w+"),
        (r"a/b", r"a/b"),
        (r"\p{Alpha}+[\p{Digit}_-]*", r"[A-Za-z]+[0-9_-]*"),
        (r"\Qa.b(\E\d", r"a\.b\(\d"),
        (r"a+?b{2}?", r"a+b{2}"),
        (r"[+?]", r"[+?]"),
        (r"(cat|dog)", r"(cat|dog)"),
    ],
)
def test_what_every_engine_knows_is_kept(java: str, portable: str) -> None:
    intake = read(java)
    assert intake.interview.entities[0].fields[0].pattern == portable
    assert [field.name for field in intake.interview.entities[0].fields] == ["chip", "age"]


@pytest.mark.parametrize(
    "java",
    [
        r"(a+)+",
        r"(a)\1",
        r"(?=a)b",
        r"(?i)abc",
        r"(?<!a)b",
        r"a++",
        r"\p{L}+",
        r"[a-z&&[^b]]",
        r"\P{Alpha}",
        r"[",
        "x" * 301,
        "(" * 400,
    ],
)
def test_the_rest_becomes_a_question(java: str) -> None:
    intake = read(java, "maxlength(20)")
    field = intake.interview.entities[0].fields[0]
    assert field.pattern is None
    assert field.max_length == 20
    assert intake.open_questions[0].words == field.because
    assert "is not checked, because" in intake.open_questions[0].question


def test_the_length_of_the_text_decides_what_takes_too_long() -> None:
    assert read(r"\d*a?\d*a?\d*a?\d*").interview.entities[0].fields[0].pattern is None
    assert read(r"\d*a?\d*a?\d*a?\d*", "maxlength(9)").interview.entities[0].fields[0].pattern is not None
