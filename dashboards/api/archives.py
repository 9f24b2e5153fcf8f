"""Download of archives: streamed from the store, named, with the checksum as their ETag."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

from blocks.artifacts import artifact_store
from dashboards.errors import ArchiveMissing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from db.queries.results import ArtifactView

CHUNK = 256 * 1024


def download(archive: ArtifactView, *, known: str | None) -> Response:
    """The archive as an attachment, or 304 when the caller's ETags name it already.

    Raises ArchiveMissing when the store holds other bytes than were released, and
    storage.errors.NotFound when it holds none.
    """
    etag = f'"{archive.sha256}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if known is not None and _names(known, etag):
        return Response(status_code=304, headers=headers)
    store = artifact_store()
    if store.stat(archive.key).sha256 != archive.sha256:
        raise ArchiveMissing(
            "the archive in the store is not the one that was released; run the pipeline again"
        )
    headers |= {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file_name(archive), safe='')}",
        "Content-Length": str(archive.bytes),
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(_chunks(store.open(archive.key)), media_type=archive.media_type, headers=headers)


def file_name(archive: ArtifactView) -> str:
    """What the downloaded file is called."""
    return archive.key.rpartition("/")[2]


def _names(known: str, etag: str) -> bool:
    """Whether an If-None-Match header holds this ETag; a weak one names the same bytes."""
    return any(each.strip().removeprefix("W/") in {etag, "*"} for each in known.split(","))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK):
            yield chunk
