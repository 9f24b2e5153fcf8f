"""The spool keeps rows in order, one reader at a time, and sets damage aside."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import spool as spool_module
from db.errors import DatabaseError, DatabaseUnavailable, SpoolFull
from db.spool import Spool


def test_rows_come_back_in_order_and_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    spool.append(["1", "2"])
    spool.append(["3"])
    seen: list[str] = []
    assert spool.drain(seen.append) == 3
    assert seen == ["1", "2", "3"]
    assert spool.drain(seen.append) == 0
    assert spool.waiting() == 0


def test_a_row_with_line_breaks_of_every_kind_stays_one_row(tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    spool.append(["a\u2028b\x0bc\x85d\re"])
    seen: list[str] = []
    spool.drain(seen.append)
    assert seen == ["a\u2028b\x0bc\x85d\re"]


def test_a_torn_tail_is_set_aside_and_the_good_prefix_is_kept(tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    spool.append(["good", "torn away"])
    segment = next(tmp_path.glob("*.jsonl"))
    segment.write_bytes(segment.read_bytes()[:-4])
    seen: list[str] = []
    spool.drain(seen.append)
    assert seen == ["good"]
    assert b"torn" in next(tmp_path.glob("*.damaged")).read_bytes()


def test_an_absent_database_keeps_the_rows(tmp_path: Path) -> None:
    def away(_: str) -> None:
        raise DatabaseUnavailable("nowhere")

    spool = Spool(tmp_path, producer="a")
    spool.append(["1"])
    with pytest.raises(DatabaseUnavailable):
        spool.drain(away)
    assert spool.drain(lambda _: None) == 1


def test_a_refused_row_does_not_hold_up_the_rest(tmp_path: Path) -> None:
    seen: list[str] = []

    def picky(row: str) -> None:
        if row == "bad":
            raise DatabaseError("no")
        seen.append(row)

    spool = Spool(tmp_path, producer="a")
    spool.append(["bad", "good"])
    spool.drain(picky)
    assert seen == ["good"]
    assert (tmp_path / "a.refused").read_text() == "bad\n"


def test_two_that_drain_at_once_share_the_rows(tmp_path: Path) -> None:
    for producer in "abcdefgh":
        Spool(tmp_path, producer=producer).append([f"{producer}{number}" for number in range(20)])
    seen: list[str] = []
    with ThreadPoolExecutor(4) as pool:
        counts = pool.map(lambda name: Spool(tmp_path, producer=name).drain(seen.append), "wxyz")
        assert sum(counts) == 160
    assert len(seen) == len(set(seen)) == 160


def test_appending_while_another_drains_loses_nothing(tmp_path: Path) -> None:
    seen: list[str] = []
    writer = Spool(tmp_path, producer="a")

    def write(number: int) -> None:
        writer.append([str(number)])
        if number % 5 == 0:
            Spool(tmp_path, producer="b").drain(seen.append)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(100)))
    writer.drain(seen.append)
    assert sorted(map(int, seen)) == list(range(100))


def test_appending_goes_on_while_a_segment_is_drained(tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    spool.append(["1"])
    seen: list[str] = []

    def write(row: str) -> None:
        seen.append(row)
        if row == "1":
            spool.append(["2"])

    spool.drain(write)
    spool.drain(write)
    assert seen == ["1", "2"]


def test_a_segment_that_could_not_be_drained_is_not_replaced_by_the_next_one(tmp_path: Path) -> None:
    def away(_: str) -> None:
        raise DatabaseUnavailable("nowhere")

    spool = Spool(tmp_path, producer="a")
    for row in ("1", "2", "3"):
        spool.append([row])
        with pytest.raises(DatabaseUnavailable):
            spool.drain(away)
    seen: list[str] = []
    assert Spool(tmp_path, producer="b").drain(seen.append) == 3
    assert seen == ["1", "2", "3"]


def test_a_segment_is_closed_when_it_is_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool_module, "SEGMENT_BYTES", 30)
    spool = Spool(tmp_path, producer="a")
    for number in range(6):
        spool.append([f"row {number}"])
    assert len(list(tmp_path.glob("*.jsonl"))) == 3
    assert list(spool.rows()) == [f"row {number}" for number in range(6)]
    assert (spool.waiting(own=True), Spool(tmp_path, producer="b").waiting(own=True)) == (spool.waiting(), 0)


def test_a_damaged_row_between_good_ones_is_set_aside_and_told(tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    spool.append(["one", "two", "three"])
    segment = next(tmp_path.glob("*.jsonl"))
    segment.write_bytes(segment.read_bytes().replace(b"two", b"t\xffo"))
    seen: list[str] = []
    told: list[tuple[int, str, list[str]]] = []
    spool.drain(seen.append, lambda count, name, rows: told.append((count, name, rows)))
    assert seen == ["one", "three"]
    assert told == [(1, segment.stem, ["one", "three"])]


def test_log_lines_leave_room_for_the_other_rows(tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a", most_bytes=1000)
    spool.append(["x" * 880], bulk=True)
    with pytest.raises(SpoolFull, match="LEANVIBE_SPOOL_MB"):
        spool.append(["x" * 30], bulk=True)
    spool.append(["x" * 30])
    with pytest.raises(SpoolFull):
        spool.append(["x" * 80])
    assert spool.drain(lambda _: None) == 2


def test_a_disk_that_fills_up_tears_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write

    def full(segment: int, data: bytes) -> int:
        if len(data) > 40:
            write(segment, data[:20])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(segment, data)

    monkeypatch.setattr("db.spool.os.write", full)
    spool = Spool(tmp_path, producer="a")
    spool.append(["before"])
    with pytest.raises(SpoolFull, match="No space left"):
        spool.append(["x" * 60])
    spool.append(["after"])
    seen: list[str] = []
    spool.drain(seen.append)
    assert seen == ["before", "after"]
    assert not list(tmp_path.glob("*.damaged"))


def test_a_process_that_was_killed_while_it_drained_keeps_nobody_away(tmp_path: Path) -> None:
    spool = Spool(tmp_path, producer="a")
    spool.append(["1"])
    code = (
        "import os, pathlib, signal, sys\n"
        "from db.spool import Spool\n"
        "spool = Spool(pathlib.Path(sys.argv[1]), producer='b')\n"
        "spool.drain(lambda _: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert spool.drain(lambda _: None) == 1


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=20), st.integers(0, 400))
def test_whatever_is_cut_off_the_rows_before_are_whole(rows: list[str], cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder), producer="a")
        spool.append([json.dumps(row) for row in rows])
        for segment in Path(folder).glob("*.jsonl"):
            os.truncate(segment, max(segment.stat().st_size - cut, 0))
        kept = [json.loads(row) for row in spool.rows()]
        assert kept == rows[: len(kept)]
