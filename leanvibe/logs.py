"""`leanvibe logs`: the log lines of an execution, to their end or as they come."""

from __future__ import annotations

import json
import logging
import sys
import uuid
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from blocks.settings import settings
from db.engine import transaction
from db.errors import DatabaseUnavailable
from db.policy.progress import STAGES
from db.queries.executions import execution, find
from db.queries.log_tail import follow as followed
from db.queries.logs import LogFilter, every_line
from flows.log_reading import read_logs
from leanvibe.console import printable, say
from leanvibe.services.factory import running_factory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.queries.logs import LogLineView

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
    words: Annotated[str, typer.Option("--words", help="Only lines that hold these words.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on each line.")] = False,
) -> None:
    """Show the log lines of an execution."""
    _known(stage)
    least = logging.getLevelNamesMapping()[level.name]
    try:
        with running_factory(
            settings(), prefect=False, worker=False, dashboards=False, say=lambda _: None
        ) as factory:
            url = factory.database_url
            with transaction(url) as connection:
                execution_id = find(connection, identity).id
            wanted = LogFilter(
                execution_id=execution_id, level=least, stage=stage or None, words=words or None
            )
            _show(_coming(url, wanted) if follow else every_line(url, wanted), as_json=as_json)
    except DatabaseUnavailable as away:
        _show_what_is_known(identity, least, stage, words, away, as_json=as_json)


def _show_what_is_known(
    identity: str, level: int, stage: str, words: str, away: DatabaseUnavailable, *, as_json: bool
) -> None:
    """What Prefect and the spool have; raises DatabaseUnavailable when the id is not written out."""
    try:
        execution_id = uuid.UUID(identity)
    except ValueError:
        raise away from None
    say(f"{away}; these are the lines that Prefect and the spool have:")
    wanted = LogFilter(execution_id=execution_id, level=level, stage=stage or None, words=words or None)
    _show(read_logs(wanted, limit=PAGE, forwards=False).lines, as_json=as_json)


def _known(stage: str) -> None:
    if stage and stage not in STAGES:
        raise typer.BadParameter(
            f"{stage} is no stage; the stages are {', '.join(STAGES)}", param_hint="--stage"
        )


def _coming(url: str, wanted: LogFilter) -> Iterable[LogLineView]:
    """All lines as they come, until the execution has ended and nothing is left to come."""

    def ended() -> bool:
        with transaction(url) as connection:
            return wanted.execution_id is not None and execution(connection, wanted.execution_id).final

    for lines in followed(url, wanted, ended=ended):
        yield from lines
        sys.stdout.flush()


def _show(lines: Iterable[LogLineView], *, as_json: bool) -> None:
    text = _json if as_json else _text
    for line in lines:
        sys.stdout.write(text(line) + "\n")
    sys.stdout.flush()


def _json(line: LogLineView) -> str:
    return json.dumps(asdict(line), default=str)


def _text(line: LogLineView) -> str:
    level = logging.getLevelName(line.level)
    message = printable(line.message).replace("\n", "\n    ")
    return f"{line.occurred_at:%H:%M:%S.%f}"[:-3] + f" {level:<8} {line.stage or 'flow':<15} {message}"
