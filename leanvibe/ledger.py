"""`leanvibe ledger`: whether our transitions are Prefect's, each of them once."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

import typer

from leanvibe.console import say

group = typer.Typer(
    help="Compare our transitions with Prefect's history.", no_args_is_help=True, rich_markup_mode=None
)

SHOWN = 20
"""State ids that are listed at most, of each kind."""


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="ledger")


@group.callback()
def root() -> None:
    """Compare our transitions with Prefect's history."""


@group.command()
def verify(
    *,
    hours: Annotated[int, typer.Option(min=0, help="Look that far back; 0 for the whole history.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")] = False,
) -> None:
    """Print what is missing, what is extra and the lag; ends with 1 unless nothing is missing or extra."""
    from blocks.settings import settings  # noqa: PLC0415  the help needs neither
    from leanvibe.services.factory import running_factory  # noqa: PLC0415

    with running_factory(settings(), worker=False, dashboards=False, say=say):
        from flows import ledger  # noqa: PLC0415  the environment has to name the parts first
        from flows.control import prefect  # noqa: PLC0415

        since = dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours) if hours else None
        with prefect() as client:
            found = ledger.verify(client, since=since)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "runs": found.runs,
                    "transitions": found.transitions,
                    "missing": [str(state_id) for state_id in found.missing],
                    "extra": [str(state_id) for state_id in found.extra],
                    "lag_s": round(found.lag.total_seconds(), 3),
                }
            )
        )
    else:
        typer.echo(f"{found.runs} flow runs, {found.transitions} transitions on both sides")
        for name, states in (("missing", found.missing), ("extra", found.extra)):
            typer.echo(f"{name}: {len(states)}")
            for state_id in states[:SHOWN]:
                typer.echo(f"  {state_id}")
        typer.echo(f"lag: {found.lag.total_seconds():.1f} s at most")
    raise typer.Exit(0 if found.passes else 1)
