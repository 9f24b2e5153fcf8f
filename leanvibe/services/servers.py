"""Servers elsewhere, which a setting names: nothing is started for them, but they have to answer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.server import check_database, without_password
from leanvibe.errors import Unreachable
from leanvibe.services.probe import answers

if TYPE_CHECKING:
    from blocks.settings import Settings


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
        """Raise DatabaseUnavailable or DatabaseTooOld when the named database is no use."""
        if self.database_url:
            check_database(self.database_url)
