"""Errors of the db package: what happened, where, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class DatabaseError(Exception):
    """Base of every error this package raises."""


class DatabaseUnavailable(DatabaseError):
    """No connection to the database."""

    def __init__(self, address: str, setting: str = "LEANVIBE_DATABASE_URL") -> None:
        """`address` is shown as it is, so it must not hold a password."""
        super().__init__(
            f"the database at {address} does not answer; start it, or name another one in {setting}"
        )
        self.address = address
        self.setting = setting


class EmbeddedFailed(DatabaseError):
    """The embedded Postgres could not be made, started or stopped."""


class NotFound(DatabaseError):
    """No row with that identity."""


class Refused(DatabaseError):
    """The rules do not allow it; the message says which and why."""


class SpoolFull(DatabaseError):
    """A row can be kept neither in the database nor on disk."""

    def __init__(self, folder: Path, why: str) -> None:
        """`why` the folder takes no more."""
        super().__init__(
            f"the spool {folder} takes no more rows: {why}; start the database, make room on the disk, "
            "or raise LEANVIBE_SPOOL_MB"
        )


class LeaseLost(DatabaseError):
    """The write came from an attempt whose lease is not in force: another one has taken its place."""
