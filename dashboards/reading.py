"""Read from the database: one short transaction, with errors that say what a person can do."""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from blocks.database import database_url
from dashboards.errors import SchemaOutdated
from db import schema
from db.engine import transaction
from db.errors import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.engine import Connection


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection to read through; raises DatabaseUnavailable and SchemaOutdated."""
    url = database_url()
    try:
        with transaction(url) as connection:
            yield connection
    except DatabaseError:
        raise
    except Exception as error:
        if _is_migrated(url):
            raise
        raise SchemaOutdated from error


def check_readiness() -> None:
    """Whether pages and API can do their work; raises DatabaseUnavailable and SchemaOutdated."""
    if not _is_migrated(database_url()):
        raise SchemaOutdated


def _is_migrated(url: str) -> bool:
    return schema.current(url) == _head()


@lru_cache(maxsize=1)
def _head() -> str:
    """The newest migration does not change while this process lives, and finding it reads files."""
    return schema.head()
