"""Writing the generated files: each where it belongs, none elsewhere."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from flows.contracts import FileSet
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.files import write

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_written_byte_by_byte(tmp_path: Path) -> None:
    texts = {"app/a.py": "ä\r\n\n", "run.sh": "#!/bin/sh\n"}
    assert write(FileSet.of(texts, executable=frozenset({"run.sh"})), tmp_path) == 2
    assert (tmp_path / "app/a.py").read_bytes() == "ä\r\n\n".encode()
    assert os.access(tmp_path / "run.sh", os.X_OK)
    assert not os.access(tmp_path / "app/a.py", os.X_OK)


@pytest.mark.parametrize(
    "path", ["../up", "/etc/x", "a/../../up", "", "a//b", "a\\..\\b", "a\0b", "./a", "a/", "a\nb", "\ud800"]
)
def test_no_path_escapes(tmp_path: Path, path: str) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    with pytest.raises(CheckFailed, match="not a path inside"):
        write(FileSet.of({path: "x"}), inside)
    assert list(tmp_path.rglob("*")) == [inside]


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed, match="'a/b' cannot be written"):
        write(FileSet.of({"a": "file", "a/b": "in it"}), tmp_path)
    with pytest.raises(CheckFailed, match="not valid Unicode"):
        write(FileSet.of({"c": "\ud800"}), tmp_path)
    with pytest.raises(CheckFailed, match="cannot be written: File name too long"):
        write(FileSet.of({"x" * 300: ""}), tmp_path)
