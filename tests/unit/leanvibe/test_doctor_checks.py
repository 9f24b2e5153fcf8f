"""The doctor's checks on what can be wrong with a machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from blocks.settings import Settings, settings
from leanvibe.main import app
from leanvibe.services import checks
from leanvibe.services.ports import HOST, free_port

if TYPE_CHECKING:
    from pathlib import Path

LOCK = """\
typer==0.0.1 \\
    --hash=sha256:00
no-such-package==1.0 \\
    --hash=sha256:00
only-on-windows==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:00
"""


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("LEANVIBE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LEANVIBE_DATABASE_URL", raising=False)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    settings.cache_clear()
    return tmp_path / "home"


def test_packages_of_other_systems_are_not_asked_for() -> None:
    assert checks.locked(LOCK) == {"typer": {"0.0.1"}, "no-such-package": {"1.0"}}


def test_packages_that_differ_from_the_lock_are_named() -> None:
    found = checks.packages(LOCK)
    assert found.status == "fail"
    assert "no-such-package missing instead of 1.0" in found.detail
    assert "instead of 0.0.1" in found.detail
    assert "make setup" in found.remedy


def test_this_python_and_its_tools_are_fit() -> None:
    assert checks.python().status == "ok"
    assert checks.uv().status == "ok"
    assert checks.sandbox(2048).status == "ok"


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_PYTHON", (9, 0))
    assert checks.python().status == "fail"


def test_a_sandbox_without_limits_fails() -> None:
    assert checks.sandbox(2**60).status == "fail"


def test_a_missing_uv_is_named() -> None:
    assert checks.uv(lambda *_, **__: None).status == "fail"


def test_a_full_disk_is_a_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert checks.home(tmp_path / "not" / "yet").status == "ok"
    monkeypatch.setattr(checks, "FREE_BYTES", 2**62)
    assert checks.home(tmp_path).status == "warn"


def test_a_home_that_cannot_be_written_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "LEANVIBE_HOME" in checks.home(tmp_path).remedy


def test_servers_that_do_not_answer_fail(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PREFECT_API_URL", f"http://{HOST}:{free_port()}/api")
    url = SecretStr(f"postgresql://me:secret@{HOST}:{free_port()}/x")
    chosen = Settings(home=tmp_path, database_url=url)
    assert checks.database(chosen).status == "fail"
    assert [found.status for found in checks.prefect(chosen)] == ["fail"]


def test_nothing_running_is_no_failure(home: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", "--json"])
    found = {entry["name"]: entry["status"] for entry in json.loads(result.stdout)}
    assert result.exit_code == 0
    assert found["Database"] == found["Prefect server"] == "warn"
    assert not (home / "postgres").exists()


def test_a_failure_is_the_exit_status(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "OLDEST_PYTHON", (9, 0))
    assert home.name == "home"
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 1
