"""The command itself: quick help, errors as one line, exit statuses."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from blocks.settings import Settings
from db.errors import DatabaseUnavailable
from leanvibe import main
from leanvibe.errors import LeanvibeError, Unreachable

if TYPE_CHECKING:
    from types import ModuleType


class Wrong(LeanvibeError):
    exit_status = 2


def command_that_raises(error: BaseException) -> ModuleType:
    def act() -> None:
        raise error

    module = type(sys)("leanvibe.fake")
    module.register = lambda app: app.command("act")(act)  # type: ignore[attr-defined]
    return module


def outcome(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> tuple[int, str]:
    monkeypatch.setattr(main, "COMMANDS", {"act": ("leanvibe.errors", "Act")})
    monkeypatch.setattr("importlib.import_module", lambda _: command_that_raises(error))
    said: list[str] = []
    monkeypatch.setattr(main, "say", lambda text, **_: said.append(text))
    result = CliRunner().invoke(main.app, ["act"])
    return result.exit_code, "\n".join(said)


def test_help_lists_every_command_and_imports_no_heavy_package() -> None:
    code = (
        "import sys; from leanvibe.main import main; sys.argv = ['leanvibe', '--help']\n"
        "try: main()\n"
        "finally: print('HEAVY', sorted({'prefect','sqlalchemy','streamlit','pandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert "HEAVY []" in done.stdout
    for name, (_, line) in main.COMMANDS.items():
        assert name in done.stdout
        assert line in done.stdout


@pytest.mark.parametrize("name", list(main.COMMANDS))
def test_every_command_has_a_help_of_its_own(name: str) -> None:
    result = CliRunner().invoke(main.app, [name, "--help"])
    assert result.exit_code == 0
    assert name in result.output


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(main.app, ["dance"]).exit_code == 2


def test_an_error_of_ours_is_one_line_and_its_exit_status(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, Wrong("line 3 is wrong")) == (2, "leanvibe: line 3 is wrong")


def test_an_error_of_the_database_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    status, text = outcome(monkeypatch, DatabaseUnavailable("postgresql://u@h:1/n"))
    assert status == 1
    assert "postgresql://u@h:1/n" in text
    assert "LEANVIBE_DATABASE_URL" in text
    assert "\n" not in text


def test_a_defect_says_how_to_see_where(monkeypatch: pytest.MonkeyPatch) -> None:
    status, text = outcome(monkeypatch, ZeroDivisionError("division by zero"))
    assert status == 1
    assert "ZeroDivisionError" in text
    assert "LEANVIBE_DEBUG=1" in text


def test_debugging_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEANVIBE_DEBUG", "1")
    monkeypatch.setattr(main, "COMMANDS", {"act": ("leanvibe.errors", "Act")})
    monkeypatch.setattr("importlib.import_module", lambda _: command_that_raises(Wrong("no")))
    assert isinstance(CliRunner().invoke(main.app, ["act"]).exception, Wrong)


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, KeyboardInterrupt()) == (130, "Interrupted")


def test_a_command_may_end_with_a_status_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(monkeypatch, typer.Exit(3)) == (3, "")


def test_a_setting_that_is_no_use_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEANVIBE_GATE_DAYS", "soon")
    with pytest.raises(ValueError, match="gate_days") as caught:
        Settings()
    assert "LEANVIBE_GATE_DAYS is not usable" in main.explain(caught.value)


def test_an_unreachable_server_is_named_with_its_setting() -> None:
    text = str(Unreachable("Prefect server", "http://127.0.0.1:9/api", "PREFECT_API_URL"))
    assert "http://127.0.0.1:9/api" in text
    assert "PREFECT_API_URL" in text
