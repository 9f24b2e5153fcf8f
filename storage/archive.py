"""Reproducible zip archives, and a reader that no archive can talk into harm."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from storage.errors import InvalidArchive, InvalidKey, StorageError
from storage.keys import validate

if TYPE_CHECKING:
    from collections.abc import Iterable

TIME = (1980, 1, 1, 0, 0, 0)  # the first that the format can hold
UNIX = 3
ENCRYPTED = 0x1
SPOOL_BYTES = 16 * 1024 * 1024
CHUNK = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One file of an archive."""

    path: str
    data: bytes
    executable: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What an archive may hold at most before it is taken for a bomb."""

    files: int = 10_000
    file_bytes: int = 256 * 1024 * 1024
    total_bytes: int = 1024 * 1024 * 1024
    ratio: int = 200


def write_zip(entries: Iterable[Entry], stream: BinaryIO) -> None:
    """Write the archive: the same entries, in any order, give the same bytes. Raises InvalidArchive."""
    ordered = sorted(entries, key=lambda entry: entry.path)
    _refuse_clashes([entry.path for entry in ordered])
    # Not straight into the stream: the format differs for streams that cannot go back.
    with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as whole:
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
            for entry in ordered:
                archive.writestr(_header(entry), entry.data)
        whole.seek(0)
        shutil.copyfileobj(whole, stream)


def extract_zip(path: Path, destination: Path, *, bounds: Bounds | None = None) -> list[Path]:
    """Unpack into `destination`, which must not exist or be empty; the files written, sorted.

    Links, devices, paths that leave the destination, clashing names and bombs are refused before anything is
    written; after an error the destination is as it was. Raises InvalidArchive.
    """
    bounds = bounds or Bounds()
    if destination.is_symlink() or (destination.exists() and any(destination.iterdir())):
        raise StorageError(f"{destination} is not empty; name a new folder")
    destination.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=destination.parent))
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive, bounds)
            for member in members:
                _extract(archive, member, temporary)
        temporary.chmod(0o755)
        temporary.replace(destination)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidArchive(f"{path.name} cannot be unpacked: {error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return sorted(destination / member.filename for member in members)


def _header(entry: Entry) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(entry.path, TIME)
    info.create_system = UNIX  # on every system, or the bytes would differ
    info.external_attr = (stat.S_IFREG | (0o755 if entry.executable else 0o644)) << 16
    # Nothing is compressed: zlib and its replacements write different bytes for the same text.
    info.compress_type = zipfile.ZIP_STORED
    return info


def _members(archive: zipfile.ZipFile, bounds: Bounds) -> list[zipfile.ZipInfo]:
    """The archive's files, all of them harmless; raises InvalidArchive."""
    infos = archive.infolist()
    if len(infos) > bounds.files:
        raise InvalidArchive(f"more than {bounds.files} files; this is no archive of ours")
    for info in infos:
        _refuse_dangerous(info, bounds)
    if sum(info.file_size for info in infos) > bounds.total_bytes:
        raise InvalidArchive(f"more than {bounds.total_bytes} bytes unpacked; this is no archive of ours")
    members = [info for info in infos if not info.is_dir()]
    _refuse_clashes([member.filename for member in members])
    return members


def _refuse_dangerous(info: zipfile.ZipInfo, bounds: Bounds) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    # zipfile cuts a name at NUL and turns foreign separators, so the name as it was written counts too.
    for name in {info.filename, info.orig_filename}:
        _valid(name.removesuffix("/"))
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise InvalidArchive(f"{info.filename!r} is a link or a device; this is no archive of ours")
    if info.flag_bits & ENCRYPTED:
        raise InvalidArchive(f"{info.filename!r} is encrypted; unpack it with its password elsewhere")
    if info.file_size > bounds.file_bytes or info.file_size > bounds.ratio * max(info.compress_size, 1024):
        raise InvalidArchive(f"{info.filename!r} unpacks to {info.file_size} bytes, too many for its size")


def _refuse_clashes(paths: list[str]) -> None:
    """Raise InvalidArchive for paths that some file system cannot hold, or not together."""
    seen: dict[str, str] = {}
    for path in paths:
        _valid(path)
        if path.casefold() in seen:
            raise InvalidArchive(f"{path!r} and {seen[path.casefold()]!r} are the same file on some systems")
        seen[path.casefold()] = path
    for path in paths:
        parts = path.casefold().split("/")
        for length in range(1, len(parts)):
            if "/".join(parts[:length]) in seen:
                raise InvalidArchive(f"{path!r} lies in a folder that is a file of the archive too")


def _valid(path: str) -> None:
    try:
        validate(path)
    except InvalidKey as error:
        raise InvalidArchive(f"{path!r} cannot be a path in an archive: {error}") from error


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    target = folder / member.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    executable = member.external_attr >> 16 & 0o100
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(target, flags, 0o755 if executable else 0o644)
    left = member.file_size
    with archive.open(member) as source, os.fdopen(descriptor, "wb") as file:
        while chunk := source.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:  # the directory of the archive lies about the size
                raise InvalidArchive(f"{member.filename!r} holds more than it says")
            file.write(chunk)
