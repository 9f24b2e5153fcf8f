"""`leanvibe doctor`: checks each part of the factory, one line each, and says what to do."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from leanvibe.console import console, printable

STYLES = {"ok": "green", "warn": "yellow", "fail": "red"}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array instead.")] = False
) -> None:
    """Check each part of the factory and say what to do; exit status 1 when one of them fails."""
    from blocks.settings import settings  # noqa: PLC0415  the help needs neither
    from leanvibe.services.checks import all_findings  # noqa: PLC0415

    findings = all_findings(settings())
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        from rich.table import Table  # noqa: PLC0415  the help does not need it
        from rich.text import Text  # noqa: PLC0415

        table = Table.grid(padding=(0, 2))
        for found in findings:
            what = f"{found.detail}. {found.remedy}" if found.remedy else found.detail
            status = Text(found.status, style=STYLES[found.status])
            table.add_row(status, Text(found.name), Text(printable(what)))
        console.print(table)
    if any(finding.status == "fail" for finding in findings):
        raise typer.Exit(1)
