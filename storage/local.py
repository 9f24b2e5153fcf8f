"""A store in a folder of this machine: each object a file, under its key."""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from storage.errors import InvalidKey, KeyConflict, NotFound, StorageError, StoreUnavailable
from storage.keys import validate, validate_prefix
from storage.store import Stored, media_type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 1024 * 1024
TRIES = 20


class LocalStore:
    """Objects below `root`: `objects/` holds them, `notes/` their checksums, `incoming/` what is on its way.

    Any number of threads and processes may use the same root: an object is renamed into its place as a whole.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self._objects = self._root / "objects"
        self._notes = self._root / "notes"
        self._incoming = self._root / "incoming"

    def put(self, key: str, content: bytes | BinaryIO, *, media_type: str | None = None) -> Stored:
        """Keep these bytes, or those the stream gives until its end; durable when it returns."""
        target = self.path(key)
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        with _told(key):
            self._incoming.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._incoming)
            temporary = Path(name)
            with os.fdopen(descriptor, "wb") as file:
                try:
                    sha256, size = _copy(stream, file)
                    os.fchmod(file.fileno(), 0o644)
                    file.flush()
                    os.fsync(file.fileno())
                    seen = os.fstat(file.fileno())
                    self._place(temporary, target)
                except BaseException:
                    temporary.unlink(missing_ok=True)
                    raise
            stored = Stored(key=key, sha256=sha256, bytes=size, media_type=media_type or media_type_of(key))
            self._note(stored, seen)
        return stored

    def get(self, key: str) -> bytes:
        """All bytes of the object; raises NotFound."""
        with self.open(key) as stream:
            return stream.read()

    def open(self, key: str) -> BinaryIO:
        """The object as a stream for the caller to close; raises NotFound."""
        path = self.path(key)
        with _told(key):
            # Neither a link nor a device or pipe that somebody put there is ever read.
            try:
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            except NotADirectoryError as error:
                raise NotFound(f"no object {key} in this store") from error
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.close(descriptor)
                raise NotFound(f"no object {key} in this store")
            return os.fdopen(descriptor, "rb")

    def stat(self, key: str) -> Stored:
        """The object without its bytes; raises NotFound."""
        with self.open(key) as stream:
            noted = self._noted(key, os.fstat(stream.fileno()))
            if noted is not None:
                return noted
            sha256, size = _copy(stream, None)
            return Stored(key=key, sha256=sha256, bytes=size, media_type=media_type_of(key))

    def keys(self, prefix: str = "") -> Iterator[str]:
        """The keys that begin with the prefix, in the order of their characters."""
        top = validate_prefix(prefix).rpartition("/")[0]
        folder = self.path(top) if top else self._objects
        found = (
            (Path(parent) / name).relative_to(self._objects).as_posix()
            for parent, _, names in os.walk(folder)
            for name in names
            if not (Path(parent) / name).is_symlink()
        )
        return iter(sorted(key for key in found if key.startswith(prefix)))

    def delete(self, key: str) -> None:
        """Forget the object, if there is one, and the folders that are empty without it."""
        path = self.path(key)
        with _told(key):
            for place, top in ((path, self._objects), (self._note_path(key), self._notes)):
                with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    place.unlink()
                for folder in place.parents:
                    if folder == top or not _remove_empty(folder):
                        break

    def path(self, key: str) -> Path:
        """The object as a file; raises InvalidKey when a link on the way leads elsewhere."""
        path = self._objects
        for segment in validate(key).split("/"):
            path /= segment
            if path.is_symlink():
                raise InvalidKey(f"{key} leads through a link at {path}; remove the link")
        return path

    def _note_path(self, key: str) -> Path:
        return self._notes / f"{hashlib.sha256(key.encode()).hexdigest()}.json"

    def _place(self, temporary: Path, target: Path) -> None:
        """Rename into place and make the name durable."""
        for _ in range(TRIES):
            # A folder that was empty may be removed by `delete` in this moment; then it is made again.
            with suppress(FileNotFoundError):
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary.replace(target)
                break
        else:
            raise StoreUnavailable(f"{target.parent} is removed again and again; look at the store's folder")
        descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _note(self, stored: Stored, seen: os.stat_result) -> None:
        """Remember the checksum of exactly this file; only a help, for it can be computed again."""
        text = json.dumps([stored.sha256, stored.bytes, stored.media_type, seen.st_mtime_ns, seen.st_ino])
        self._notes.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=self._incoming, delete=False, encoding="utf-8") as file:
            file.write(text)
        Path(file.name).replace(self._note_path(stored.key))

    def _noted(self, key: str, seen: os.stat_result) -> Stored | None:
        """What was remembered of exactly this file, None when nothing was."""
        try:
            sha256, size, media_type, mtime_ns, inode = json.loads(self._note_path(key).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        if (size, mtime_ns, inode) != (seen.st_size, seen.st_mtime_ns, seen.st_ino):
            return None
        return Stored(key=key, sha256=sha256, bytes=size, media_type=media_type)


def _copy(source: BinaryIO, target: BinaryIO | None) -> tuple[str, int]:
    """Copy to the end, if there is a target; checksum and size of what was read."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
    return digest.hexdigest(), size


def _remove_empty(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


@contextmanager
def _told(key: str) -> Iterator[None]:
    """The operating system's errors in this package's words."""
    try:
        yield
    except StorageError:
        raise
    except FileNotFoundError as error:
        raise NotFound(f"no object {key} in this store") from error
    except (NotADirectoryError, IsADirectoryError, FileExistsError) as error:
        raise KeyConflict(f"{key} cannot be an object: it is a folder of another, or lies in one") from error
    except OSError as error:
        raise StoreUnavailable(
            f"{key} cannot be kept or read: {error}; look at the store's folder"
        ) from error
