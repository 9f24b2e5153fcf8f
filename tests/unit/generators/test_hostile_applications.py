"""Whatever a founder wrote is text in the application; its code is the same, and as ruff wants it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
import pytest

from flows.rendering.literals import words as shown
from flows.stages.blueprint.derive import derive
from tests.applications import generate, write
from tests.hostile import documents, jdl
from tests.hostile.case import Case, answer
from tests.hostile.words import PLAIN, WORDS, Word, everywhere

if TYPE_CHECKING:
    from flows.contracts import Blueprint, FileSet

RUFF = Path(sys.executable).parent / "ruff"
DATA = [word for word in WORDS if word.fits]
each_word = pytest.mark.parametrize("word", DATA, ids=lambda word: word.what)
WORDLESS = frozenset({"data", "string", "string_begin", "string_end", "whitespace", "comment"})


def planned(text: str) -> Blueprint:
    found = answer(Case(what="", given=text, filename="hostile.json"))
    assert found.intake, found.shown
    return derive(found.intake)


class Tags(HTMLParser):
    """Counts elements with their attributes, and keeps the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[tuple[str, ...]] = Counter()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[("<", tag, *(name for name, _ in attrs))] += 1

    def handle_data(self, data: str) -> None:
        self.text += data


def skeleton(files: FileSet) -> Counter[tuple[str, ...]]:
    """What files are made of beside names and texts: nodes of Python, elements of HTML, signs of Jinja."""
    found: Counter[tuple[str, ...]] = Counter()
    for file in files.files:
        if file.path.endswith(".py"):
            found.update(("python", type(node).__name__) for node in ast.walk(ast.parse(file.text)))
        elif file.path.endswith(".html"):
            signs = jinja2.Environment(autoescape=True).lex(file.text)
            found.update(("jinja", kind) for _, kind, _ in signs if kind not in WORDLESS)
            tags = Tags()
            tags.feed(file.text)
            found += tags.found
    return found


@pytest.fixture(scope="module")
def plain() -> Counter[tuple[str, ...]]:
    return skeleton(generate(planned(everywhere(PLAIN, sentences=False))))


@each_word
def test_a_word_changes_no_more_than_text(word: Word, plain: Counter[tuple[str, ...]]) -> None:
    found = skeleton(generate(planned(everywhere(word, sentences=False))))
    assert found == plain, found - plain or plain - found


@each_word
def test_a_word_is_there_as_it_was_written(word: Word) -> None:
    files = generate(planned(everywhere(word, sentences=False)))
    if "line" in word.fits:
        modules = [ast.parse(file.text) for file in files.files if file.path.startswith("app/models/")]
        texts = {
            node.value for module in modules for node in ast.walk(module) if isinstance(node, ast.Constant)
        }
        assert shown(word.text) in texts
    landing = Tags()
    landing.feed(next(file.text for file in files.files if file.path == "app/templates/landing.html"))
    assert shown(word.text) in " ".join(landing.text.split())


def applications() -> dict[str, Blueprint]:
    """Every application that has to come of the catalogue, no two alike."""
    files = [case for case in (*documents.DOCUMENTS, *jdl.FILES) if not case.refused]
    intakes = {case.what: answer(case).intake for case in files}
    plans = {what: derive(intake) for what, intake in intakes.items() if intake}
    assert plans.keys() == intakes.keys()
    plans |= {word.what: planned(everywhere(word)) for word in DATA}
    return {plan.digest(): plan for plan in plans.values()}


@pytest.mark.slow
def test_every_application_compiles_and_is_as_ruff_wants_it(tmp_path: Path) -> None:
    for number, plan in enumerate(applications().values()):
        files = generate(plan)
        for file in files.files:
            if file.path.endswith(".py"):
                compile(file.text, file.path, "exec")
        write(files, tmp_path / str(number))
    for command in (["check", "--output-format", "concise"], ["format", "--diff"]):
        done = subprocess.run(
            [RUFF, *command, "--no-cache", "--quiet", "."],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[:4000] + done.stderr[:1000]
