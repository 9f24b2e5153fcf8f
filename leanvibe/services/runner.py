"""How a part of the factory is run: what all of them have in common."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from blocks.settings import Settings
from leanvibe.services.child import Child
from leanvibe.services.environment import service_environment
from leanvibe.services.servers import Servers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from leanvibe.services.shared import Part


class Failed(Exception):
    """A part stopped, or did not become ready; the text goes after the part's title."""


@dataclass(kw_only=True)
class Context:
    """What the parts know of each other."""

    settings: Settings
    servers: Servers
    database_url: str = ""
    prefect_api_url: str = ""
    ports: dict[str, int] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The environment of a service, with every address that is known by now."""
        return service_environment(
            self.settings.home, database_url=self.database_url, prefect_api_url=self.prefect_api_url
        )

    def child(self, name: str, command: list[str], *, after: Path | None = None) -> Child:
        """Start a service; its output goes to `<home>/logs/<name>.log`."""
        log = self.settings.home / "logs" / f"{name}.log"
        return Child(name, command, env=self.environment(), log=log, after=after)


class Runner:
    """One part that was started."""

    title: ClassVar[str]
    patience: ClassVar[float] = 10
    """seconds it gets to stop by itself"""
    again: ClassVar[bool] = False
    """whether a failure before it was ever ready is worth another try"""

    def __init__(self, context: Context) -> None:
        """Starts it, without waiting."""
        self.context = context

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """The parts that have to be ready before this one starts."""
        del context
        return ()

    def check(self) -> bool:
        """Whether it is ready; raises Failed when it is no more."""
        raise NotImplementedError

    def describe(self, part: Part) -> None:
        """Fill in what the commands may know."""

    def stop(self, seconds: float) -> None:
        """Stop it within `seconds`, by force after that."""


class Job:
    """A call that blocks, in a thread of its own."""

    def __init__(self, call: Callable[[], None]) -> None:
        """Starts the call."""
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=[call], daemon=True)
        self._thread.start()

    def _run(self, call: Callable[[], None]) -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001  handed to the thread that asks for the outcome
            self._error = error

    def done(self) -> bool:
        """Whether it came back; raises Failed when it came back with an error."""
        if self._thread.is_alive():
            return False
        if self._error is not None:
            raise Failed(f"failed: {self._error}") from self._error
        return True

    def wait(self, seconds: float) -> None:
        """Let it come back, for that long at most."""
        self._thread.join(seconds)


class Service(Runner):
    """A part that is a child process."""

    child: Child

    def alive(self) -> None:
        """Raise Failed when the process has ended."""
        status = self.child.exit_status()
        if status is not None:
            raise Failed(f"stopped with status {status} ({self.child.tail()}); its log is {self.child.log}")

    def describe(self, part: Part) -> None:
        """Its process."""
        part.pid, part.started = self.child.pid, True

    def stop(self, seconds: float) -> None:
        """Stop it and everything below it."""
        self.child.stop(seconds)
