"""A backup of the delivered application holds database and uploads, and can be put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[3] / "flows" / "stages" / "infrastructure" / "templates" / "scripts"


@pytest.fixture
def application(tmp_path: Path) -> Path:
    shutil.copytree(SCRIPTS, tmp_path / "scripts")
    (tmp_path / "data" / "uploads").mkdir(parents=True)
    (tmp_path / "data" / "uploads" / "photo").write_bytes(b"first")
    write(tmp_path, "first")
    return tmp_path


def write(folder: Path, word: str) -> None:
    with closing(sqlite3.connect(folder / "data" / "app.db")) as database, database:
        database.execute("create table if not exists words (word text)")
        database.execute("delete from words")
        database.execute("insert into words values (?)", (word,))


def read(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "data" / "app.db")) as database:
        (word,) = database.execute("select word from words").fetchone()
    return str(word)


def script(folder: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(folder / "scripts" / name), *arguments]
    env = {"PATH": os.environ["PATH"]}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_what_was_backed_up_comes_back(application: Path) -> None:
    made = script(application, "backup.sh").stdout.split()
    assert len(made) == 2
    assert all((application / name).is_file() for name in made)
    write(application, "second")
    (application / "data" / "uploads" / "photo").unlink()
    restored = script(application, "restore.sh", made[0])
    assert (restored.returncode, restored.stdout) == (0, f"restored {made[0]}\n")
    assert read(application) == "first"
    assert (application / "data" / "uploads" / "photo").read_bytes() == b"first"


def test_a_backup_is_for_its_owner_only(application: Path) -> None:
    for name in script(application, "backup.sh").stdout.split():
        assert (application / name).stat().st_mode & 0o077 == 0


def test_what_is_not_there_is_said(application: Path) -> None:
    (application / "data" / "app.db").unlink()
    done = script(application, "backup.sh")
    assert (done.returncode, done.stderr) == (1, "There is no database at data/app.db yet.\n")
    done = script(application, "restore.sh", "backups/none.db")
    assert (done.returncode, done.stderr) == (1, "There is no file backups/none.db.\n")
