"""Reads the project's documents: their code, their links, and the commands that a test may run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = tuple(sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]))

TESTED = "<!-- tested -->"
"""Stands above a block of commands that a test runs as they are."""

_FENCE = re.compile(r"^ *```(?P<language>\w*)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_SHELL = ("bash", "sh", "text")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A fenced block of a document."""

    language: str
    body: str
    tested: bool


def blocks(path: Path) -> list[Block]:
    """Every fenced block, without the indentation that a list gave it."""
    text = path.read_text(encoding="utf-8")
    return [
        Block(
            language=found["language"],
            body=_dedented(found["body"]),
            tested=text[: found.start()].rstrip().endswith(TESTED),
        )
        for found in _FENCE.finditer(text)
    ]


def tested_commands(path: Path) -> list[str]:
    """The commands of the blocks marked as tested, in their order, one per line as a shell reads lines.

    A test module reaches it through this one: imported by its name, pytest takes it for a test.
    """
    return [
        command
        for block in blocks(path)
        if block.tested and block.language == "bash"
        for command in _commands(block.body)
    ]


def shell_code(path: Path) -> list[str]:
    """Every line of shell, and everything set in code within the text."""
    lines = [
        command for block in blocks(path) if block.language in _SHELL for command in _commands(block.body)
    ]
    return lines + [code.replace(r"\|", "|") for code in _INLINE.findall(_prose(path))]


def links(path: Path) -> list[str]:
    """The targets of every link and picture."""
    return _LINK.findall(re.sub(r"`[^`\n]*`", "", _prose(path)))


def anchors(path: Path) -> set[str]:
    """What a link may name behind the # of that document."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(_prose(path))
    }


def _prose(path: Path) -> str:
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def _dedented(body: str) -> str:
    indent = min((len(line) - len(line.lstrip()) for line in body.splitlines() if line.strip()), default=0)
    return "".join(line[indent:] or "\n" for line in body.splitlines(keepends=True))


def _commands(body: str) -> list[str]:
    whole = re.sub(r"\\\n\s*", "", body)
    return [line for line in whole.splitlines() if line.strip() and not line.lstrip().startswith("#")]
