"""The command line as a user runs it: a factory of the tests' own, kept running while they go on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
LEANVIBE = [sys.executable, "-m", "leanvibe"]

SMALL = """
name: Tea club
idea: A tea club keeps its teas and who tasted them.
entities:
  Tea:
    fields:
      name: {type: text, required: true, unique: true}
"""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        lines = self.out.splitlines()
        assert len(lines) == 1, self.out + self.err
        return dict(json.loads(lines[0]))


@dataclass(frozen=True, kw_only=True)
class User:
    """Somebody at a shell, with a factory home of their own."""

    home: Path
    extra: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """Theirs: nothing of Prefect's or ours but the home."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LEANVIBE_", "PREFECT_")) and name != "PYTHONDONTWRITEBYTECODE"
        }
        return kept | {"LEANVIBE_HOME": str(self.home), "COLUMNS": "200"} | self.extra

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
        """Start a command and go on."""
        return subprocess.Popen(
            [*LEANVIBE, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **options,
        )

    def run(self, *arguments: str | Path, timeout: float = 240) -> Ended:
        """Run a command to its end."""
        return self.end(self.start(*arguments), timeout=timeout)

    def end(self, process: subprocess.Popen[str], timeout: float = 240) -> Ended:
        """Wait for a command to end."""
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            pytest.fail(f"{process.args} did not end in {timeout} s\n{out}\n{err}")
        return Ended(status=process.returncode, out=out, err=err)

    def processes(self) -> list[psutil.Process]:
        """Every process that works for this home."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("LEANVIBE_HOME") == str(self.home):
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
                continue
        return found

    def flow_processes(self) -> list[psutil.Process]:
        """Every process that runs a flow."""
        return [process for process in self.processes() if "PREFECT__FLOW_RUN_ID" in _environ(process)]


def _environ(process: psutil.Process) -> dict[str, str]:
    try:
        return dict(process.environ())
    except psutil.Error:
        return {}


def wait_for(what: str, reached: Callable[[], Any], seconds: float = 60) -> Any:
    """The first true answer of `reached`; fails with `what` when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := reached():
            return answer
        time.sleep(0.1)
    return pytest.fail(f"waited {seconds} s in vain for {what}")


@contextmanager
def keep_up(user: User, *arguments: str) -> Iterator[list[str]]:
    """`leanvibe up` in the background; yields what it says, and stops it with Ctrl-C."""
    log = user.home.parent / f"{user.home.name}-up.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*LEANVIBE, "up", *arguments],
            cwd=ROOT,
            env=user.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            wait_for("leanvibe up", lambda: "Ctrl-C" in log.read_text() or process.poll() is not None, 240)
            assert process.poll() is None, log.read_text()
            yield [log.read_text()]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def settle_in(home: Path) -> User:
    """A user with a home of their own; environments of the sandbox are shared by the test run."""
    shared = Path(os.environ["LEANVIBE_TEST_HOME"]) / "cache"
    shared.mkdir(exist_ok=True)
    home.mkdir(parents=True)
    (home / "cache").symlink_to(shared)
    return User(home=home, extra={})


@pytest.fixture(scope="session")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[User]:
    """A user whose factory is kept up for the whole test run."""
    somebody = settle_in(tmp_path_factory.mktemp("factory") / "home")
    with keep_up(somebody):
        yield somebody
    wait_for("the factory to be gone", lambda: not somebody.processes(), 30)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small interview in a file."""
    path = tmp_path / "tea.yaml"
    path.write_text(SMALL)
    return path
