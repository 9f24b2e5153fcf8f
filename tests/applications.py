"""Generates applications for tests, writes them down, and runs them with exactly the packages they lock."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from flows.stages.backend.generate import generate as backend
from flows.stages.blueprint.derive import derive
from flows.stages.frontend.generate import generate as frontend
from flows.stages.infrastructure.generate import generate as infrastructure
from flows.stages.intake.document import read
from flows.stages.observability.generate import generate as observability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Blueprint, FileSet

ROOT = Path(__file__).parent.parent
LIMIT_S = 240

EXAMPLE_PASSWORD = "try-it-2026!"  # noqa: S105 - of the accounts that an application makes to be tried


def blueprint(name: str) -> Blueprint:
    """The blueprint of an interview of the examples."""
    return derive(read((ROOT / "examples" / f"{name}.yaml").read_text("utf-8")))


def generate(plan: Blueprint) -> FileSet:
    """Every file of the application."""
    return backend(plan).merged(frontend(plan), infrastructure(plan), observability(plan))


def write(files: FileSet, folder: Path) -> None:
    """The files as the archive unpacks them."""
    for file in files.files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8", newline="\n")
        path.chmod(0o755 if file.executable else 0o644)


def install(lock: Path, folder: Path) -> Path:
    """Python of a new virtual environment with exactly the packages of the lock file."""
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, folder], check=True, timeout=LIMIT_S)
    python = folder / "bin" / "python"
    packages = ["pip", "install", "--compile-bytecode", "--require-hashes", "--python", python, "-r", lock]
    subprocess.run([*uv, *packages], check=True, timeout=LIMIT_S)
    return python


def environment() -> dict[str, str]:
    """Nothing of ours but the path; any free port."""
    return {"PATH": os.environ["PATH"], "PORT": "0", "PYTHONIOENCODING": "utf-8"}


def run(python: Path, folder: Path, *command: str, **settings: str) -> str:
    """Standard output of a Python module run in the application's folder; a failure shows everything."""
    done = subprocess.run(
        [python, "-m", *command],
        cwd=folder,
        env=environment() | settings,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def token(address: str, role: str = "admin") -> str:
    """A bearer token of the example account of that role."""
    who = {"email": f"{role}@example.com", "password": EXAMPLE_PASSWORD}
    request = urllib.request.Request(  # noqa: S310 - our own address
        f"{address}/api/v1/tokens", json.dumps(who).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
        return str(json.load(answer)["token"])


@contextlib.contextmanager
def served(python: Path, folder: Path, **settings: str) -> Iterator[str]:
    """The address of the running application."""
    with subprocess.Popen(
        [python, "-m", "app.serve"],
        cwd=folder,
        env=environment() | settings,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        address = next(found[0] for line in lines if (found := re.findall(r"http://[\d.:]+", line)))
        # A pipe that nobody empties would stop the application after some hundred requests.
        emptying = threading.Thread(target=process.stdout.read)
        emptying.start()
        try:
            yield address
        finally:
            process.terminate()
            emptying.join(LIMIT_S)


def get(address: str, *, token: str = "") -> str:
    """The page; the address is printed a moment before it answers."""
    deadline = time.monotonic() + LIMIT_S
    request = urllib.request.Request(  # noqa: S310 - our own address
        address, headers={"Authorization": f"Bearer {token}"} if token else {}
    )
    while True:
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            assert time.monotonic() < deadline, f"no answer from {address}"
