"""`leanvibe status`: the newest executions, or one of them stage by stage."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from blocks.artifacts import artifact_path
from blocks.settings import settings
from db.engine import transaction
from db.queries import executions
from db.queries.detail import detail
from leanvibe.console import printable, say
from leanvibe.report import as_json as report
from leanvibe.services.factory import running_factory
from leanvibe.watch import STYLES, table

if TYPE_CHECKING:
    from db.queries.executions import ExecutionView


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("status")(status)


def status(
    execution: Annotated[str, typer.Argument(help="Id of an execution, or its beginning.")] = "",
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many to list.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Show the newest executions, or one execution with its stages."""
    console = Console(markup=False, highlight=False, emoji=False)
    now = dt.datetime.now(dt.UTC)
    with (
        running_factory(
            settings(), prefect=False, worker=False, dashboards=False, say=lambda _: None
        ) as factory,
        transaction(factory.database_url) as connection,
    ):
        if execution:
            seen = detail(connection, executions.find(connection, execution).id)
            if as_json:
                path = artifact_path(seen.archive.key) if seen.archive else None
                typer.echo(json.dumps(report(seen, now=now, path=path), ensure_ascii=False))
                return
            console.print(table(seen))
            if seen.execution.message:
                say(seen.execution.message)
            if seen.partial is not None:
                say(f"What was generated: {artifact_path(seen.partial.key)}")
            return
        views = executions.newest(connection, limit=limit)
    if as_json:
        typer.echo(json.dumps([_json(view, now) for view in views], ensure_ascii=False))
    elif views:
        console.print(_table(views, now))
    else:
        say("No execution yet: leanvibe run examples/pet_sitting.yaml --approve")


def _json(view: ExecutionView, now: dt.datetime) -> dict[str, object]:
    return {
        "execution_id": str(view.id),
        "project": view.project,
        "status": view.status,
        "progress": view.progress,
        "created_at": view.created_at.isoformat(),
        "duration_s": round(view.duration_s(now), 3),
    }


def _table(views: list[ExecutionView], now: dt.datetime) -> Table:
    shown = Table("execution", "project", "status", "progress", "started", "took", box=None)
    for view in views:
        shown.add_row(
            str(view.id)[:8],
            Text(printable(view.project or "not known yet")),
            Text(view.status, style=STYLES.get(view.status, "")),
            f"{view.progress} %",
            f"{view.created_at:%Y-%m-%d %H:%M} UTC",
            f"{view.duration_s(now):.1f} s",
        )
    return shown
