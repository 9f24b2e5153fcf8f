"""Writing log lines: ours against a bare COPY of the same rows, the spool's replay against steady writing.

Bounds: lines per second ours, durable and without doubles, at least 0.45 of psycopg's COPY into the same
table and indexes, in batches of the same size, each committed; replay at least 0.8 of steady writing.
"""

from __future__ import annotations

import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402
from log_database import TENANT, count, database, empty, lines  # noqa: E402
from machine import describe  # noqa: E402
from paired import compare  # noqa: E402

from db.recorder import Recorder  # noqa: E402
from db.spool import Spool  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records.log_lines import NewLogLine

WRITING_BOUND = 0.45
REPLAY_BOUND = 0.8
LINES = 20_000
BATCH = 1000
ROUNDS = 5
AWAY = "postgresql://nobody@127.0.0.1:1/nowhere"
COLUMNS = (
    "execution_id, occurred_at, producer, sequence, attempt, tenant_id, "
    "stage, task_run_id, level, logger, message"
)


class Writing:
    """Each way of writing LINES lines; returns lines per second and checks that they are there."""

    def __init__(self, url: str, folder: Path) -> None:
        """`folder` for the spool."""
        self._url = url
        self._folder = folder
        self._raw = psycopg.connect(url)
        self._recorder = Recorder(url=url, spool=Spool(folder / "none", producer="bench"))

    def ours(self) -> float:
        """Through the recorder, as a run does."""
        made = lines(LINES)
        return self._timed(lambda: [self._recorder.log_lines(made[at : at + BATCH]) for at in _starts()])

    def raw(self) -> float:
        """With psycopg's COPY and nothing else."""
        made = lines(LINES)
        return self._timed(lambda: [self._copy(made[at : at + BATCH]) for at in _starts()])

    def replay(self) -> float:
        """From a spool that holds them."""
        folder = self._folder / uuid.uuid4().hex
        spool, made = Spool(folder, producer="bench"), lines(LINES)
        away = Recorder(url=AWAY, spool=spool)
        for at in _starts():
            away.spool_log_lines(made[at : at + BATCH])
        return self._timed(Recorder(url=self._url, spool=spool).drain)

    def _copy(self, batch: list[NewLogLine]) -> None:
        with self._raw.cursor() as cursor, cursor.copy(f"copy log_lines ({COLUMNS}) from stdin") as copy:
            for line in batch:
                copy.write_row(
                    (
                        line.execution_id,
                        line.occurred_at,
                        line.producer,
                        line.sequence,
                        line.attempt,
                        TENANT,
                        line.stage,
                        line.task_run_id,
                        line.level,
                        line.logger,
                        line.message,
                    )
                )
        self._raw.commit()

    def _timed(self, write: Callable[[], object]) -> float:
        empty(self._url)
        begun = time.perf_counter()
        write()
        seconds = time.perf_counter() - begun
        found = count(self._url)
        if found != LINES:
            raise SystemExit(f"{found} lines are stored in place of {LINES}")
        return LINES / seconds


def _starts() -> range:
    return range(0, LINES, BATCH)


def main() -> int:
    """Print both ratios; 1 when one is missed or cannot be told."""
    print(describe())
    with database() as url, tempfile.TemporaryDirectory() as folder:
        writing = Writing(url, Path(folder))
        for way in (writing.ours, writing.raw, writing.replay):
            print(f"{way.__name__:<8}{way():>10,.0f} lines/s, a first time to warm up")
        ratio = compare(writing.ours, writing.raw, rounds=ROUNDS)
        verdicts = [ratio.verdict(at_least=WRITING_BOUND)]
        print(f"ours / bare COPY        {ratio}   bound >= {WRITING_BOUND}: {verdicts[-1]}")
        ratio = compare(writing.replay, writing.ours, rounds=ROUNDS)
        verdicts.append(ratio.verdict(at_least=REPLAY_BOUND))
        print(f"replay / steady writing {ratio}   bound >= {REPLAY_BOUND}: {verdicts[-1]}")
    return int(set(verdicts) != {"ok"})


if __name__ == "__main__":
    raise SystemExit(main())
