"""Attempts: a process of the pipeline holds its execution's lease from its first step to its final state.

Whoever has the newest lease may write; the database refuses the others. An attempt that finds its lease
taken away ends its process at once and says nothing to Prefect: another one works on the run.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import psutil
from prefect import get_client
from prefect.context import FlowRunContext
from prefect.exceptions import Pause, TerminationSignal

from blocks.database import database_url
from blocks.settings import settings
from db.engine import written_under
from db.errors import DatabaseError, DatabaseUnavailable, NotFound
from db.fencing import holding
from db.records import leases
from db.records.restarts import times_restarted
from flows import run_logs
from flows.identity import execution_id_of
from flows.recording import recorder

if TYPE_CHECKING:
    import uuid
    from collections.abc import Iterator, Mapping

    from prefect.client.schemas.objects import FlowRun

logger = logging.getLogger(__name__)

LAST_WORDS_SECONDS = 2.0
"""How long a process that was replaced may take to store its log lines; what is left is spooled."""

AGAIN_SECONDS = 1.0
"""How long an attempt waits before it asks a database again that was away."""


class Attempt:
    """One process's hold on an execution; renewed from a thread of its own until it ends."""

    def __init__(
        self, execution_id: uuid.UUID, lease: leases.Taken, redone: Mapping[str, int] | None = None
    ) -> None:
        """Begins to renew the lease that was taken; `redone` says how often each stage is to be done anew."""
        self.execution_id = execution_id
        self.lease = lease
        self.redone = redone or {}
        self._over = threading.Event()
        threading.Thread(target=self._keep_renewing, name="lease", daemon=True).start()

    def confirm(self) -> None:
        """Go on only as long as nobody took the lease; a database that is away cannot have let anybody."""
        chosen = settings()
        try:
            with written_under(database_url(), None) as connection:
                mine = leases.renew(connection, self.lease.token, seconds=chosen.lease_seconds)
        except DatabaseError as error:
            logger.warning("lease %d could not be renewed: %s", self.lease.token, error)
            return
        if not mine and not self._over.is_set():
            leave(
                f"attempt {self.lease.attempt} of execution {self.execution_id} was replaced by another one"
            )

    def end(self, outcome: leases.Outcome) -> None:
        """Say how the attempt ended, and renew no more."""
        self._over.set()
        try:
            with written_under(database_url(), None) as connection:
                leases.end(connection, self.lease.token, outcome)
        except DatabaseError as error:
            logger.warning("lease %d runs out by itself: %s", self.lease.token, error)

    def _keep_renewing(self) -> None:
        while not self._over.wait(settings().lease_renew_seconds):
            self.confirm()


_current: list[Attempt] = []
"""The attempt of this process, if it has begun one: a process works on one flow run at a time."""


@contextmanager
def attempt() -> Iterator[None]:
    """Hold the lease of the flow run's execution within, and as long as its final state is on its way.

    Waits while the database is away: no stage can do without it. Raises NotFound for a run whose execution
    could not be opened.
    """
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        raise RuntimeError("an attempt is a flow run's: start the pipeline as a flow run")
    working = _begin(context.flow_run)
    with holding(working.lease.token):
        try:
            yield
        except Pause:
            working.confirm()
            working.end("suspended")
            raise
        except TerminationSignal:
            working.confirm()
            asked = _asked_to(context.flow_run.id)
            if asked is not None:
                # Prefect would make a crash of it, which whoever looks after the leases would resume.
                working.end("suspended" if asked == "paused" else "finished")
                leave(f"execution {working.execution_id} was {asked}, and its process told to stop")
            working.end("handed back")
            raise
        finally:
            # What is raised or returned from here on becomes the run's final state.
            working.confirm()


def current(execution_id: uuid.UUID) -> Attempt | None:
    """This process's attempt at that execution."""
    return next((found for found in _current if found.execution_id == execution_id), None)


def finish(execution_id: uuid.UUID) -> None:
    """The run has its final state: nobody has to look after this attempt any more."""
    found = current(execution_id)
    if found is not None:
        found.end("finished")


def leave(why: str) -> None:
    """End this process and all below it, without a word to Prefect: the run is somebody else's.

    The status is 0, for a worker that is alive reports any other one as a crash of the run.
    """
    logger.error("%s; this process ends", why)
    for child in psutil.Process().children(recursive=True):
        try:
            child.kill()
        except psutil.NoSuchProcess:
            continue
    run_logs.flush(LAST_WORDS_SECONDS)
    os._exit(0)


def _asked_to(flow_run_id: uuid.UUID) -> str | None:
    """Whether somebody paused or cancelled the run, as far as Prefect can be asked; None when nobody did."""
    try:
        with get_client(sync_client=True) as client:
            state = client.read_flow_run(flow_run_id).state
    except httpx.HTTPError:
        return None
    if state is None or not (state.is_paused() or state.is_cancelling() or state.is_cancelled()):
        return None
    return "paused" if state.is_paused() else "cancelled"


def _begin(flow_run: FlowRun) -> Attempt:
    execution_id = execution_id_of(flow_run)
    holder = leases.Holder(
        execution_id=execution_id, flow_run_id=flow_run.id, host=socket.gethostname(), pid=os.getpid()
    )
    taken = _take(holder)
    recorder().hold(execution_id, taken.token)
    run_logs.count_attempt(execution_id, taken.attempt)
    for before in _current:
        before.end("replaced")
    with written_under(database_url(), None) as connection:
        redone = times_restarted(connection, execution_id)
    _current[:] = [Attempt(execution_id, taken, redone)]
    return _current[0]


def _take(holder: leases.Holder) -> leases.Taken:
    """The lease, as soon as the database gives it."""
    while True:
        try:
            with written_under(database_url(), None) as connection:
                return leases.take(connection, holder, seconds=settings().lease_seconds)
        except DatabaseUnavailable as away:
            logger.warning("the attempt waits for its lease: %s", away)
        except NotFound:
            # The row that opens the execution may wait in the spool, from when the database was away.
            if not recorder().drain():
                raise
        time.sleep(AGAIN_SECONDS)
