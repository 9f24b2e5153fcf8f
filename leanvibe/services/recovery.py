"""The part that looks after dead attempts: it asks the database often, and Prefect only when it has to."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from leanvibe.services.runner import Context, Runner

if TYPE_CHECKING:
    from leanvibe.services.child import Child

LOOK_SECONDS = 5.0
"""How often leases are looked at: a dead attempt is found this long after its lease has run out."""


class Recovery(Runner):
    """A thread that looks, and a child process for what it found, for that has to import Prefect."""

    title = "the recovery"

    def __init__(self, context: Context) -> None:
        """Begins to look."""
        super().__init__(context)
        self._url = context.database_url
        self._found = threading.Event()
        self._over = threading.Event()
        self._child: Child | None = None
        threading.Thread(target=self._look, name="recovery", daemon=True).start()

    @classmethod
    def needs(cls, context: Context) -> tuple[str, ...]:
        """Leases to look at, and a server to act through."""
        del context
        return ("schema", "prefect")

    def check(self) -> bool:
        """Always ready; what a child could not do is found again."""
        if self._child is not None and self._child.exit_status() is not None:
            self._child = None
        if self._child is None and self._found.is_set():
            self._found.clear()
            self._child = self.context.child("recovery", ["leanvibe.services.recovery"])
        return True

    def stop(self, seconds: float) -> None:
        """Look no more."""
        self._over.set()
        if self._child is not None:
            self._child.stop(seconds)

    def _look(self) -> None:
        from db.engine import transaction  # noqa: PLC0415  here, for the supervisor has to start at once
        from db.errors import DatabaseError  # noqa: PLC0415
        from db.queries.leases import unsettled  # noqa: PLC0415

        while not self._over.wait(LOOK_SECONDS):
            try:
                with transaction(self._url) as connection:
                    if unsettled(connection):
                        self._found.set()
            except DatabaseError:  # the database has a part of its own that says so
                continue


def main() -> None:
    """Child process: look after the dead attempts, once."""
    from flows.recovery import recover  # noqa: PLC0415  the supervisor does without Prefect

    recover()


if __name__ == "__main__":
    main()
