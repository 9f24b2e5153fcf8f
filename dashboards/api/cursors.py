"""Cursors of log pages as the API gives and takes them: signed with this home's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocks.cursor_key import cursor_key
from dashboards.errors import InvalidCursor
from db.queries import log_cursors

if TYPE_CHECKING:
    from db.queries.logs import LogCursor, LogFilter


def encode(cursor: LogCursor, wanted: LogFilter) -> str:
    """The cursor as a text that needs no escaping in a URL."""
    return log_cursors.encode(cursor, scope=wanted.scope, key=cursor_key())


def decode(text: str, wanted: LogFilter) -> LogCursor:
    """The cursor that was given for these lines; raises InvalidCursor."""
    try:
        return log_cursors.decode(text, scope=wanted.scope, key=cursor_key())
    except log_cursors.CursorRefused as error:
        raise InvalidCursor from error
