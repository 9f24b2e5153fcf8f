"""Where the database is: the setting's answer, or the embedded one that runs under LEANVIBE_HOME."""

from __future__ import annotations

from blocks.settings import Settings, settings
from db import embedded
from db.errors import DatabaseUnavailable


def database_url(chosen: Settings | None = None) -> str:
    """The URL of the database; raises DatabaseUnavailable when none is named and none runs here."""
    chosen = chosen or settings()
    if chosen.database_url is not None:
        return chosen.database_url.get_secret_value()
    url = embedded.running_url(chosen.home)
    if url is None:
        raise DatabaseUnavailable(str(chosen.home / "postgres"))
    return url
