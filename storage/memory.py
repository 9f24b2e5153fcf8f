"""A store in memory, for tests: the same contract as every other."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, BinaryIO

from storage.errors import KeyConflict, NotFound
from storage.keys import validate, validate_prefix
from storage.store import Stored, media_type_of

if TYPE_CHECKING:
    from collections.abc import Iterator


class MemoryStore:
    """Objects in a dictionary; gone with it."""

    def __init__(self) -> None:
        self._objects: dict[str, tuple[Stored, bytes]] = {}

    def put(self, key: str, content: bytes | BinaryIO, *, media_type: str | None = None) -> Stored:
        """Keep these bytes, or those the stream gives until its end."""
        self._refuse_conflict(validate(key))
        data = content if isinstance(content, bytes) else content.read()
        stored = Stored(
            key=key,
            sha256=hashlib.sha256(data).hexdigest(),
            bytes=len(data),
            media_type=media_type or media_type_of(key),
        )
        self._objects[key] = (stored, data)
        return stored

    def get(self, key: str) -> bytes:
        """All bytes of the object; raises NotFound."""
        return self._object(key)[1]

    def open(self, key: str) -> BinaryIO:
        """The object as a stream; raises NotFound."""
        return io.BytesIO(self.get(key))

    def stat(self, key: str) -> Stored:
        """The object without its bytes; raises NotFound."""
        return self._object(key)[0]

    def keys(self, prefix: str = "") -> Iterator[str]:
        """The keys that begin with the prefix, in the order of their characters."""
        validate_prefix(prefix)
        return iter(sorted(key for key in self._objects if key.startswith(prefix)))

    def delete(self, key: str) -> None:
        """Forget the object, if there is one."""
        self._objects.pop(validate(key), None)

    def _object(self, key: str) -> tuple[Stored, bytes]:
        try:
            return self._objects[validate(key)]
        except KeyError as error:
            raise NotFound(f"no object {key} in this store") from error

    def _refuse_conflict(self, key: str) -> None:
        for other in self._objects:
            if other.startswith(f"{key}/") or key.startswith(f"{other}/"):
                raise KeyConflict(f"{key} cannot be kept beside {other}: one would be a folder of the other")
