"""The delivered application tells edited files from untouched ones by its manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = (
    Path(__file__).parents[3] / "flows" / "stages" / "infrastructure" / "templates" / "scripts" / "edited.py"
)


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    files = {"README.md": "words", "app/main.py": "code", "app/gone.py": "code"}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    listing = [
        {"path": path, "sha256": hashlib.sha256(text.encode()).hexdigest()} for path, text in files.items()
    ]
    (tmp_path / "MANIFEST.json").write_text(json.dumps({"files": listing}))
    return tmp_path


def said(folder: Path) -> list[str]:
    (folder / "scripts").mkdir(exist_ok=True)
    shutil.copy(SCRIPT, folder / "scripts")
    command = [sys.executable, str(folder / "scripts" / "edited.py")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_an_untouched_delivery_has_nothing_to_say(delivered: Path) -> None:
    assert said(delivered) == ["yours    scripts/edited.py", "3 of 3 files are as delivered."]


def test_edited_removed_and_added_files_are_told_apart(delivered: Path) -> None:
    (delivered / "app" / "main.py").write_text("mine")
    (delivered / "app" / "gone.py").unlink()
    (delivered / "data").mkdir()
    (delivered / "data" / "app.db").write_text("rows")
    assert said(delivered) == [
        "edited   app/main.py",
        "removed  app/gone.py",
        "yours    scripts/edited.py",
        "1 of 3 files are as delivered.",
    ]
