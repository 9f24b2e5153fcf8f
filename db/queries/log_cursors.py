"""Cursors of log pages: a place in the order of lines as an opaque, signed text, good for one scope."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import re
import struct
import uuid

from db.errors import DatabaseError
from db.queries.logs import LogCursor

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LAYOUT = struct.Struct(">q16sq")  # microseconds since the epoch, producer, sequence
_SIGNATURE_BYTES = 16
LENGTH = 64
"""Characters of a cursor: three bytes are four of them, and 48 need no padding."""

_SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")


class CursorRefused(DatabaseError):
    """A text that no page of these log lines ended with."""

    def __init__(self) -> None:
        """Says nothing of what the text should have been: a cursor is opaque."""
        super().__init__("the cursor is none that was given for these log lines; begin without one")


def encode(cursor: LogCursor, *, scope: str, key: bytes) -> str:
    """The cursor as LENGTH characters that need no escaping in a URL."""
    microseconds = (cursor.occurred_at - EPOCH) // dt.timedelta(microseconds=1)
    packed = _LAYOUT.pack(microseconds, cursor.producer.bytes, cursor.sequence)
    return base64.urlsafe_b64encode(packed + _signature(packed, scope, key)).decode()


def decode(text: str, *, scope: str, key: bytes) -> LogCursor:
    """The cursor that was encoded with that key for that scope; raises CursorRefused."""
    if not _SHAPE.fullmatch(text):
        raise CursorRefused
    content = base64.urlsafe_b64decode(text)
    packed, signature = content[:-_SIGNATURE_BYTES], content[-_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(packed, scope, key)):
        raise CursorRefused
    microseconds, producer, sequence = _LAYOUT.unpack(packed)
    return LogCursor(
        occurred_at=EPOCH + dt.timedelta(microseconds=microseconds),
        producer=uuid.UUID(bytes=producer),
        sequence=sequence,
    )


def _signature(packed: bytes, scope: str, key: bytes) -> bytes:
    return hmac.new(key, packed + scope.encode(), hashlib.sha256).digest()[:_SIGNATURE_BYTES]
