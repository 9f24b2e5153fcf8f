"""Archives: the same entries are the same bytes, and no archive harms who unpacks it."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest

from storage.archive import Bounds, Entry, extract_zip, write_zip
from storage.errors import InvalidArchive, StorageError

ENTRIES = [
    Entry(path="app/b.py", data=b"print('b')\n"),
    Entry(path="app/run.sh", data=b"#!/bin/sh\n", executable=True),
    Entry(path="app/Zubehör.md", data="ä\n".encode()),
    Entry(path="app/empty", data=b""),
]


def written(entries: list[Entry]) -> bytes:
    stream = io.BytesIO()
    write_zip(entries, stream)
    return stream.getvalue()


def made(path: Path, contents: dict[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return path


def refused(path: Path, tmp_path: Path, words: str, bounds: Bounds | None = None) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InvalidArchive, match=words):
        extract_zip(path, tmp_path / "out", bounds=bounds)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_same_entries_are_the_same_bytes() -> None:
    assert written(ENTRIES) == written(ENTRIES[::-1])


def test_the_bytes_are_the_same_on_every_machine() -> None:
    digest = hashlib.sha256(written(ENTRIES)).hexdigest()
    assert digest == "9325b87cfbe86abd8ba1040398e48fb58e63375398d76f8728e0ef6a23917a30"


def test_a_stream_that_cannot_go_back_gets_the_same_bytes(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:  # type: ignore[override] # a test passes bytes only
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    write_zip(ENTRIES, pipe)  # type: ignore[arg-type] # all that is asked of a stream is write
    assert pipe.data == written(ENTRIES)
    assert not list(tmp_path.iterdir())


def test_times_and_modes_are_fixed() -> None:
    with zipfile.ZipFile(io.BytesIO(written(ENTRIES))) as archive:
        assert archive.testzip() is None
        assert [info.filename for info in archive.infolist()] == sorted(entry.path for entry in ENTRIES)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        modes = {info.filename: oct(info.external_attr >> 16) for info in archive.infolist()}
    assert modes["app/run.sh"] == "0o100755"
    assert modes["app/b.py"] == "0o100644"


def test_what_was_written_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(written(ENTRIES))
    out = tmp_path / "new" / "out"
    files = extract_zip(path, out)
    assert {file.relative_to(out).as_posix(): file.read_bytes() for file in files} == {
        entry.path: entry.data for entry in ENTRIES
    }
    assert (out / "app/run.sh").stat().st_mode & stat.S_IXUSR
    assert not (out / "app/b.py").stat().st_mode & stat.S_IXUSR
    with pytest.raises(StorageError, match="not empty"):
        extract_zip(path, out)


def test_folders_in_an_archive_are_fine_and_so_is_an_empty_destination(tmp_path: Path) -> None:
    path = made(tmp_path / "a.zip", {"app/": b"", "app/a": b"1"})
    (tmp_path / "out").mkdir()
    assert extract_zip(path, tmp_path / "out") == [tmp_path / "out" / "app" / "a"]


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../../up", "a\\..\\up", "C:/x", "a//b", "con"])
def test_a_path_that_leaves_the_destination_is_refused(tmp_path: Path, name: str) -> None:
    refused(made(tmp_path / "a.zip", {"good": b"1", name: b"2"}), tmp_path, "cannot be a path")


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.zip", {"good": b"1", "bad-x": b"2"})
    path.write_bytes(path.read_bytes().replace(b"bad-x", b"bad\0x"))
    refused(path, tmp_path, "cannot be a path")


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO):
        info = zipfile.ZipInfo("link")
        info.external_attr = (kind | 0o777) << 16
        refused(made(tmp_path / "a.zip", {info: b"/etc/passwd"}), tmp_path, "a link or a device")


def test_bombs_are_refused(tmp_path: Path) -> None:
    bomb = made(tmp_path / "a.zip", {"zeros": b"\0" * 10_000_000})
    refused(bomb, tmp_path, "too many for its size")
    many = made(tmp_path / "a.zip", {str(number): b"" for number in range(11)})
    refused(many, tmp_path, "more than 10 files", Bounds(files=10))
    large = made(tmp_path / "a.zip", {"a": b"x" * 600, "b": b"x" * 600})
    refused(large, tmp_path, "more than 1000 bytes", Bounds(total_bytes=1000))
    refused(large, tmp_path, "too many", Bounds(file_bytes=500))


def test_a_size_that_lies_is_refused(tmp_path: Path) -> None:
    data = b"x" * 5000
    path = made(tmp_path / "a.zip", {"a": data})
    path.write_bytes(path.read_bytes().replace(len(data).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    refused(path, tmp_path, "cannot be unpacked|more than it says")


def test_clashing_names_are_refused(tmp_path: Path) -> None:
    refused(made(tmp_path / "a.zip", {"a": b"1", "A": b"2"}), tmp_path, "the same file on some systems")
    refused(made(tmp_path / "a.zip", {"a": b"1", "a/b": b"2"}), tmp_path, "lies in a folder that is a file")
    with pytest.raises(InvalidArchive, match="the same file"):
        write_zip([Entry(path="a", data=b""), Entry(path="a", data=b"")], io.BytesIO())
    with pytest.raises(InvalidArchive, match="cannot be a path"):
        write_zip([Entry(path="../a", data=b"")], io.BytesIO())


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"not a zip")
    refused(path, tmp_path, "cannot be unpacked")
    path.write_bytes(written(ENTRIES)[:-30])
    refused(path, tmp_path, "cannot be unpacked")


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.zip", {"a": b"1"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    refused(path, tmp_path, "encrypted")


def test_a_link_as_destination_is_refused(tmp_path: Path) -> None:
    path = made(tmp_path / "a.zip", {"a": b"1"})
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    with pytest.raises(StorageError, match="not empty"):
        extract_zip(path, tmp_path / "out")
    assert list(Path(tmp_path / "real").iterdir()) == []
