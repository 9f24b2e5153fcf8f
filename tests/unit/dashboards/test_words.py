"""Numbers, times and hostile text, as people read them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import words
from db.queries.logs import LogLineView
from flows.stages.blueprint.escaping import escaped


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "-"),
        (-1, "0.0 s"),
        (0.04, "0.0 s"),
        (9.44, "9.4 s"),
        (9.6, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (185, "3 min 05 s"),
        (7620, "2 h 07 min"),
        (273_600, "3 d 04 h"),
    ],
)
def test_duration(seconds: float | None, text: str) -> None:
    assert words.duration(seconds) == text


@given(st.lists(st.floats(min_value=0, max_value=300_000), min_size=2))
def test_a_column_of_clocks_sorts_as_it_reads(seconds: list[float]) -> None:
    whole = sorted(round(each) for each in seconds)
    assert [words.clock(each) for each in whole] == sorted(words.clock(each) for each in whole)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1.0 KiB"), (1_572_864, "1.5 MiB"), (2**50, "1024.0 TiB")],
)
def test_size(count: int, text: str) -> None:
    assert words.size(count) == text


@pytest.mark.parametrize("name", [None, "", "Nowhere/Land", "../../etc/passwd", "\0"])
def test_a_time_zone_that_is_not_known_is_utc(name: str | None) -> None:
    when = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
    assert words.moment(when, words.zone(name)) == "2026-07-01 12:00:00"


def test_times_are_the_readers() -> None:
    when = dt.datetime(2026, 7, 1, 12, 0, tzinfo=dt.UTC)
    assert words.moment(when, words.zone("Asia/Kolkata")) == "2026-07-01 17:30:00"
    assert words.moment(None, dt.UTC) == "-"


@pytest.mark.parametrize(
    ("level", "name"), [(0, "debug"), (10, "debug"), (25, "info"), (50, "critical"), (99, "critical")]
)
def test_level_name(level: int, name: str) -> None:
    assert words.level_name(level) == name


@given(st.text())
def test_visible_text_holds_no_unseen_character(text: str) -> None:
    shown = words.visible(text)
    unseen = {each for each in shown if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert unseen <= {"\u200c", "\u200d"}


def test_a_message_cannot_pass_for_a_line_of_its_own() -> None:
    line = LogLineView(
        occurred_at=dt.datetime(2026, 3, 1, 9, 0, 1, 250_000, tzinfo=dt.UTC),
        producer=uuid.UUID(int=1),
        sequence=1,
        execution_id=uuid.UUID(int=2),
        attempt=1,
        stage=None,
        level=40,
        logger="flows",
        message="red\n09:00:02.000  INFO  forged\r\x1b[2K\u2028gone",
        extras=None,
    )
    first, second = words.log_text([line], dt.UTC).split("\n")
    assert first == "09:00:01.250  ERROR     pipeline        red"
    assert second.startswith(" " * 40)
    assert second.strip() == "09:00:02.000  INFO  forged\\u000d\\u001b[2K\\u2028gone"


# What Streamlit's Markdown (mdast-util-gfm-autolink-literal) takes for an address once backslashes are read.
LINKED = re.compile(r"(?:https?://|www(?=\.))[-.\w]+|[-.\w+]+@[-\w]+(?:\.[-\w]+)+", re.IGNORECASE | re.ASCII)


@pytest.mark.parametrize(
    "address",
    [
        "see https://evil.example/x now",
        "HTTP://EVIL.EXAMPLE",
        "www.evil.example",
        "(WWW.evil.example)",
        "a.b+c@evil.example",
        "mailto:a@evil.example",
        "xmpp:a@evil.example/x",
    ],
)
def test_an_address_in_a_founders_words_is_no_link(address: str) -> None:
    assert LINKED.search(address)
    shown = re.sub(r"\\(.)", r"\1", words.unlinked(escaped(address)))
    assert LINKED.search(shown) is None
    assert shown.replace("\u2060", "") == address


@given(st.text(alphabet="htps:/w.@a-_Q ") | st.text())
def test_no_words_become_a_link(text: str) -> None:
    assert LINKED.search(re.sub(r"\\(.)", r"\1", words.unlinked(escaped(text)))) is None
