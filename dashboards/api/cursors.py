"""Cursors of log pages: a place in the order of lines, as an opaque text."""

from __future__ import annotations

import base64
import datetime as dt
import re
import struct
import uuid

from dashboards.errors import InvalidCursor
from db.queries.log_lines import LogCursor

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LAYOUT = struct.Struct(">q16sq")  # microseconds since the epoch, producer, sequence
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
LENGTH = 43
"""Characters of a cursor."""


def encode(cursor: LogCursor) -> str:
    """The cursor as 43 characters that need no escaping in a URL."""
    microseconds = (cursor.occurred_at - EPOCH) // dt.timedelta(microseconds=1)
    packed = _LAYOUT.pack(microseconds, cursor.producer.bytes, cursor.sequence)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str) -> LogCursor:
    """The cursor that was encoded; raises InvalidCursor."""
    if not _SHAPE.fullmatch(text):
        raise InvalidCursor
    try:
        microseconds, producer, sequence = _LAYOUT.unpack(base64.urlsafe_b64decode(f"{text}="))
        occurred_at = EPOCH + dt.timedelta(microseconds=microseconds)
    except (ValueError, OverflowError, struct.error) as error:
        raise InvalidCursor from error
    return LogCursor(occurred_at=occurred_at, producer=uuid.UUID(bytes=producer), sequence=sequence)
