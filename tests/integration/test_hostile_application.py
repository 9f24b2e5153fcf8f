"""Hostile words in the running application: people and programs get them back as they were written."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

import pytest

from flows.stages.blueprint.derive import derive
from tests.applications import generate, get, run, served, token, write
from tests.hostile.case import Case, answer
from tests.hostile.words import WORDS, everywhere

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import Blueprint
    from tests.hostile.words import Word

SHOWN = ("template syntax", "HTML", "SQL", "signs beyond 16 bits")

pytestmark = pytest.mark.slow


def written(what: str, folder: Path) -> tuple[Word, Blueprint]:
    """The application with that word everywhere, in the folder."""
    word = next(word for word in WORDS if word.what == what)
    intake = answer(Case(what=what, given=everywhere(word), filename="hostile.json")).intake
    assert intake is not None
    plan = derive(intake)
    write(generate(plan), folder)
    return word, plan


@pytest.mark.parametrize("what", ["an HTML attribute", "Python"])
def test_its_own_tests_pass(what: str, installed: Path, tmp_path: Path) -> None:
    """The second makes a field whose name ends as those of references do."""
    written(what, tmp_path)
    assert "failed" not in run(installed, tmp_path, "pytest", f"--basetemp={tmp_path / 'scratch'}")


@pytest.mark.parametrize("what", SHOWN)
def test_words_come_back_as_they_were_written(what: str, installed: Path, tmp_path: Path) -> None:
    word, plan = written(what, tmp_path)
    run(installed, tmp_path, "app.migrate")
    assert "with examples" in run(installed, tmp_path, "app.seed")
    owner, field = plan.entities[0].slug, plan.entities[0].fields[0].name
    with served(installed, tmp_path) as address:
        assert word.text in " ".join(html.unescape(get(f"{address}/")).split())
        who = token(address)
        rows = json.loads(get(f"{address}/api/v1/{owner}", token=who))["items"]
        assert word.text in [row[field] for row in rows]
        page = get(f"{address}/{owner}", token=who)
        assert word.text in html.unescape(page)
        assert "<script>alert" not in page
