"""Live log lines: how late they are at 5,000 lines a second, and what a reader that stalls costs the writer.

Bounds: the 99th percentile from the call to the reader under 500 ms; with a stalled reader the writer keeps
at least 0.97 of its speed.
"""

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from log_database import EXECUTION, database, lines  # noqa: E402
from machine import describe  # noqa: E402
from paired import compare  # noqa: E402

from db.queries.log_tail import Tail  # noqa: E402
from db.queries.logs import LogFilter, LogLineView  # noqa: E402
from db.recorder import Recorder  # noqa: E402
from db.spool import Spool  # noqa: E402
from flows.live_logs import LiveLog  # noqa: E402
from flows.run_logs import RunLogHandler  # noqa: E402

LATE_BOUND_MS = 500.0
STALL_BOUND = 0.97
LINES_PER_SECOND = 5_000
SECONDS = 10
WRITTEN = 20_000
BATCH = 1000
ROUNDS = 5


def lateness(url: str, folder: Path) -> tuple[float, int]:
    """The 99th percentile in milliseconds, and how many lines the reader saw."""
    recorder = Recorder(url=url, spool=Spool(folder, producer="bench"))
    handler = RunLogHandler(EXECUTION, recorder)
    tail = Tail(url, LogFilter(execution_id=EXECUTION))
    list(tail.begin())
    late: list[float] = []
    over = threading.Event()

    def read() -> None:
        found: list[LogLineView] = []
        while found or not over.is_set():
            found = tail.more()
            now = time.time()
            late.extend(1000 * (now - line.occurred_at.timestamp()) for line in found)
            over.wait(0.1)

    reader = threading.Thread(target=read)
    reader.start()
    begun = time.perf_counter()
    for number in range(LINES_PER_SECOND * SECONDS):
        if number % 50 == 0:
            time.sleep(max(0.0, begun + number / LINES_PER_SECOND - time.perf_counter()))
        handler.handle(logging.makeLogRecord({"name": "bench", "levelno": 20, "msg": "a line of a stage"}))
    handler.close()
    over.set()
    reader.join()
    return statistics.quantiles(late, n=100)[98], len(late)


def main() -> int:
    """Print both figures; 1 when one is missed or cannot be told."""
    print(describe())
    with database() as url, tempfile.TemporaryDirectory() as folder:
        p99, seen = lateness(url, Path(folder) / uuid.uuid4().hex)
        print(f"p99 from call to reader   {p99:.0f} ms of {seen:,} lines   bound < {LATE_BOUND_MS:.0f}")
        recorder = Recorder(url=url, spool=Spool(Path(folder) / "none", producer="bench"))

        def written() -> float:
            made = lines(WRITTEN)
            begun = time.perf_counter()
            for at in range(0, WRITTEN, BATCH):
                recorder.log_lines(made[at : at + BATCH])
            return WRITTEN / (time.perf_counter() - begun)

        def beside_a_stalled_reader() -> float:
            with LiveLog(url, LogFilter(execution_id=EXECUTION)) as live:
                live.subscribe()  # and never read
                return written()

        def beside_a_reader() -> float:
            with LiveLog(url, LogFilter(execution_id=EXECUTION)) as live:
                subscription = live.subscribe()
                over = threading.Event()

                def read() -> None:
                    while not over.is_set():
                        subscription.take(0.1)

                reader = threading.Thread(target=read)
                reader.start()
                try:
                    return written()
                finally:
                    over.set()
                    reader.join()

        ratio = compare(beside_a_stalled_reader, beside_a_reader, rounds=ROUNDS)
    verdict = ratio.verdict(at_least=STALL_BOUND)
    print(f"beside a stalled reader / beside one that reads   {ratio}   bound >= {STALL_BOUND}: {verdict}")
    return int(verdict != "ok" or p99 >= LATE_BOUND_MS or seen != LINES_PER_SECOND * SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
