"""Patterns of a JDL file: Java's expressions as an application may check them, else a question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.stages.intake.jdl import read_jdl
from flows.stages.intake.jdl.expressions import portable
from flows.stages.intake.patterns import refusal

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
        (r"^a$|^b$", r"a|b"),
        (r"^(?:^a$|b)$", r"(?:a|b)"),
        (r"\A\d+\z", r"\d+"),
        (r"(?<year>\d{4})-(?<month>\d\d)", r"(\d{4})-(\d\d)"),
        (r"\P{Alpha}[\p{Punct}]", r"[^A-Za-z][!-\/:-@\[-`\{-~]"),
        (r"\x41\u00e9[\x41-\x5A]", r"Aé[A-Z]"),
        (r"(?i)\Qa.b\E[a-f0-9]-", r"[aA]\.[bB][a-f0-9A-F]-"),
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
        r"a(?i)bc",
        r"(?i)[A-z]",
        r"(?iu)abc",
        r"(^a)*b",
        r"\x0b",
        r"[a&&b]",
        r"(?<!a)b",
        r"a++",
        r"\p{L}+",
        r"[a-z&&[^b]]",
        r"[\P{Alpha}]",
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


ATOMS = st.sampled_from(
    ["a", "B", "7", r"\.", r"\d", ".", "[a-c]", "[^A-F0-9]", r"[\w.-]", r"\x41", "^", "$"]
)
TIMES = st.sampled_from(["", "", "?", "*", "+?", "{2}", "{1,3}?"])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeated = st.tuples(parts, TIMES).map(lambda part: f"({part[0]}){part[1]}")
    sequence = st.lists(parts | repeated, min_size=1, max_size=3).map("".join)
    return sequence | st.tuples(sequence, sequence).map("|".join)


@given(
    st.sampled_from(["", "(?i)"]),
    st.recursive(ATOMS, _joined, max_leaves=6),
    st.text(alphabet="aAbBcfF7.\n-", max_size=6),
)
def test_what_is_kept_means_what_it_meant(flags: str, java: str, text: str) -> None:
    kept = portable(f"{flags}{java}")
    if refusal(kept) is None:
        expected = re.fullmatch(f"{flags}{java}", text, re.ASCII) is not None
        assert (re.fullmatch(kept, text, re.ASCII) is not None) == expected


def test_a_set_that_cuts_others_is_named() -> None:
    assert "a set [ ] holds &&" in read(r"[a-z&&b]").open_questions[0].question


def test_the_length_of_the_text_decides_what_takes_too_long() -> None:
    assert read(r"\d*a?\d*a?\d*a?\d*").interview.entities[0].fields[0].pattern is None
    assert read(r"\d*a?\d*a?\d*a?\d*", "maxlength(9)").interview.entities[0].fields[0].pattern is not None
