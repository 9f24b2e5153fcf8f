"""Which regular expressions are handed on to an application."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.stages.intake.patterns import MOST_WAYS, anchorless, refusal

USED = [
    "[A-Z]{2}-[0-9]{4}",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    r"(\d{1,3}\.){3}\d{1,3}",
    "(foo|bar)+",
    r"\d{2}(-\d{2})*",
    "^a|b$",
    "é+ ?(?:x|y)",
    "a{0,9999}",
    r"\$\^\.",
    "",
]

REFUSED = [
    ("(a+)+", "repeated without end"),
    ("(a|a)*", "repeated without end"),
    ("(a?)*", "repeated without end"),
    ("(?:[a-z]+,)*", "repeated without end"),
    ("(a{1,2}){1,60}", "too many ways"),
    (".*.*.*.*", "too many ways"),
    (r"(?=.*\d).+", "ahead or behind"),
    ("(?<!a)b", "ahead or behind"),
    (r"(a)\1", "refers back"),
    ("(?P<n>a)", "names a group"),
    ("(?i)a", "sets a flag"),
    ("a*?", "count"),
    ("a**", "count"),
    ("{2}", "count"),
    ("[a", "set"),
    ("[]", "set"),
    ("(a", "group"),
    ("a)", "group"),
    (r"\bfoo", "anchor"),
    ("a^b", "anchor"),
    (r"\p{L}", "escape"),
    ("[z-a]", "bad character range"),
    ("a{3,1}", "min repeat"),
    ("(" * 200, "brackets"),
    ("a\\", "cannot be read"),
]


@pytest.mark.parametrize("pattern", USED)
def test_a_pattern_that_is_used(pattern: str) -> None:
    assert refusal(pattern) is None
    re.compile(anchorless(pattern))


@pytest.mark.parametrize(("pattern", "reason"), REFUSED)
def test_a_pattern_that_is_refused_says_why(pattern: str, reason: str) -> None:
    assert reason in (refusal(pattern) or "")


def test_how_long_a_text_may_be_counts() -> None:
    assert refusal("a*b*c*", longest=200) is None
    assert "too many ways" in (refusal("a*b*c*", longest=5000) or "")


def test_anchors_around_the_whole_say_nothing() -> None:
    assert anchorless("^a$") == "a"
    assert anchorless(r"^a\$") == r"a\$"
    assert anchorless(r"a\\$") == r"a\\"
    assert anchorless("$") == ""


_PARTS = st.sampled_from(["a", "b", "ab", ".", "[ab]", "(", ")", "|", "*", "+", "?", "{2}", "{1,9}", "\\d"])


@settings(max_examples=300)
@given(st.lists(_PARTS, max_size=12).map("".join))
def test_a_pattern_that_is_used_is_matched_in_good_time(pattern: str) -> None:
    if refusal(pattern, longest=60) is not None:
        return
    started = time.process_time()
    re.fullmatch(anchorless(pattern), "ab" * 10 + "a" * 39 + "c")
    assert time.process_time() - started < 2, f"more than {MOST_WAYS} ways"


@given(st.text(max_size=60))
def test_any_text_as_a_pattern_gives_an_answer(text: str) -> None:
    reason = refusal(text)
    assert reason is None or reason
