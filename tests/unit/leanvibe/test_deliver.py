"""A delivery brings an untouched folder up to date, and never overwrites what somebody edited."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING

import pytest

from db.queries.results import ArtifactView
from leanvibe.deliver import deliver, untouched
from storage.archive import Entry, write_zip
from storage.memory import MemoryStore

if TYPE_CHECKING:
    from pathlib import Path

KEY = "local/tea/e1/release/tea.zip"


def _store(files: dict[str, str]) -> tuple[MemoryStore, ArtifactView]:
    listing = {
        "files": [
            {"path": path, "sha256": hashlib.sha256(text.encode()).hexdigest()}
            for path, text in files.items()
        ]
    }
    stream = io.BytesIO()
    entries = files | {"MANIFEST.json": json.dumps(listing)}
    write_zip(
        (Entry(path=f"tea/{path}", data=text.encode(), executable=False) for path, text in entries.items()),
        stream,
    )
    store = MemoryStore()
    stored = store.put(KEY, stream.getvalue())
    view = ArtifactView(
        stage="release",
        kind="archive",
        key=KEY,
        sha256=stored.sha256,
        bytes=stored.bytes,
        media_type=stored.media_type,
    )
    return store, view


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """The folder of a first delivery."""
    return deliver(*_store({"README.md": "one", "old.py": "old"}), tmp_path).folder


def test_the_archive_and_its_files_are_there(delivered: Path) -> None:
    assert delivered.name == "tea"
    assert (delivered / "README.md").read_text() == "one"
    assert (delivered.parent / "tea.zip").is_file()
    assert untouched(delivered)


def test_an_untouched_folder_is_brought_up_to_date_and_keeps_what_was_added(delivered: Path) -> None:
    (delivered / "data").mkdir()
    (delivered / "data" / "app.db").write_text("rows")
    again = deliver(*_store({"README.md": "two"}), delivered.parent).folder
    assert again == delivered
    assert (delivered / "README.md").read_text() == "two"
    assert not (delivered / "old.py").exists()
    assert (delivered / "data" / "app.db").read_text() == "rows"


def test_an_edited_folder_is_left_alone(delivered: Path) -> None:
    (delivered / "README.md").write_text("mine")
    again = deliver(*_store({"README.md": "two"}), delivered.parent).folder
    assert again.name == "tea-2"
    assert (delivered / "README.md").read_text() == "mine"
    assert deliver(*_store({"README.md": "three"}), delivered.parent).folder == again


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tea").mkdir()
    (tmp_path / "tea" / "MANIFEST.json").write_text("not ours")
    assert deliver(*_store({"README.md": "one"}), tmp_path).folder.name == "tea-2"
