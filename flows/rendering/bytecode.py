"""Keeps compiled templates beside Python's own bytecode, so that no process compiles them again."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class CompiledTemplates(jinja2.BytecodeCache):
    """One file per template in a `__pycache__`; a folder that cannot be written to is gone without."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept; Jinja drops it when the template or its own version is another."""
        try:
            with self._path(bucket).open("rb") as file:
                bucket.load_bytecode(file)
        except OSError:
            return

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it whole or not at all, unless Python itself is told to keep none."""
        if sys.dont_write_bytecode:
            return
        try:
            self.folder.mkdir(exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as file:
                bucket.write_bytecode(file)
            Path(file.name).replace(self._path(bucket))
        except OSError:
            return

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / f"template-{bucket.key}.{sys.implementation.cache_tag}"
