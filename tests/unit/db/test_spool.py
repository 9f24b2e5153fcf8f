"""The spool keeps rows in order, one reader at a time, and sets damage aside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from db.errors import DatabaseError, DatabaseUnavailable
from db.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


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
    segment = tmp_path / "a.jsonl"
    segment.write_bytes(segment.read_bytes()[:-4])
    seen: list[str] = []
    spool.drain(seen.append)
    assert seen == ["good"]
    assert b"torn" in (tmp_path / "a.damaged").read_bytes()


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
