"""Where artifacts are kept: today the local store under LEANVIBE_HOME."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blocks.settings import settings
from storage.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

    from storage.store import Store


def artifact_store() -> Store:
    """The store every stage writes to."""
    return LocalStore(settings().artifacts)


def artifact_path(key: str) -> Path:
    """The object as a file of this machine, to be read and not to be changed."""
    return LocalStore(settings().artifacts).path(key)
