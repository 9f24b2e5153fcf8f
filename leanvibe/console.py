"""The one console: progress goes to standard error, and no text is ever read as markup."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

console = Console(stderr=True, markup=False, highlight=False, emoji=False, soft_wrap=True)


def say(message: str, style: str = "") -> None:
    """Write one line for people; control characters in it are shown, not obeyed."""
    console.print(Text(printable(message), style=style))


def printable(message: str) -> str:
    """The text with everything a terminal would act on replaced by a visible mark."""
    return "".join(
        character if character.isprintable() or character in "\n\t" else "\N{REPLACEMENT CHARACTER}"
        for character in message
    )
