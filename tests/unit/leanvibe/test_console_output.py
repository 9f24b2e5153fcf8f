"""What a founder wrote reaches the terminal as text, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanvibe.console import printable, say

if TYPE_CHECKING:
    import pytest


def test_markup_in_a_message_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    say("[red]cats[/red] [link=http://x]y[/link] :smile:")
    captured = capsys.readouterr()
    assert captured.err == "[red]cats[/red] [link=http://x]y[/link] :smile:\n"
    assert not captured.out


def test_control_characters_do_not_reach_the_terminal() -> None:
    assert (
        printable("a\x1b]0;owned\x07b\n\tc")
        == "a\N{REPLACEMENT CHARACTER}]0;owned\N{REPLACEMENT CHARACTER}b\n\tc"
    )
