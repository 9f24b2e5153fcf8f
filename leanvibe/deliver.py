"""Put a released application where the founder asked for it, without touching what they have edited."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storage.archive import extract_zip

if TYPE_CHECKING:
    from db.queries.results import ArtifactView
    from storage.store import Store

MANIFEST = "MANIFEST.json"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Where the application lies."""

    archive: Path
    folder: Path


def deliver(store: Store, archive: ArtifactView, out: Path) -> Delivery:
    """Copy the archive into `out` and unpack it beside.

    A folder of an earlier delivery is brought up to date when its files are as they were delivered (what
    was added to it stays); one that was edited is left alone, and the new one gets a number.
    """
    out.mkdir(parents=True, exist_ok=True)
    path = out / Path(archive.key).name
    path.write_bytes(store.get(archive.key))
    with tempfile.TemporaryDirectory(dir=out, prefix=".unpacking-") as unpacked:
        extract_zip(path, Path(unpacked))
        source = next(Path(unpacked).iterdir())
        folder = _place(out, source.name)
        for stale in _delivered(folder).keys() - _delivered(source).keys():
            (folder / stale).unlink(missing_ok=True)
        shutil.copytree(source, folder, dirs_exist_ok=True)
    return Delivery(archive=path, folder=folder)


def _place(out: Path, name: str) -> Path:
    """The first of name, name-2, name-3 … that is free or untouched."""
    number = 1
    while True:
        folder = out / (name if number == 1 else f"{name}-{number}")
        if not folder.exists() or untouched(folder):
            return folder
        number += 1


def untouched(folder: Path) -> bool:
    """Whether every file of the delivery is there as it was delivered."""
    delivered = _delivered(folder)
    return bool(delivered) and all(
        (folder / path).is_file() and hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
        for path, digest in delivered.items()
    )


def _delivered(folder: Path) -> dict[str, str]:
    """Path → sha256 of what the folder's manifest lists; empty when it has none that can be read."""
    try:
        listing = json.loads((folder / MANIFEST).read_text())
        return {file["path"]: file["sha256"] for file in listing["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
