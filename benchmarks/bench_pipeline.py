"""How much the factory adds to the work itself: interview to verified archive against its subprocesses.

The peer is the physical work of the same execution: the summed wall time of every process that verification
started (install, lint, migrate, seed, boot, test), as it measured them. Bound: 1.25, for every example.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from machine import describe

from blocks.settings import settings
from db.engine import transaction
from leanvibe.services.factory import running_factory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
ROUNDS = 3
BOUND = 1.25


def measure(url: str, example: Path) -> tuple[float, float]:
    """Seconds of one execution from its start to its archive, and of its subprocesses."""
    from db.queries.results import checks
    from flows import control
    from flows.stages.intake.document import read
    from leanvibe.console import console
    from leanvibe.watch import watch

    words = example.read_text()
    by = control.Actor(tenant=settings().tenant, email=settings().member)
    execution_id = control.start(words=words, intake=read(words), by=by, approve=True)
    seen = watch(console, url, execution_id, until=lambda report: report.execution.final)
    if seen.execution.status != "completed" or seen.execution.ended_at is None:
        raise SystemExit(f"{example.name}: {seen.execution.status}: {seen.execution.message}")
    with transaction(url) as connection:
        subprocesses = sum(check.subprocess_s for check in checks(connection, execution_id))
    return (seen.execution.ended_at - seen.execution.created_at).total_seconds(), subprocesses


def main() -> int:
    """Print a row per example; 1 when one is over the bound."""
    print(describe())
    print(f"{'example':<28}{'whole s':>9}{'work s':>9}{'ratio':>8}   bound {BOUND}")
    over = False
    with running_factory(settings(), worker=True, dashboards=False, say=lambda _: None) as factory:
        for example in sorted((ROOT / "examples").glob("*.yaml")):
            measure(factory.database_url, example)  # fills the cache of environments
            pairs = [measure(factory.database_url, example) for _ in range(ROUNDS)]
            whole = statistics.median(pair[0] for pair in pairs)
            work = statistics.median(pair[1] for pair in pairs)
            ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
            over |= ratio > BOUND
            verdict = "over" if ratio > BOUND else "ok"
            print(f"{example.name:<28}{whole:>9.1f}{work:>9.1f}{ratio:>8.2f}   {verdict}")
    return int(over)


if __name__ == "__main__":
    raise SystemExit(main())
