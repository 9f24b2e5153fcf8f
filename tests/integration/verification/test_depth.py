"""A small generated application, broken on purpose: each check sees what is its own to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.contracts import FileSet, Verification
from flows.stages.backend.generate import generate as backend
from flows.stages.blueprint.derive import derive
from flows.stages.frontend.generate import generate as frontend
from flows.stages.infrastructure.generate import generate as infrastructure
from flows.stages.intake.document import read
from flows.stages.observability.generate import generate as observability
from flows.stages.verification.sandbox import Limits
from flows.stages.verification.verify import verify
from tests.integration.verification.tiny import check

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import Blueprint

INTERVIEW = """
name: Notes
idea: Writers keep notes.
people: [writer]
entities:
  Note:
    fields:
      title: {type: text, required: true, max_length: 40}
      stars: {type: number, minimum: 1, maximum: 5}
"""

BREAKS = {
    # A stranger's row is everybody's.
    "app/policy.py": (
        "return actor.id in owners if owners else row.created_by_id == actor.id",
        "return True",
    ),
    # Errors are described as something that they are not.
    "app/description.py": ('"status": {"type": "integer"}', '"status": {"type": "string"}'),
    # Every page links to one that is not there.
    "app/templates/layout.html": ("</body>", '<a href="/nowhere">Nowhere</a></body>'),
}
TOOTHLESS = "def test_nothing() -> None:\n    assert True\n"


def generated(blueprint: Blueprint) -> FileSet:
    return backend(blueprint).merged(frontend(blueprint), infrastructure(blueprint), observability(blueprint))


def broken(files: FileSet) -> FileSet:
    texts = {file.path: file.text for file in files.files if not file.path.startswith("tests/")}
    for path, (old, new) in BREAKS.items():
        assert old in texts[path], f"{path} has changed: break it another way"
        texts[path] = texts[path].replace(old, new)
    return FileSet.of({**texts, "tests/__init__.py": "", "tests/test_nothing.py": TOOTHLESS})


def verified(files: FileSet, blueprint: Blueprint, folder: Path) -> Verification:
    return verify(
        files,
        blueprint,
        workdir=folder / "work",
        cache=folder / "cache",
        limits=Limits(),
        say=lambda *_: None,
        progress=lambda _: None,
    )


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Verification:
    """What verification saw of an application that is broken in five ways."""
    blueprint = derive(read(INTERVIEW))
    return verified(broken(generated(blueprint)), blueprint, tmp_path_factory.mktemp("broken"))


pytestmark = pytest.mark.slow


def test_an_application_that_lets_strangers_edit_is_caught(seen: Verification) -> None:
    access = check(seen, "access")
    assert not access.ok
    assert access.detail.startswith("writer may not edit a stranger's Note by page, the answer was 200")
    wrong = [cell for cell in seen.access if not cell.ok]
    assert {(cell.role, cell.relation) for cell in wrong} == {("writer", "stranger")}
    assert {(cell.verb, cell.through) for cell in wrong} == {
        *(("edit", "api"), ("edit", "page"), ("edit", "form")),
        *(("delete", "api"), ("delete", "form")),
    }


def test_a_document_that_lies_is_caught(seen: Verification) -> None:
    openapi = check(seen, "openapi")
    assert not openapi.ok
    assert "$.status" in openapi.detail
    assert "is not of type 'string'" in openapi.detail


def test_a_dead_link_is_caught(seen: Verification) -> None:
    links = check(seen, "links")
    assert not links.ok
    assert "visitor: / links to /nowhere, which answers 404" in links.detail


def test_tests_without_teeth_are_caught(seen: Verification) -> None:
    assert check(seen, "tests").ok
    mutation = check(seen, "mutation")
    assert not mutation.ok
    assert mutation.detail.startswith("no test turned red when in app/schemas/note.py:")
    assert seen.mutants
    assert not any(mutant.killed for mutant in seen.mutants)


def test_statements_without_tests_are_caught(seen: Verification) -> None:
    traceability = check(seen, "traceability")
    assert not traceability.ok
    assert "no test stands for" in traceability.detail
    assert {one.outcome for one in seen.traced} == {"failed"}


def test_what_was_not_broken_is_green(seen: Verification) -> None:
    red = {found.name for found in seen.checks if not found.ok}
    # Ruff sees the names that a break left unused.
    assert red == {"lint", "access", "openapi", "links", "mutation", "traceability"}


def test_an_api_without_pages_is_green_throughout(tmp_path: Path) -> None:
    blueprint = derive(read(f"{INTERVIEW}profile: api\n"))
    verification = verified(generated(blueprint), blueprint, tmp_path)
    assert [(found.name, found.detail) for found in verification.checks if not found.ok] == []
    assert check(verification, "boot").detail == "healthy"
    assert check(verification, "links").detail == "an API has no pages"
    assert verification.access
