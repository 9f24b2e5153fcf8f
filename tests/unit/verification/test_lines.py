"""Output of a process as lines that are bounded and safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.stages.verification.lines import LineReader, clean


def read(*pieces: bytes, line_chars: int = 100, output_bytes: int = 10_000) -> list[str]:
    reader = LineReader(line_chars=line_chars, output_bytes=output_bytes)
    lines = [line for piece in pieces for line in reader.feed(piece)]
    return lines + reader.close()


def test_lines_come_whole_however_the_bytes_arrive() -> None:
    assert read(b"one\ntw", b"o\n", b"", b"three") == ["one", "two", "three"]
    assert read("ä".encode()[:1], "ä".encode()[1:] + b"\n") == ["ä"]
    assert read(b"\n\n") == ["", ""]
    assert read() == []


def test_a_long_line_is_cut_once() -> None:
    assert read(b"x" * 500 + b"\nnext\n", line_chars=10) == ["x" * 10 + " [line cut]", "next"]
    assert read(*[b"x"] * 30, b"\n", line_chars=10) == ["x" * 10 + " [line cut]"]


def test_a_flood_is_cut_and_says_so() -> None:
    lines = read(*[b"12345678\n"] * 100, output_bytes=30)
    assert lines == ["12345678"] * 3 + ["123", "[output cut after 30 bytes]"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("a\x00b\x07c", "abc"),
        ("tab\tstays", "tab\tstays"),
        ("turn\u202ed", "turnd"),
        ("line\r", "line"),
    ],
)
def test_nothing_can_drive_a_terminal_or_break_the_database(written: str, shown: str) -> None:
    assert clean(written) == shown


@given(st.binary())
def test_any_bytes_become_bounded_lines(data: bytes) -> None:
    for line in read(data, line_chars=20, output_bytes=50):
        assert "\n" not in line
        assert "\0" not in line
        assert len(line) <= 20 + len(" [line cut]")
