"""Errors of the db package: what happened, where, and what to do next."""

from __future__ import annotations


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


class NotFound(DatabaseError):
    """No row with that identity."""


class Refused(DatabaseError):
    """The rules do not allow it; the message says which and why."""
