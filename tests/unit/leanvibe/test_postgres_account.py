"""Whom the embedded Postgres runs as, and programs that this account can reach."""

from __future__ import annotations

import os
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from db import postgres_user
from db.errors import DatabaseError

if TYPE_CHECKING:
    from pathlib import Path


def installation(root: Path) -> Path:
    installed = root / "site" / "wheel" / "pginstall"
    for folder in ("bin", "lib", "share"):
        (installed / folder).mkdir(parents=True)
    for program in ("initdb", "pg_ctl", "postgres", "psql"):
        (installed / "bin" / program).write_text(program)
    (installed / "lib" / "large.a").write_text("")
    (root / "site" / "wheel.libs").mkdir()
    (root / "site" / "wheel.libs" / "libpq.so").write_text("")
    return installed


def test_a_normal_user_runs_postgres_as_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert postgres_user.account() is None


def test_root_without_useradd_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres_user, "ACCOUNT", "no-such-account")

    def refuse(*_: object, **__: object) -> None:
        raise FileNotFoundError("useradd")

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(DatabaseError, match="run as a normal user"):
        postgres_user.account()


def test_programs_below_a_closed_folder_are_copied_with_their_libraries(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    cache = tmp_path / "cache"
    found = postgres_user.programs(installation(closed), "1.0", cache)
    assert found.is_relative_to(cache)
    assert {path.name for path in (found / "bin").iterdir()} == {"initdb", "pg_ctl", "postgres"}
    assert (found.parent.parent / "wheel.libs" / "libpq.so").exists()
    assert not (found / "lib" / "large.a").exists()
    assert stat.S_IMODE((cache / "postgres-1.0").stat().st_mode) == 0o755
    assert postgres_user.programs(closed / "site" / "wheel" / "pginstall", "1.0", cache) == found
    assert [path.name for path in cache.iterdir()] == ["postgres-1.0"]


def test_a_folder_only_its_owner_may_traverse_is_not_reachable(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    tmp_path.chmod(0o700)
    assert not postgres_user.reachable(file)
