"""Lines are shipped in order and in batches; nobody who logs waits for a database that does not answer."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from flows import log_shipper
from flows.log_shipper import LOST, Shipper


class FakeRecorder:
    """Remembers what it is given; hangs or refuses when told to."""

    def __init__(self) -> None:
        self.stored: list[list[str]] = []
        self.spooled: list[list[str]] = []
        self.room = True
        self.answers = threading.Event()
        self.answers.set()

    def log_lines(self, rows: list[str]) -> bool:
        assert self.answers.wait(20)
        if self.room:
            self.stored.append(list(rows))
        return self.room

    def spool_log_lines(self, rows: list[str]) -> bool:
        if self.room:
            self.spooled.append(list(rows))
        return self.room

    @property
    def all(self) -> list[str]:
        return [line for batch in [*self.stored, *self.spooled] for line in batch]


@pytest.fixture
def recorder() -> FakeRecorder:
    return FakeRecorder()


def _shipper(recorder: Any) -> Shipper[str]:
    return Shipper(lambda said: said, lambda message: message, recorder)  # type: ignore[arg-type,return-value]


def _put(shipper: Shipper[str], count: int, start: int = 0) -> list[str]:
    lines = [str(number) for number in range(start, start + count)]
    for line in lines:
        shipper.put(line, len(line))
    return lines


def test_lines_arrive_in_order_and_in_batches(recorder: FakeRecorder) -> None:
    shipper = _shipper(recorder)
    lines = _put(shipper, 2500)
    shipper.close()
    assert recorder.all == lines
    assert max(map(len, recorder.stored)) <= log_shipper.BATCH_LINES
    assert not recorder.spooled


def test_a_line_alone_is_shipped_by_its_age(recorder: FakeRecorder) -> None:
    shipper = _shipper(recorder)
    shipper.put("alone", 5)
    with shipper._shipped:
        assert shipper._shipped.wait_for(lambda: recorder.stored == [["alone"]], timeout=10)
    shipper.close()


def test_a_burst_beyond_the_memory_goes_to_the_spool(
    recorder: FakeRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_shipper, "MOST_LINES", 100)
    recorder.answers.clear()
    shipper = _shipper(recorder)
    lines = _put(shipper, 350)
    assert len(shipper._waiting) < 100
    assert recorder.spooled
    recorder.answers.set()
    shipper.close()
    assert sorted(recorder.all, key=int) == lines


def test_long_lines_count_by_their_characters(
    recorder: FakeRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_shipper, "MOST_CHARACTERS", 1000)
    recorder.answers.clear()
    shipper = _shipper(recorder)
    shipper.put("long", 1000)
    recorder.answers.set()
    shipper.close()
    assert recorder.all == ["long"]


def test_a_flush_does_not_wait_for_a_database_that_hangs(recorder: FakeRecorder) -> None:
    recorder.answers.clear()
    shipper = _shipper(recorder)
    lines = _put(shipper, log_shipper.BATCH_LINES + 10)
    shipper.flush(seconds=0.5)
    assert sorted(recorder.all, key=int) == lines
    recorder.answers.set()
    shipper.close()


def test_what_is_lost_is_counted_and_said(recorder: FakeRecorder) -> None:
    shipper = _shipper(recorder)
    recorder.room = False
    _put(shipper, 7)
    shipper.flush()
    _put(shipper, 2)
    shipper.flush()
    recorder.room = True
    shipper.put("after", 5)
    shipper.close()
    assert recorder.all == ["after", f"9 {LOST}"]


def test_a_line_that_cannot_be_made_takes_no_other_along(recorder: FakeRecorder) -> None:
    def line(said: str) -> str:
        return said if said != "bad" else str(1 // 0)

    shipper: Shipper[str] = Shipper(line, str, recorder)  # type: ignore[arg-type]
    for said in ("one", "bad", "two"):
        shipper.put(said, 3)
    shipper.close()
    assert recorder.all == ["one", "a log line could not be read: ZeroDivisionError", "two"]
