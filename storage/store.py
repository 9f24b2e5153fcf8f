"""What every artifact store can do, wherever it keeps its objects."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """One object, as it is kept."""

    key: str
    sha256: str
    bytes: int
    media_type: str


class Store(Protocol):
    """Objects by key. Every method raises InvalidKey for a text that is no key, and StoreUnavailable.

    A key that is a folder of another one (`a` and `a/b`) is refused with KeyConflict, so that objects can be
    files. An object is there as a whole or not at all, whatever happens while it is written.
    """

    def put(self, key: str, content: bytes | BinaryIO, *, media_type: str | None = None) -> Stored:
        """Keep these bytes, or those the stream gives until its end, in place of any before them."""
        ...

    def get(self, key: str) -> bytes:
        """All bytes of the object; raises NotFound."""
        ...

    def open(self, key: str) -> BinaryIO:
        """The object as a stream for the caller to close; raises NotFound."""
        ...

    def stat(self, key: str) -> Stored:
        """The object without its bytes; raises NotFound."""
        ...

    def keys(self, prefix: str = "") -> Iterator[str]:
        """The keys that begin with the prefix, in the order of their characters."""
        ...

    def delete(self, key: str) -> None:
        """Forget the object; that there is none is fine."""
        ...


def media_type_of(key: str) -> str:
    """The media type that the key's ending stands for."""
    return _TYPES.guess_type(key, strict=True)[0] or UNKNOWN


# The module's own table: the one mimetypes shares depends on files of the machine.
_TYPES = mimetypes.MimeTypes()
_TYPES.add_type("application/yaml", ".yaml")
_TYPES.add_type("text/markdown", ".md")
