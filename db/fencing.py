"""The lease that this process writes under: every transaction of its attempt carries it to the database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STALE = "LV001"
"""SQLSTATE with which the database refuses a write of an attempt whose lease is not in force."""

_held: list[int] = []


def held() -> int | None:
    """The token of the lease this process holds, None outside of an attempt."""
    return _held[-1] if _held else None


@contextmanager
def holding(token: int) -> Iterator[None]:
    """Within, every transaction of this process is one of the attempt that holds the lease, in any thread."""
    _held.append(token)
    try:
        yield
    finally:
        _held.remove(token)
