"""One contract for every store: what holds for one holds for all."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from typing import TYPE_CHECKING

import pytest

from storage.errors import InvalidKey, KeyConflict, NotFound, StorageError, StoreUnavailable
from storage.local import LocalStore
from storage.memory import MemoryStore
from storage.store import UNKNOWN, Stored, media_type_of

if TYPE_CHECKING:
    from pathlib import Path

    from storage.store import Store

BAD_KEYS = [
    "",
    "/",
    "/etc/passwd",
    "../up",
    "a/../b",
    "a//b",
    "a/",
    ".",
    "a\\b",
    "a\0b",
    "C:/x",
    "nul",
    "a/con.txt",
]


@pytest.fixture(params=["local", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return LocalStore(tmp_path / "store") if request.param == "local" else MemoryStore()


def test_what_was_put_is_got(store: Store) -> None:
    stored = store.put("t/p/e/release/app.zip", b"bytes")
    assert stored == Stored(
        key="t/p/e/release/app.zip",
        sha256=hashlib.sha256(b"bytes").hexdigest(),
        bytes=5,
        media_type="application/zip",
    )
    assert store.get(stored.key) == b"bytes"
    assert store.stat(stored.key) == stored
    with store.open(stored.key) as stream:
        assert stream.read(2) == b"by"
        stream.seek(3)
        assert stream.read() == b"es"


def test_a_stream_is_kept_to_its_end(store: Store) -> None:
    data = os.urandom(3 * 1024 * 1024 + 17)
    stored = store.put("big", io.BytesIO(data), media_type="image/png")
    assert (stored.sha256, stored.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert store.stat("big").media_type == "image/png"
    assert store.get("big") == data


def test_a_second_put_replaces_the_first(store: Store) -> None:
    store.put("a/b.json", b"first")
    store.put("a/b.json", b"2nd")
    assert store.get("a/b.json") == b"2nd"
    assert store.stat("a/b.json").bytes == 3
    assert list(store.keys()) == ["a/b.json"]


def test_an_empty_object_is_an_object(store: Store) -> None:
    assert store.put("empty", b"").bytes == 0
    assert store.get("empty") == b""


def test_keys_are_listed_by_prefix_in_order(store: Store) -> None:
    for key in ("a/c", "a/b/1", "a/b-1", "b", "a/ä"):
        store.put(key, b"")
    assert list(store.keys()) == ["a/b-1", "a/b/1", "a/c", "a/ä", "b"]
    assert list(store.keys("a/b")) == ["a/b-1", "a/b/1"]
    assert list(store.keys("a/b/")) == ["a/b/1"]
    assert list(store.keys("none/")) == []


def test_what_is_not_there_is_not_found(store: Store) -> None:
    store.put("a/b", b"")
    for key in ("none", "a", "a/none", "a/b/c"):
        for read in (store.get, store.open, store.stat):
            with pytest.raises(NotFound, match=f"no object {key}"):
                read(key)


def test_what_was_deleted_is_gone_and_deleting_again_is_fine(store: Store) -> None:
    store.put("a/b/c", b"x")
    store.put("a/d", b"y")
    for _ in range(2):
        store.delete("a/b/c")
    store.delete("a")
    assert list(store.keys()) == ["a/d"]
    assert store.put("a/b", b"z").bytes == 1


def test_an_object_is_never_a_folder_of_another(store: Store) -> None:
    store.put("a/b", b"x")
    for key in ("a", "a/b/c", "a/b/c/d"):
        with pytest.raises(KeyConflict, match="folder"):
            store.put(key, b"y")
    assert list(store.keys()) == ["a/b"]


@pytest.mark.parametrize("key", BAD_KEYS)
def test_no_method_takes_what_is_no_key(store: Store, key: str) -> None:
    with pytest.raises(InvalidKey):
        store.put(key, b"x")
    for use in (store.get, store.open, store.stat, store.delete):
        with pytest.raises(InvalidKey):
            use(key)
    assert list(store.keys()) == []


@pytest.mark.parametrize("prefix", ["../", "/", "/etc/", "a/../", "a//"])
def test_no_prefix_leaves_the_store(store: Store, prefix: str) -> None:
    with pytest.raises(InvalidKey):
        store.keys(prefix)


def test_a_stream_that_breaks_leaves_the_object_as_it_was(store: Store) -> None:
    class Broken(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            raise ValueError("the stream broke")

    store.put("a", b"whole")
    with pytest.raises(ValueError, match="the stream broke"):
        store.put("a", Broken())
    assert store.get("a") == b"whole"
    assert list(store.keys()) == ["a"]


def test_writers_side_by_side_leave_one_whole_object(store: Store) -> None:
    texts = [bytes([65 + number]) * 200_000 for number in range(6)]
    threads = [threading.Thread(target=store.put, args=("shared/key", text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.get("shared/key") in texts
    stored = store.stat("shared/key")
    assert stored.sha256 == hashlib.sha256(store.get("shared/key")).hexdigest()


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put("a/b", b"x")
    with pytest.raises(KeyConflict):
        store.put("a", b"x")
    assert list((tmp_path / "incoming").iterdir()) == []


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    store.put("a/b", b"x")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "file").write_text("secret")
    (tmp_path / "store" / "objects" / "link").symlink_to(secret)
    (tmp_path / "store" / "objects" / "a" / "link").symlink_to(secret / "file")
    for key in ("link/file", "link", "a/link"):
        with pytest.raises(InvalidKey, match="link"):
            store.get(key)
        with pytest.raises(InvalidKey, match="link"):
            store.put(key, b"x")
    assert list(store.keys()) == ["a/b"]
    assert (secret / "file").read_text() == "secret"


def test_a_pipe_is_no_object(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put("a", b"x")
    os.mkfifo(tmp_path / "objects" / "pipe")
    with pytest.raises(NotFound):
        store.get("pipe")


def test_the_checksum_is_of_the_bytes_that_are_there(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put("a.txt", b"before")
    (tmp_path / "objects" / "a.txt").write_bytes(b"after")
    assert store.stat("a.txt").sha256 == hashlib.sha256(b"after").hexdigest()
    for note in (tmp_path / "notes").iterdir():
        note.write_text("not JSON")
    assert store.stat("a.txt") == Stored(
        key="a.txt", sha256=hashlib.sha256(b"after").hexdigest(), bytes=5, media_type="text/plain"
    )


def test_a_folder_that_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        LocalStore(tmp_path / "file").put("a", b"x")


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreUnavailable, match="No space left"):
        LocalStore(tmp_path).put("a", b"x")
    assert list((tmp_path / "incoming").iterdir()) == []


def test_the_media_type_is_known_from_the_ending() -> None:
    assert media_type_of("a/README.md") == "text/markdown"
    assert media_type_of("a/files.json") == "application/json"
    assert media_type_of("a/interview.yaml") == "application/yaml"
    assert media_type_of("a/none") == UNKNOWN
