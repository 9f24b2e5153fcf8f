"""Take executions from start to end as a person at a terminal does: watch, decide, receive."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from blocks.artifacts import artifact_path, artifact_store
from blocks.database import database_url
from blocks.settings import settings
from db.engine import transaction
from db.queries.detail import Detail, detail
from db.queries.leases import at_work, to_be_resumed
from flows import control
from flows.errors import PrefectUnavailable
from leanvibe.console import console, say
from leanvibe.deliver import Delivery, deliver
from leanvibe.gate import ask
from leanvibe.report import as_json, exit_status
from leanvibe.watch import watch

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable

    from leanvibe.services.factory import Factory

INTERRUPTED = 130
ASK_PREFECT_SECONDS = 5.0
NAMES_SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the person at the terminal asked for."""

    out: Path | None
    """Folder that receives the application."""
    as_json: bool
    """One JSON object on standard output."""
    may_ask: bool
    """Whether somebody is there to decide at the gate."""


def actor() -> control.Actor:
    """Who local commands act as."""
    return control.Actor(tenant=settings().tenant, email=settings().member)


def accompany(factory: Factory, execution_id: uuid.UUID, wishes: Wishes) -> int:
    """Stay with the execution to its end or its gate, and say what became of it; returns the exit status."""
    url = factory.database_url
    say(f"Execution {execution_id}")
    try:
        seen = _to_the_end(url, execution_id, wishes)
    except KeyboardInterrupt:
        say("Cancelling the execution; this takes a few seconds")
        control.cancel(execution_id, by=actor(), why="interrupted at the terminal")
        with transaction(url) as connection:
            _tell(detail(connection, execution_id), None, wishes)
        return INTERRUPTED
    delivery = None
    if seen.archive is not None and seen.execution.status == "completed" and wishes.out is not None:
        delivery = deliver(artifact_store(), seen.archive, wishes.out)
    _tell(seen, delivery, wishes)
    return exit_status(seen)


def _to_the_end(url: str, execution_id: uuid.UUID, wishes: Wishes) -> Detail:
    while True:
        seen = watch(console, url, execution_id, until=_stopped(execution_id))
        if seen.execution.status != "waiting" or not wishes.may_ask:
            return seen
        decision = ask(url, seen)
        if decision is None:
            return seen
        answer, comment = decision
        control.decide(execution_id, answer, by=actor(), comment=comment)


def _stopped(execution_id: uuid.UUID) -> Callable[[Detail], bool]:
    """Whether an execution has ended or waits, in our rows and in Prefect's, which are made equal.

    Prefect is asked now and then even when our rows stand still: a killed process writes none.
    """
    asked = time.monotonic()

    def stopped(seen: Detail) -> bool:
        nonlocal asked
        if seen.execution.final or seen.execution.status in {"waiting", "paused"}:
            if _goes_on(seen):
                return False
            control.settle(execution_id)
            return True
        if time.monotonic() - asked > ASK_PREFECT_SECONDS:
            asked = time.monotonic()
            try:
                control.catch_up(execution_id)
            except PrefectUnavailable as away:
                say(str(away), style="yellow")
        return False

    return stopped


def _goes_on(seen: Detail) -> bool:
    """Whether it is not at its end yet: a crash is about to be resumed, a paused stage still runs."""
    with transaction(database_url()) as connection:
        return (seen.execution.status == "crashed" and to_be_resumed(connection, seen.execution.id)) or (
            seen.execution.status == "paused" and at_work(connection, seen.execution.id)
        )


def _tell(seen: Detail, delivery: Delivery | None, wishes: Wishes) -> None:
    """Standard output gets the JSON object, standard error the words."""
    now = dt.datetime.now(dt.UTC)
    path = delivery.archive.absolute() if delivery else None
    if path is None and seen.archive is not None:
        path = artifact_path(seen.archive.key)
    if wishes.as_json:
        sys.stdout.write(json.dumps(as_json(seen, now=now, path=path), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    execution = seen.execution
    say(f"{execution.project or 'The execution'}: {execution.status}, {execution.duration_s(now):.1f} s")
    for check in seen.checks:
        say(f"  {'✓' if check.ok else '✗'} {check.name}: {check.detail}", style="" if check.ok else "red")
    if execution.status == "waiting":
        say(f"The blueprint waits for a decision: leanvibe decide {str(execution.id)[:8]} approve")
    elif execution.status == "paused":
        say(f"Paused; it goes on with: leanvibe resume {str(execution.id)[:8]}")
    elif execution.status != "completed":
        say(f"Why: {execution.message}", style="red")
        say(f"Its log: leanvibe logs {str(execution.id)[:8]} --level warning")
        if seen.partial is not None:
            say(f"What was generated: {artifact_path(seen.partial.key)}")
    if delivery is not None:
        say(f"The application: {delivery.folder}  (its README.md says how to start it)")
        _tell_what_was_kept(delivery)
        say(f"The archive: {delivery.archive}  sha256 {seen.archive.sha256 if seen.archive else ''}")
    elif seen.archive is not None:
        say(f"The archive: {path}")


def _tell_what_was_kept(delivery: Delivery) -> None:
    if delivery.kept:
        say(f"Kept as you edited them: {_listed(delivery.kept)}")
    if delivery.beside:
        say(f"The factory's version of these lies beside them: {_listed(delivery.beside)}", style="yellow")


def _listed(paths: tuple[str, ...]) -> str:
    more = len(paths) - NAMES_SHOWN
    return ", ".join(paths[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
