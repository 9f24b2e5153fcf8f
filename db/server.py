"""The database server that a setting names: does it answer, and is it new enough."""

from __future__ import annotations

import psycopg

from db.errors import DatabaseError, DatabaseUnavailable

OLDEST_POSTGRES = 15
"""Older servers lack what the schema and its queries use."""

CONNECT_SECONDS = 5
"""How long a connection attempt may take before the database counts as away."""


class DatabaseTooOld(DatabaseError):
    """The server answers, and is older than what we need."""


def check_database(url: str) -> int:
    """The server's major version; raises DatabaseUnavailable or DatabaseTooOld."""
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            version = connection.info.server_version // 10_000
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise DatabaseUnavailable(without_password(url)) from error
    if version < OLDEST_POSTGRES:
        raise DatabaseTooOld(
            f"the database at {without_password(url)} is Postgres {version}; LeanVibe needs "
            f"{OLDEST_POSTGRES} or newer: name another one in LEANVIBE_DATABASE_URL"
        )
    return version


def without_password(url: str) -> str:
    """The address for people: no password, no options."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return "(not a URL)"
    location = rest.partition("?")[0]
    user, at, host = location.rpartition("@")
    return f"{scheme}://{user.partition(':')[0]}{at}{host}"
