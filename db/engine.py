"""Engines: one pool per process and database, every wait bounded."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from db import fencing
from db.errors import DatabaseError, DatabaseUnavailable, LeaseLost
from db.server import CONNECT_SECONDS, without_password

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

__all__ = ["Connection", "dispose", "driver_url", "engine", "transaction", "written_under"]


def driver_url(url: str) -> URL:
    """The URL with our driver named; raises DatabaseError when it is not a Postgres URL."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseError(
            "LEANVIBE_DATABASE_URL is not a URL; write postgresql://user:password@host:port/name"
        ) from error
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise DatabaseError(
            f"LEANVIBE_DATABASE_URL names {parsed.drivername}; "
            "LeanVibe keeps its rows in Postgres: postgresql://user:password@host:port/name"
        )
    return parsed.set(drivername="postgresql+psycopg")


@lru_cache(maxsize=8)
def engine(url: str) -> Engine:
    """The pooled engine of a database URL, made once per process."""
    return create_engine(
        driver_url(url),
        pool_size=4,
        max_overflow=8,
        pool_timeout=CONNECT_SECONDS,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "leanvibe"},
    )


# A connection serves one process: a forked child that used its parent's would take the answers of both.
os.register_at_fork(after_in_child=engine.cache_clear)


@contextmanager
def transaction(url: str) -> Iterator[Connection]:
    """One transaction, committed at the end, under the lease this process holds if it holds one.

    Raises DatabaseUnavailable when no connection can be had, LeaseLost when the lease is not in force.
    """
    with written_under(url, fencing.held()) as connection:
        yield connection


@contextmanager
def written_under(url: str, lease: int | None) -> Iterator[Connection]:
    """A transaction as above, of the attempt that holds or held that lease; None: of no attempt at all."""
    try:
        with engine(url).begin() as connection:
            if lease is not None:
                connection.execute(
                    text("select set_config('leanvibe.lease', :lease, true)"), {"lease": str(lease)}
                )
            try:
                yield connection
            except psycopg.OperationalError:  # of a COPY, which goes past SQLAlchemy
                connection.invalidate()
                raise
    except (OperationalError, PoolTimeoutError, psycopg.OperationalError) as error:
        raise DatabaseUnavailable(without_password(url)) from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == fencing.STALE:
            raise LeaseLost(str(error.orig).partition("\n")[0]) from error
        raise


def dispose(url: str) -> None:
    """Close the pooled connections of a database URL."""
    engine(url).dispose()
