"""What the four generators write: together one application, the same each time, every file well formed."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import pytest
import yaml

from flows.rendering import tree
from flows.stages.backend.generate import generate as backend
from flows.stages.blueprint.derive import derive
from flows.stages.frontend.generate import generate as frontend
from flows.stages.infrastructure.generate import generate as infrastructure
from flows.stages.intake.document import read
from flows.stages.observability.generate import generate as observability

if TYPE_CHECKING:
    from flows.contracts import Blueprint, FileSet

ROOT = Path(__file__).parent.parent.parent.parent
EXAMPLE = ROOT / "examples" / "bicycle_workshop.yaml"


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    return derive(read(EXAMPLE.read_text("utf-8")))


def generate(blueprint: Blueprint) -> FileSet:
    return backend(blueprint).merged(frontend(blueprint), infrastructure(blueprint), observability(blueprint))


@pytest.fixture(scope="module")
def files(blueprint: Blueprint) -> dict[str, str]:
    return {file.path: file.text for file in generate(blueprint).files}


def of(files: dict[str, str], *endings: str) -> dict[str, str]:
    found = {path: text for path, text in files.items() if path.endswith(endings)}
    assert found
    return found


def test_every_entity_has_its_modules_pages_and_tests(blueprint: Blueprint, files: dict[str, str]) -> None:
    for entity in blueprint.entities:
        for folder in ("models", "schemas", "services", "api", "pages"):
            assert f"app/{folder}/{entity.attribute}.py" in files
        for page in ("list", "detail", "form"):
            assert f"app/templates/{entity.attribute}/{page}.html" in files
        assert f"tests/test_{entity.attribute}.py" in files


def test_the_languages_are_well_formed(files: dict[str, str]) -> None:
    for text in of(files, ".py").values():
        ast.parse(text)
    for text in of(files, ".html").values():
        jinja2.Environment(autoescape=True).parse(text)
    for text in of(files, ".yml", ".yaml").values():
        assert yaml.safe_load(text)
    for text in of(files, ".json").values():
        assert json.loads(text)
    assert tomllib.loads(files["pyproject.toml"])["project"]["requires-python"] == ">=3.11"


def test_no_mark_of_a_template_is_left(files: dict[str, str]) -> None:
    for path, text in files.items():
        if not path.endswith(".min.js"):
            assert not re.search(r"\[% |\[\[ ", text), path


def test_every_file_ends_with_one_line_break(files: dict[str, str]) -> None:
    for path, text in files.items():
        if text and "vendor" not in path:
            assert text.endswith("\n"), path
            assert not text.endswith("\n\n"), path


def test_scripts_can_be_run_and_nothing_else(blueprint: Blueprint) -> None:
    executable = {file.path for file in generate(blueprint).files if file.executable}
    assert executable == {"scripts/backup.sh", "scripts/edited.py", "scripts/restore.sh"}


def test_the_lock_file_holds_hashes_and_no_address(files: dict[str, str]) -> None:
    lock = files["requirements.lock"]
    packages = re.findall(r"^[a-z].*==", lock, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[a-z].*\\\n    --hash=sha256:", lock, re.MULTILINE))
    assert "://" not in lock
    declared: dict[str, Any] = tomllib.loads(files["pyproject.toml"])
    wanted = [*declared["project"]["dependencies"], *declared["dependency-groups"]["dev"]]
    for name in (re.split(r"[\[><=]", item)[0] for item in wanted):
        assert any(package.startswith(f"{name}==") for package in packages), name


def test_nothing_is_loaded_from_elsewhere(files: dict[str, str]) -> None:
    for path, text in of(files, ".html").items():
        for address in re.findall(r'(?:src|href|action|hx-get)="([^"]*)"', text):
            assert address.startswith(("/", "#", "{{")), (path, address)


def test_the_readme_speaks_the_founders_words(blueprint: Blueprint, files: dict[str, str]) -> None:
    readme = files["README.md"]
    for entity in blueprint.entities:
        assert f"### {entity.label}" in readme
        assert f"/api/v1/{entity.slug}" in readme
    assert "erDiagram" in readme
    assert "\n\n\n" not in readme


def test_the_same_blueprint_gives_the_same_bytes_under_any_hash_seed(blueprint: Blueprint) -> None:
    script = (
        "import sys; from flows.contracts import Blueprint;"
        "from flows.stages.backend.generate import generate as b;"
        "from flows.stages.frontend.generate import generate as f;"
        "from flows.stages.infrastructure.generate import generate as i;"
        "from flows.stages.observability.generate import generate as o;"
        "p = Blueprint.from_json(sys.stdin.read()); print(b(p).merged(f(p), i(p), o(p)).digest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            input=blueprint.canonical_json(),
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {generate(blueprint).digest()}


def test_a_name_that_a_template_misspells_is_an_error(tmp_path: Path, blueprint: Blueprint) -> None:
    (tmp_path / "file.txt.j2").write_text("[[ app.nmae ]]", "utf-8")
    with pytest.raises(jinja2.UndefinedError):
        tree.render_tree(tmp_path, blueprint)
