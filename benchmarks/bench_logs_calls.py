"""What one log call costs a stage: through our handler alone, and as Prefect sets its run logger up.

Bounds: the median of ours at most 1/20 of Prefect's `logger.info`, and the 99th percentile under 100
microseconds. Both are calls of the run logger within a flow run; Prefect's go to its API and its console,
whose output nobody reads. The median, because a mean is that of whatever else the machine does.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import tempfile
import time
from contextlib import redirect_stderr
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from machine import describe  # noqa: E402
from paired import compare  # noqa: E402

SHARE_BOUND = 1 / 20
P99_BOUND_MICROSECONDS = 100.0
CALLS = 5_000
ROUNDS = 5


def calls(logger: logging.LoggerAdapter) -> list[float]:  # type: ignore[type-arg]
    """Microseconds of each call."""
    seen: list[float] = []
    for number in range(CALLS):
        begun = time.perf_counter_ns()
        logger.info("generated %s with %d columns in %d ms", "app/models/appointment.py", 14, number)
        seen.append((time.perf_counter_ns() - begun) / 1000)
    return seen


def main() -> int:
    """Print both figures; 1 when one is missed or cannot be told."""
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PREFECT_HOME": folder, "PREFECT_LOGGING_EXTRA_LOGGERS": "", "LEANVIBE_HOME": folder}
        from log_database import EXECUTION, count, database
        from prefect import flow, get_run_logger
        from prefect.logging.handlers import APILogHandler, APILogWorker, PrefectConsoleHandler
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
                seen = measured(handler)
                handler.close()
                stored += CALLS
                worst.append(statistics.quantiles(seen, n=100)[98])
                return statistics.median(seen)

            def theirs() -> float:
                with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
                    console.console.file = nowhere
                    return statistics.median(measured(APILogHandler(), console))

            def measured(*handlers: logging.Handler) -> list[float]:
                runs.handlers, runs.propagate = list(handlers), False
                seen = calls(get_run_logger())
                runs.handlers = []
                return seen

            @flow
            def talk() -> int:
                for way in (ours, theirs):
                    print(f"{way.__name__:<8}{way():>8.1f} microseconds, a first time to warm up")
                worst.clear()
                ratio = compare(ours, theirs, rounds=ROUNDS)
                APILogWorker.drain_all(timeout=120)
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
