"""`leanvibe logs`: the log lines of an execution, to their end or as they come."""

from __future__ import annotations

import logging
import sys
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from blocks.settings import settings
from db.engine import transaction
from db.policy.progress import STAGES
from db.queries.executions import execution, find
from db.queries.log_lines import log_lines
from leanvibe.console import printable
from leanvibe.services.factory import running_factory

if TYPE_CHECKING:
    import uuid

    from db.queries.log_lines import LogCursor, LogLineView

POLL_SECONDS = 0.3
PAGE = 1000


class Level(StrEnum):
    """Least level shown."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("logs")(logs)


def logs(
    identity: Annotated[
        str, typer.Argument(metavar="EXECUTION", help="Id of the execution, or its beginning.")
    ],
    *,
    follow: Annotated[bool, typer.Option("-f", "--follow", help="Go on until the execution ends.")] = False,
    level: Annotated[Level, typer.Option("--level", help="Least level shown.")] = Level.DEBUG,
    stage: Annotated[str, typer.Option("--stage", help="Only this stage.")] = "",
) -> None:
    """Show the log lines of an execution."""
    _known(stage)
    with running_factory(
        settings(), prefect=False, worker=False, dashboards=False, say=lambda _: None
    ) as factory:
        with transaction(factory.database_url) as connection:
            execution_id = find(connection, identity).id
        _show(factory.database_url, execution_id, follow=follow, level=level, stage=stage or None)


def _known(stage: str) -> None:
    if stage and stage not in STAGES:
        raise typer.BadParameter(
            f"{stage} is no stage; the stages are {', '.join(STAGES)}", param_hint="--stage"
        )


def _show(url: str, execution_id: uuid.UUID, *, follow: bool, level: Level, stage: str | None) -> None:
    after: LogCursor | None = None
    least = logging.getLevelNamesMapping()[level.name]
    while True:
        with transaction(url) as connection:
            ended = execution(connection, execution_id).final
            lines = log_lines(connection, execution_id, after=after, level=least, stage=stage, limit=PAGE)
        for line in lines:
            sys.stdout.write(_text(line) + "\n")
        sys.stdout.flush()
        if lines:
            after = lines[-1].cursor
        if len(lines) < PAGE:
            if ended or not follow:
                return
            time.sleep(POLL_SECONDS)


def _text(line: LogLineView) -> str:
    level = logging.getLevelName(line.level)
    message = printable(line.message).replace("\n", "\n    ")
    return f"{line.occurred_at:%H:%M:%S.%f}"[:-3] + f" {level:<8} {line.stage or 'flow':<15} {message}"
