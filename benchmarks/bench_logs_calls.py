"""What a log call in a stage costs: what our handler adds to it, and what Prefect's own add.

Bounds: the median of ours at most 1/20 of Prefect's (its API and its console, whose output nobody reads),
and the 99th percentile of a whole call with ours under 100 microseconds. What Prefect's run logger costs
before any handler, to find the caller and to filter, is printed beside: it is the same for both.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from machine import describe  # noqa: E402
from paired import compare  # noqa: E402

SHARE_BOUND = 1 / 20
P99_BOUND_MICROSECONDS = 100.0
CALLS = 5_000
ROUNDS = 5
SAID = "generated %s with %d columns in %d ms"


def calls(logger: logging.LoggerAdapter[logging.Logger]) -> list[float]:
    """Microseconds of each call."""
    seen: list[float] = []
    for number in range(CALLS):
        begun = time.perf_counter_ns()
        logger.info(SAID, "app/models/appointment.py", 14, number)
        seen.append((time.perf_counter_ns() - begun) / 1000)
    return seen


def handled(adapter: logging.LoggerAdapter[logging.Logger], handlers: list[logging.Handler]) -> float:
    """Median microseconds that these handlers take for a record of that logger."""
    seen: list[float] = []
    for number in range(CALLS):
        told = ("app/models/appointment.py", 14, number)
        record = adapter.logger.makeRecord(
            adapter.logger.name, logging.INFO, __file__, 1, SAID, told, None, extra=dict(adapter.extra or {})
        )
        begun = time.perf_counter_ns()
        for handler in handlers:
            handler.handle(record)
        seen.append((time.perf_counter_ns() - begun) / 1000)
    return statistics.median(seen)


def main() -> int:
    """Print both figures; 1 when one is missed or cannot be told."""
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PREFECT_HOME": folder, "PREFECT_LOGGING_EXTRA_LOGGERS": "", "LEANVIBE_HOME": folder}
        from log_database import EXECUTION, count, database
        from prefect import flow, get_run_logger
        from prefect.logging.handlers import APILogHandler, PrefectConsoleHandler
        from prefect.testing.utilities import prefect_test_harness

        from db.recorder import Recorder
        from db.spool import Spool
        from flows.run_logs import RunLogHandler

        with database() as url, prefect_test_harness(server_startup_timeout=120):
            runs = logging.getLogger("prefect.flow_runs")
            console = PrefectConsoleHandler()
            worst: list[float] = []
            stored = 0

            def ours() -> float:
                nonlocal stored
                recorder = Recorder(url=url, spool=Spool(Path(folder) / "spool", producer="bench"))
                handler = RunLogHandler(EXECUTION, recorder)
                seen = handled(get_run_logger(), [handler])
                handler.flush()
                worst.append(statistics.quantiles(whole(handler), n=100)[98])
                handler.close()
                stored += 2 * CALLS
                return seen

            def theirs() -> float:
                with Path(os.devnull).open("w") as nowhere:
                    console.console.file = nowhere
                    return handled(get_run_logger(), [APILogHandler(), console])

            def whole(handler: logging.Handler) -> list[float]:
                runs.handlers, runs.propagate = [handler], False
                return calls(get_run_logger())

            @flow
            def talk() -> int:
                for way in (ours, theirs):
                    print(f"{way.__name__:<8}{way():>8.1f} microseconds, a first time to warm up")
                worst.clear()
                before = statistics.median(whole(logging.NullHandler()))
                print(f"a call of Prefect's run logger before any handler: {before:.1f} microseconds")
                ratio = compare(ours, theirs, rounds=ROUNDS)
                p99 = statistics.median(worst)
                verdict = ratio.verdict(at_most=SHARE_BOUND)
                print(f"ours / Prefect's  {ratio}   bound <= {SHARE_BOUND}: {verdict}")
                print(f"99th percentile   {p99:.1f} microseconds   bound < {P99_BOUND_MICROSECONDS:.0f}")
                return int(verdict != "ok" or p99 >= P99_BOUND_MICROSECONDS)

            missed = talk()
            if count(url) != stored:
                raise SystemExit(f"{count(url)} lines are stored in place of {stored}")
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
