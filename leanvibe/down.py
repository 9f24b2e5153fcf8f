"""`leanvibe down`: stops the factory of this home, and whatever a killed one has left."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import psutil

from leanvibe.console import say

if TYPE_CHECKING:
    from pathlib import Path

    import typer

STOP_SECONDS = 60


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("down")(down)


def down() -> None:
    """Stop the factory of this home, whoever started it, and what a killed one has left running."""
    from blocks.settings import settings  # noqa: PLC0415  the help does not need it

    say("Stopped" if stop_factory(settings().home) else "Nothing was running")


def stop_factory(home: Path) -> bool:
    """Stop supervisor, services and database of `home`; returns whether any of them ran."""
    from db import embedded  # noqa: PLC0415  the help needs none of these
    from leanvibe.services.child import kill  # noqa: PLC0415
    from leanvibe.services.shared import Shared  # noqa: PLC0415

    if not home.exists():
        return False
    shared = Shared(home)
    state = shared.read()
    supervisor = state.process() if state else None
    supervised = supervisor is not None and shared.supervised()
    if supervisor is not None and supervised:
        supervisor.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while shared.supervised() and time.monotonic() < deadline:
            time.sleep(0.05)
        kill([supervisor])
    left = leftovers(home)
    kill(left)
    database = embedded.running_url(home) is not None
    embedded.stop(home)
    shared.forget()
    return supervised or database or bool(left)


def leftovers(home: Path) -> list[psutil.Process]:
    """The services of `home` whose supervisor was killed: they carry the home in their environment."""
    found = []
    for process in psutil.process_iter():
        if process.pid == os.getpid():
            continue
        try:
            if process.environ().get("LEANVIBE_FACTORY") == str(home):
                found.append(process)
        except (psutil.Error, OSError):  # another user's, or just gone
            continue
    return found
