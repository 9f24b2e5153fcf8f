"""Without the database, an execution's lines are Prefect's and the spool's, each once."""

from __future__ import annotations

import logging
import uuid

import pytest
from prefect import flow, get_run_logger
from prefect.runtime import flow_run

from blocks.settings import settings
from db.queries.logs import LogFilter
from flows import run_logs
from flows.identity import execution_id_of
from flows.log_reading import read_logs
from flows.recording import recorder

pytestmark = pytest.mark.slow


@flow
def talkative(count: int) -> uuid.UUID:
    """Log some lines as a run of the pipeline does."""
    from prefect.context import FlowRunContext

    context = FlowRunContext.get()
    assert context is not None
    assert context.flow_run is not None
    execution_id = execution_id_of(context.flow_run)
    run_logs.install(execution_id)
    for number in range(count):
        get_run_logger().info("line %d of %s", number, flow_run.id)
    run_logs.remove()
    return execution_id


def test_lines_of_prefect_and_of_the_spool_are_one_page(
    factory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    del factory
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", "postgresql://ada:secret@127.0.0.1:1/none")
    settings.cache_clear()
    recorder.cache_clear()
    execution_id = talkative(450)
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all(timeout=60)
    wanted = LogFilter(execution_id=execution_id, level=logging.INFO)
    seen: list[str] = []
    cursor, more = None, True
    while more:
        page = read_logs(wanted, cursor, limit=100)
        assert page.degraded
        seen += [line.message for line in page.lines]
        cursor, more = (page.lines[-1].cursor, page.more) if page.lines else (cursor, False)
    ours = [message for message in seen if message.startswith("line ")]
    assert [message.split()[1] for message in ours] == [str(number) for number in range(450)]
    assert [message for message in seen if not message.startswith("line ")]
    last = read_logs(wanted, limit=3, forwards=False)
    assert len(last.lines) == 3
    assert last.more
