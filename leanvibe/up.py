"""`leanvibe up`: keeps the factory running and says where its parts are."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Annotated

import typer

from leanvibe.console import console, say
from leanvibe.errors import ServiceFailed

if TYPE_CHECKING:
    from pathlib import Path

    from leanvibe.services.factory import Factory

LOOK_SECONDS = 0.3

Port = Annotated[int, typer.Option(min=0, max=65535, help="Preferred port; 0 for the usual one.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("up")(up)


def up(dashboards_port: Port = 0, prefect_port: Port = 0) -> None:
    """Keep the factory running: database, Prefect server and UI, worker, dashboards. Ctrl-C stops it."""
    from blocks.settings import settings  # noqa: PLC0415  the help needs neither
    from leanvibe.services.factory import running_factory  # noqa: PLC0415

    chosen = settings()
    ports = {"dashboards": dashboards_port, "prefect": prefect_port}
    with running_factory(chosen, worker=True, dashboards=True, ports=ports, say=say) as factory:
        _print_addresses(factory, chosen.home)
        with contextlib.suppress(KeyboardInterrupt):
            watch(factory)
    say("Stopped")


def watch(factory: Factory) -> None:
    """Tell what happens to the services until Ctrl-C; raises ServiceFailed when they are gone."""
    told = 0
    while True:
        state = factory.state()
        if state is None or state.process() is None:
            raise ServiceFailed(
                "the local services were stopped from outside; `leanvibe up` starts them again"
            )
        for event in state.events[told:]:
            say(event, style="yellow")
        told = len(state.events)
        if state.error:
            raise ServiceFailed(state.error)
        time.sleep(LOOK_SECONDS)


def addresses(factory: Factory, home: Path) -> list[tuple[str, str]]:
    """What is where, for people: no password among it."""
    from db.server import without_password  # noqa: PLC0415  the help does not need it

    rows = [
        ("Dashboards", factory.dashboards_url),
        ("Prefect UI", factory.prefect_ui_url),
        ("Prefect API", factory.prefect_api_url),
        ("Database", without_password(factory.database_url)),
        ("Home", str(home)),
    ]
    return [row for row in rows if row[1]]


def _print_addresses(factory: Factory, home: Path) -> None:
    from rich.table import Table  # noqa: PLC0415  the help does not need it

    table = Table.grid(padding=(0, 3))
    for name, address in addresses(factory, home):
        table.add_row(name, address)
    console.print()
    console.print(table)
    console.print()
    say("The factory is running. Ctrl-C stops it.")
