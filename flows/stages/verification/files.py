"""Writes the generated files into the sandbox's folder; no path leaves it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flows.stages.verification.errors import CheckFailed

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import FileSet


def write(files: FileSet, folder: Path) -> int:
    """Write all files below the folder, which must be new; answers how many. Raises CheckFailed."""
    for file in files.files:
        target = folder / relative(file.path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8", newline="") as stream:
                stream.write(file.text)
            target.chmod(0o755 if file.executable else 0o644)
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "its text is not valid Unicode"
            raise CheckFailed(f"{file.path!r} cannot be written: {reason}") from error
    return len(files.files)


def relative(path: str) -> PurePosixPath:
    """The path, checked to stay below any folder; raises CheckFailed."""
    parts = path.split("/")
    if not path.isprintable() or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        raise CheckFailed(f"{path!r} is not a path inside the application")
    return PurePosixPath(*parts)
