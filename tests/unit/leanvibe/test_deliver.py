"""A delivery brings an untouched folder up to date, and never overwrites what somebody edited."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING

import pytest

from db.queries.results import ArtifactView
from leanvibe.deliver import deliver
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


def test_an_untouched_folder_is_brought_up_to_date_and_keeps_what_was_added(delivered: Path) -> None:
    (delivered / "data").mkdir()
    (delivered / "data" / "app.db").write_text("rows")
    again = deliver(*_store({"README.md": "two"}), delivered.parent).folder
    assert again == delivered
    assert (delivered / "README.md").read_text() == "two"
    assert not (delivered / "old.py").exists()
    assert (delivered / "data" / "app.db").read_text() == "rows"


def test_an_edited_file_stays_and_the_new_one_lies_beside(delivered: Path) -> None:
    (delivered / "README.md").write_text("mine")
    again = deliver(*_store({"README.md": "two", "fresh.py": "new"}), delivered.parent)
    assert again.folder == delivered
    assert (again.kept, again.beside) == (("README.md",), ("README.md.new",))
    assert (delivered / "README.md").read_text() == "mine"
    assert (delivered / "README.md.new").read_text() == "two"
    assert (delivered / "fresh.py").read_text() == "new"
    assert deliver(*_store({"README.md": "two"}), delivered.parent).kept == ("README.md",)


def test_an_edited_file_whose_delivery_did_not_change_has_nothing_beside(delivered: Path) -> None:
    (delivered / "README.md").write_text("mine")
    again = deliver(*_store({"README.md": "one"}), delivered.parent)
    assert (again.kept, again.beside) == (("README.md",), ())
    assert not (delivered / "README.md.new").exists()


def test_an_edited_file_that_is_delivered_no_more_stays(delivered: Path) -> None:
    (delivered / "old.py").write_text("mine")
    assert deliver(*_store({"README.md": "one"}), delivered.parent).kept == ("old.py",)
    assert (delivered / "old.py").read_text() == "mine"


def test_what_was_added_under_a_name_that_is_delivered_later_stays(delivered: Path) -> None:
    (delivered / "fresh.py").write_text("mine")
    again = deliver(*_store({"README.md": "one", "fresh.py": "new"}), delivered.parent)
    assert again.beside == ("fresh.py.new",)
    assert (delivered / "fresh.py").read_text() == "mine"


def test_the_owners_own_code_is_never_written_over_nor_beside(tmp_path: Path) -> None:
    folder = deliver(*_store({"custom/hooks.py": "first"}), tmp_path).folder
    (folder / "custom" / "hooks.py").write_text("mine")
    again = deliver(*_store({"custom/hooks.py": "second", "custom/more.py": "more"}), tmp_path)
    assert (again.kept, again.beside) == (("custom/hooks.py",), ())
    assert (folder / "custom" / "hooks.py").read_text() == "mine"
    assert (folder / "custom" / "more.py").read_text() == "more"


def test_a_file_that_was_deleted_comes_back(delivered: Path) -> None:
    (delivered / "README.md").unlink()
    assert deliver(*_store({"README.md": "two"}), delivered.parent).kept == ()
    assert (delivered / "README.md").read_text() == "two"


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tea").mkdir()
    (tmp_path / "tea" / "MANIFEST.json").write_text("not ours")
    assert deliver(*_store({"README.md": "one"}), tmp_path).folder.name == "tea-2"


def test_a_manifest_that_names_files_elsewhere_moves_nothing_there(delivered: Path) -> None:
    victim = delivered.parent / "victim.txt"
    victim.write_text("precious")
    digest = hashlib.sha256(b"precious").hexdigest()
    (delivered / "MANIFEST.json").write_text(
        json.dumps({"files": [{"path": path, "sha256": digest} for path in ("../victim.txt", str(victim))]})
    )
    deliver(*_store({"README.md": "two"}), delivered.parent)
    assert victim.read_text() == "precious"
