"""Work that only one process does at a time, wherever it runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text

from db.engine import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def only_one(url: str, what: str) -> Iterator[bool]:
    """Whether this process may do it now; the lock goes with the connection and outlives no process."""
    with transaction(url) as connection:
        yield connection.execute(
            text("select pg_try_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what}
        ).scalar_one()


@contextmanager
def one_after_another(url: str, what: str) -> Iterator[None]:
    """One process at a time does it, and the others wait."""
    with transaction(url) as connection:
        connection.execute(text("select pg_advisory_xact_lock(hashtextextended(:what, 0))"), {"what": what})
        yield
