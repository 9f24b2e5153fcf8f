"""A pattern means the same in Python, in the application's checks and in our own texts, or is not taken."""

from __future__ import annotations

import contextlib
import re
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from flows.rendering.pattern_syntax import UnsafePattern, parse
from flows.rendering.pattern_texts import LONGEST, examples, lengths, misses, texts
from flows.rendering.patterns import matches, written

ATOMS = st.sampled_from(
    ["a", "B", "7", "-", "_", "/", r"\d", r"\w", r"\s", ".", "[A-F]", "[^0-9]", r"[\w.-]", r"\.", r"\+", "é"]
)
TIMES = st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}", "{2,}", "*?"])


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeated = st.tuples(parts, TIMES).map(lambda part: f"({part[0]}){part[1]}" if part[1] else part[0])
    sequence = st.lists(repeated, min_size=1, max_size=3).map("".join)
    return sequence | st.tuples(sequence, sequence).map(lambda both: f"({both[0]}|{both[1]})")


EXPRESSIONS = st.recursive(ATOMS, _joined, max_leaves=6)
TEXTS = st.text(alphabet="aBxF7-_/. +é\n", max_size=8)


def accepted(pattern: str, text: str) -> bool:
    """What the generated application says."""
    try:
        TypeAdapter(Annotated[str, Field(pattern=f"^(?:{pattern})$")]).validate_python(text)
    except ValidationError:
        return False
    return True


@given(EXPRESSIONS, TEXTS)
def test_every_reader_of_a_pattern_says_the_same(expression: str, text: str) -> None:
    node = parse(expression)
    expected = re.fullmatch(expression, text, re.ASCII) is not None
    assert matches(node, text) == expected
    assert (re.fullmatch(written(node), text) is not None) == expected
    assert accepted(written(node), text) == expected


@given(EXPRESSIONS)
def test_examples_match_and_misses_do_not(expression: str) -> None:
    node = parse(expression)
    for text in examples(node, 1, 20, 5):
        assert re.fullmatch(expression, text, re.ASCII)
        assert accepted(written(node), text)
        assert not any(accepted(written(node), missed) for missed in misses(node, text))


@given(EXPRESSIONS)
def test_a_pattern_is_read_back_as_itself(expression: str) -> None:
    text = written(parse(expression))
    assert written(parse(text)) == text


@given(EXPRESSIONS)
def test_lengths_are_those_of_texts(expression: str) -> None:
    node = parse(expression)
    for length in range(12):
        found = texts(node, length, 3)
        assert bool(found) == (length in lengths(node, 12))
        assert {len(text) for text in found} <= {length}


@given(st.text(alphabet="ab(){}[]|*+?^$\\.-,0129dwx:=!<&", max_size=30) | st.text(max_size=30))
def test_any_expression_is_taken_or_refused_with_a_reason(expression: str) -> None:
    with contextlib.suppress(UnsafePattern):
        re.compile(written(parse(expression)))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (r"^[A-Z]{2}-\d{4}$", "[A-Z]{2}-[0-9]{4}"),
        (r"^a$|^b$", "a|b"),
        (r"(a|b)c", "(?:a|b)c"),
        (r"[]]", "its brackets hold no character"),
        (r"[^\d\D]", "its brackets hold no character"),
        (r"(?=a)b", "it looks ahead or behind, names a group or sets a flag"),
        (r"(?i)a", "it looks ahead or behind, names a group or sets a flag"),
        (r"(a)\1", r"it uses \1"),
        (r"\p{L}", r"it uses \p"),
        (r"\bword\b", r"it uses \b"),
        (r"a++", "it uses a possessive quantifier"),
        (r"a{2}{3}", "it repeats a repetition"),
        (r"a{3,2}", "a count in braces is not one"),
        (r"a{2000}", "a count in braces is not a number up to 1000"),
        (r"((a{999}){999}){999}", "its counts make it too large"),
        (r"[z-a]", "a range in brackets goes backwards"),
        (r"[\d-z]", "a range in brackets does not go from a character to a character"),
        (r"[a-z&&[^b]]", "its brackets hold brackets"),
        (r"a^b", "it has a ^ in the middle"),
        (r"*a", "there is nothing for the * to repeat"),
        (r"a(b", "a ( has no )"),
        (r"a)b", "a ) has no ("),
        ("a\\", "it ends too early"),
        (r"\x4", "it ends too early"),
        (r"\u12xz", r"\u is not followed by hexadecimal digits"),
        ("(" * 21 + ")" * 21, "its groups are nested too deeply"),
        ("a" * 501, "it has more than 500 characters"),
    ],
)
def test_what_is_taken_and_what_is_not(expression: str, text: str) -> None:
    try:
        said = written(parse(expression))
    except UnsafePattern as error:
        said = str(error)
    assert said == text


def test_a_pattern_that_takes_others_long_is_answered_at_once() -> None:
    node = parse("(a|aa)+(a+)+(.*)+b")
    assert not matches(node, "a" * LONGEST)
    assert lengths(parse("(a{0,40}){0,40}")) == list(range(LONGEST + 1))
    assert len(examples(parse("x" * 500), 1, LONGEST, 12)) == 0
    assert examples(parse("x{250}[0-9]"), 1, LONGEST, 12)[0] == "x" * 250 + "0"
