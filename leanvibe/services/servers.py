"""Servers elsewhere, which a setting names: nothing is started for them, but they have to answer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from db.errors import DatabaseUnavailable
from leanvibe.errors import LeanvibeError, Unreachable
from leanvibe.services.probe import answers

if TYPE_CHECKING:
    from blocks.settings import Settings

OLDEST_POSTGRES = 15


@dataclass(frozen=True, kw_only=True)
class Servers:
    """The addresses that settings name; empty for the ones of this machine."""

    database_url: str
    prefect_api_url: str

    @classmethod
    def of(cls, chosen: Settings) -> Servers:
        """What the settings and the environment name."""
        url = chosen.database_url
        return cls(
            database_url="" if url is None else url.get_secret_value(),
            prefect_api_url=os.environ.get("PREFECT_API_URL", "").rstrip("/"),
        )

    def named(self) -> dict[str, str]:
        """Setting → address, only those that are set."""
        found = {"LEANVIBE_DATABASE_URL": self.database_url, "PREFECT_API_URL": self.prefect_api_url}
        return {setting: address for setting, address in found.items() if address}

    def check(self) -> None:
        """Raise DatabaseUnavailable, Unreachable or LeanvibeError, in one clear line, when one is no use."""
        self.check_database()
        if self.prefect_api_url and not answers(f"{self.prefect_api_url}/health"):
            raise Unreachable("Prefect server", without_password(self.prefect_api_url), "PREFECT_API_URL")

    def check_database(self) -> None:
        """The database's half of `check`."""
        if self.database_url:
            check_database(self.database_url)


def check_database(url: str) -> int:
    """The server's major version; raises DatabaseUnavailable, or LeanvibeError when it is too old."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise DatabaseUnavailable(without_password(url)) from error
    if version < OLDEST_POSTGRES:
        raise LeanvibeError(
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
