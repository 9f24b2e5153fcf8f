"""The catalogue with what came back, as a page of the documentation; run it to write the page anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.rendering.literals import markdown, shortened
from flows.rendering.verified import table
from tests.hostile import documents, jdl
from tests.hostile.case import Case, answer
from tests.hostile.words import POSITIONS, WORDS, Fit, Word

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "hostile-input.md"

HEAD = """\
# Hostile input

What a founder writes is data. Each input of this page was handed in, and this is what came back: an
application, in which the text shows as text, or a refusal with its place, the line and what would be right.

`tests/hostile` is the catalogue. A test hands all of it in and holds this page to the answers; another one
generates each application, compiles it, lints it, and sees that no word changed more of it than text.
`python -m tests.hostile.page` writes the page anew.

{words} words in {positions} positions and {files} files are {all} inputs."""

FITS: dict[Fit, str] = {
    "line": "a text of one line",
    "lines": "a text of several lines",
    "pattern": "a regular expression",
    "known": "a word that is known",
}


def page() -> str:
    """The whole page."""
    words, positions = len(WORDS), len(POSITIONS)
    files = len(documents.DOCUMENTS) + len(jdl.FILES)
    head = HEAD.format(words=words, positions=positions, files=files, all=f"{words * positions + files:,}")
    parts = [head, "## Words", *_words(), "## Documents in YAML and JSON"]
    for title, cases in (
        ("Encodings and signs", documents.ENCODINGS),
        ("Shapes", documents.SHAPES),
        ("Tricks", documents.TRICKS),
        ("Sizes", documents.SIZES),
    ):
        parts += [f"### {title}", _table(cases)]
    parts.append("## JDL files")
    for title, cases in (
        ("Signs in JDL", jdl.TEXTS),
        ("Words in JDL", jdl.WORDS),
        ("Sizes in JDL", jdl.SIZES),
        ("File names", jdl.FILE_NAMES),
    ):
        parts += [f"### {title}", _table(cases)]
    return "\n\n".join(parts) + "\n"


def _words() -> Iterable[str]:
    yield "Every word is tried in every position. What a position takes decides:"
    yield "\n".join(
        f"- **{takes}**: {', '.join(position.what for position in POSITIONS if position.fit == fit)}."
        for fit, takes in FITS.items()
    )
    heads = ("word", "written", *(f"as {takes}" for takes in FITS.values()))
    yield "\n".join(table(heads, map(_word, WORDS)))


def _word(word: Word) -> tuple[str, ...]:
    return (
        markdown(word.what),
        markdown(shortened(ascii(word.text)[1:-1] if not word.text.isprintable() else word.text, 50)),
        *(_came_back([position.case(word) for position in POSITIONS if position.fit == fit]) for fit in FITS),
    )


def _came_back(cases: list[Case]) -> str:
    answers = {"application" if answer(case).intake else "refused" for case in cases}
    return " or ".join(sorted(answers))


def _table(cases: Iterable[Case]) -> str:
    return "\n".join(table(("handed in", "came back"), map(_row, cases)))


def _row(case: Case) -> tuple[str, str]:
    found = answer(case)
    came_back = "application" if found.intake else f"refused at {found.place}: {found.message}"
    return markdown(shortened(case.what, 60)), markdown(shortened(came_back, 120))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
