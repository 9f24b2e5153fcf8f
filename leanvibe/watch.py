"""Watch an execution until it ends or waits at the gate, showing each stage as it goes."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from db.engine import transaction
from db.errors import DatabaseUnavailable
from db.queries.detail import Detail, detail

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from rich.console import Console

POLL_SECONDS = 0.25
MARKS = {
    "pending": ("·", "dim"),
    "running": ("▶", "cyan"),
    "waiting": ("‖", "yellow"),
    "completed": ("✓", "green"),
    "failed": ("✗", "red"),
    "cancelled": ("■", "yellow"),
    "crashed": ("✗", "red"),
}
STYLES = {status: style for status, (_, style) in MARKS.items()} | {"scheduled": "dim", "paused": "yellow"}


def watch(console: Console, url: str, execution_id: uuid.UUID, *, until: Callable[[Detail], bool]) -> Detail:
    """The execution's report once `until` holds; drawn live on a terminal, else a line per change."""
    if not console.is_terminal:
        return _lines(console, url, execution_id, until)
    with Live(console=console, refresh_per_second=8, transient=False) as live:
        while True:
            seen = _read(url, execution_id)
            if seen is not None:
                live.update(table(seen), refresh=True)
                if until(seen):
                    return seen
            time.sleep(POLL_SECONDS)


def _lines(console: Console, url: str, execution_id: uuid.UUID, until: Callable[[Detail], bool]) -> Detail:
    said: dict[str, tuple[str, int]] = {}
    while True:
        seen = _read(url, execution_id)
        if seen is not None:
            now = dt.datetime.now(dt.UTC)
            for stage in seen.stages:
                if said.get(stage.stage, ("pending", 0)) != (stage.status, stage.attempt):
                    said[stage.stage] = (stage.status, stage.attempt)
                    seconds = stage.duration_s(now)
                    took = f" {seconds:.1f} s" if seconds and stage.ended_at else ""
                    console.print(
                        Text(f"{seen.execution.progress:3d} %  {stage.stage:<15}{stage.status}{took}")
                    )
            if until(seen):
                return seen
        time.sleep(POLL_SECONDS)


def _read(url: str, execution_id: uuid.UUID) -> Detail | None:
    """The report, None while the database is away: the pipeline goes on without it, and so do we."""
    try:
        with transaction(url) as connection:
            return detail(connection, execution_id)
    except DatabaseUnavailable:
        return None


def table(seen: Detail) -> Table:
    """One row a stage: mark, name, bar, time, message."""
    now = dt.datetime.now(dt.UTC)
    head = f"{seen.execution.project or 'execution'} · {seen.execution.status} · {seen.execution.progress} %"
    grid = Table(title=Text(head), title_justify="left", box=None, show_header=False, padding=(0, 1))
    for stage in seen.stages:
        mark, style = MARKS[stage.status]
        seconds = stage.duration_s(now)
        grid.add_row(
            Text(mark, style=style),
            Text(stage.stage, style=style),
            ProgressBar(
                total=100, completed=100 if stage.status == "completed" else stage.progress, width=24
            ),
            Text("" if seconds is None else f"{seconds:6.1f} s", style="dim"),
            Text(stage.message, style="dim", overflow="ellipsis", no_wrap=True),
        )
    return grid
