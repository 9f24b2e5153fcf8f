"""Files of the generated application."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from flows.contracts.base import Contract


class GeneratedFile(Contract):
    """One text file of the generated application."""

    path: str = Field(description="relative, forward slashes, no dots, like app/models/pet.py")
    text: str
    executable: bool = False


class FileSet(Contract):
    """Files of one generator, sorted by path, no path twice."""

    files: tuple[GeneratedFile, ...]

    @classmethod
    def of(cls, files: dict[str, str], *, executable: frozenset[str] = frozenset()) -> Self:
        """Build from path → text."""
        return cls(
            files=tuple(
                GeneratedFile(path=path, text=files[path], executable=path in executable)
                for path in sorted(files)
            )
        )

    def below(self, folder: str) -> FileSet:
        """The same files inside a folder."""
        return FileSet(
            files=tuple(file.model_copy(update={"path": f"{folder}/{file.path}"}) for file in self.files)
        )

    def merged(self, *others: FileSet) -> FileSet:
        """All files together; raises ValueError naming a path that two sets hold."""
        merged: dict[str, GeneratedFile] = {}
        for file in (file for file_set in (self, *others) for file in file_set.files):
            if file.path in merged:
                raise ValueError(f"two generators write {file.path}")
            merged[file.path] = file
        return FileSet(files=tuple(merged[path] for path in sorted(merged)))
