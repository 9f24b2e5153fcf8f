"""The key that signs cursors: the setting's, or one that is made once and kept under LEANVIBE_HOME."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from blocks.settings import settings

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES = 32


def cursor_key() -> bytes:
    """The same for every process of this home; raises OSError when it can be neither read nor kept."""
    chosen = settings()
    if chosen.cursor_key is not None:
        return chosen.cursor_key.get_secret_value().encode()
    return _kept(chosen.home / "cursor.key")


@lru_cache(maxsize=8)
def _kept(path: Path) -> bytes:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"cursor.key.{os.getpid()}")
    made.write_bytes(secrets.token_bytes(KEY_BYTES))
    made.chmod(0o600)
    with suppress(FileExistsError):
        path.hardlink_to(made)  # whole or not at all, and the first one counts
    made.unlink()
    return path.read_bytes()
