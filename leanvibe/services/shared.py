"""What the commands of one home share: locks, the supervisor's state, the services that are wanted.

Every command holds a shared lock on `users`; the supervisor stops everything once it gets that lock alone.
Locks go with the process that holds them, so nobody has to clean up after a kill -9.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

import psutil

from leanvibe.services.locks import LockFile

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(kw_only=True)
class Part:
    """One thing the supervisor looks after."""

    status: Literal["starting", "ready", "failed"] = "starting"
    address: str = ""
    """for people, without a password"""
    url: str = ""
    """for programs"""
    pid: int = 0
    started: bool = False
    """whether it was started for this home; false for a server that a setting names"""


@dataclass(kw_only=True)
class State:
    """What the supervisor tells the commands."""

    pid: int
    created: float
    """start time of that process, seconds since the epoch: a process number alone may be reused"""
    servers: dict[str, str]
    """the settings that name servers elsewhere, as the supervisor got them"""
    parts: dict[str, Part] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    error: str = ""

    def process(self) -> psutil.Process | None:
        """The supervisor, None when it is gone."""
        try:
            process = psutil.Process(self.pid)
            return process if abs(process.create_time() - self.created) < 1 else None
        except psutil.NoSuchProcess:
            return None


class Shared:
    """The files under `<home>/run`."""

    def __init__(self, home: Path) -> None:
        """Makes the folder, closed to other users: the state holds the database's password."""
        self._folder = home / "run"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self._folder / "wanted").mkdir(exist_ok=True)

    def lock(self, name: Literal["users", "starting", "supervisor"]) -> LockFile:
        """One of the three lock files, open and not yet taken."""
        return LockFile(self._folder / f"{name}.lock")

    def supervised(self) -> bool:
        """Whether a supervisor is alive."""
        with self.lock("supervisor") as lock:
            return not lock.try_exclusive()

    def want(self, part: str, port: int = 0) -> None:
        """Ask the supervisor for a part, on a port of one's own choice if it can be."""
        wish = self._folder / "wanted" / part
        if port or not wish.exists():
            wish.write_text(str(port))

    def wanted(self) -> dict[str, int]:
        """Part → preferred port, 0 for none."""
        wishes = (self._folder / "wanted").iterdir()
        return {wish.name: int(wish.read_text() or 0) for wish in wishes}

    def forget(self) -> None:
        """Drop the state and the wishes of a supervisor that is gone."""
        for wish in (self._folder / "wanted").iterdir():
            wish.unlink(missing_ok=True)
        (self._folder / "factory.json").unlink(missing_ok=True)

    def write(self, state: State) -> None:
        """Publish the state; a reader sees the old one or the new one, never half of it."""
        scratch = self._folder / "factory.json.new"
        with os.fdopen(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(asdict(state), file)
        scratch.replace(self._folder / "factory.json")

    def read(self) -> State | None:
        """The state last published, None before the first."""
        with contextlib.suppress(FileNotFoundError):
            document = json.loads((self._folder / "factory.json").read_text())
            parts = {name: Part(**part) for name, part in document.pop("parts").items()}
            return State(parts=parts, **document)
        return None
