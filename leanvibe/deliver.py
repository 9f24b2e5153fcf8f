"""Put a released application where the founder asked for it, and never write over what they have edited."""

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
OWN = "custom/"
"""Files below it belong to the owner from the first delivery on."""

NEW = ".new"
"""Behind the name of an edited file: what the factory would have written in its place."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """Where the application lies, and what of the owner's was kept."""

    archive: Path
    folder: Path
    kept: tuple[str, ...] = ()
    """Edited files, left as they are."""
    beside: tuple[str, ...] = ()
    """Files that hold what the factory would have written in place of an edited one."""


def deliver(store: Store, archive: ArtifactView, out: Path) -> Delivery:
    """Copy the archive into `out` and unpack it beside.

    A folder of an earlier delivery is brought up to date: files that are as they were delivered are replaced
    or removed; edited ones, and everything in custom/, stay, and where the factory's version changed too it
    is written beside. A folder that no delivery made is left alone, and the new one gets a number.
    """
    out.mkdir(parents=True, exist_ok=True)
    path = out / Path(archive.key).name
    path.write_bytes(store.get(archive.key))
    with tempfile.TemporaryDirectory(dir=out, prefix=".unpacking-") as unpacked:
        extract_zip(path, Path(unpacked))
        source = next(Path(unpacked).iterdir())
        folder = _place(out, source.name)
        kept, beside = _bring_up_to_date(folder, source)
    return Delivery(archive=path, folder=folder, kept=kept, beside=beside)


def _place(out: Path, name: str) -> Path:
    """The first of name, name-2, name-3 … that is free or was delivered before."""
    number = 1
    while True:
        folder = out / (name if number == 1 else f"{name}-{number}")
        if not folder.exists() or _delivered(folder):
            return folder
        number += 1


def _bring_up_to_date(folder: Path, source: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Move the new files in; the edited files that were kept, and the files written beside them."""
    before, now = _delivered(folder), _delivered(source)
    kept = [path for path in sorted(before.keys() | now.keys()) if _is_own(folder, path, before.get(path))]
    beside = []
    for path in sorted(before.keys() - now.keys() - set(kept)):
        (folder / path).unlink(missing_ok=True)
    for path in now:
        target = path
        if path in kept:
            if path.startswith(OWN) or now[path] in {before.get(path), _digest(folder / path)}:
                continue
            target = path + NEW
            beside.append(target)
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / path, folder / target)
    shutil.copy2(source / MANIFEST, folder / MANIFEST)
    return tuple(kept), tuple(beside)


def _is_own(folder: Path, path: str, delivered: str | None) -> bool:
    """Whether what lies there is the owner's work; nothing there is nobody's."""
    return (folder / path).exists() and _digest(folder / path) != delivered


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _delivered(folder: Path) -> dict[str, str]:
    """Path → sha256 of what the folder's manifest lists below it; empty when it has none that can be read."""
    try:
        listing = json.loads((folder / MANIFEST).read_text())
        listed = {str(file["path"]): file["sha256"] for file in listing["files"]}
        return {path: digest for path, digest in listed.items() if _is_below(path)}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _is_below(path: str) -> bool:
    return bool(path) and not Path(path).is_absolute() and ".." not in Path(path).parts
