"""A pipeline of three stages with the hooks and the work of the real one, run as a process of its own.

`python -m tests.integration.flows.small FLOW_RUN_ID` is what a worker's child is. Files in the folder that
the flow is given tell how far it is, and hold it up.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
import uuid
from pathlib import Path

from prefect import flow, get_client
from prefect.engine import handle_engine_signals
from prefect.flow_engine import run_flow

from flows.attempts import attempt
from flows.contracts import Reference, Stage
from flows.state_hooks import on_flow_running, on_flow_state
from flows.work import begin, stage_task

WAIT_SECONDS = 60.0


@stage_task(Stage.INTAKE)
def first(interview: str) -> str:
    """Done at once."""
    begin(Stage.INTAKE).say("first: %s", interview)
    return interview


@stage_task(Stage.BACKEND)
def second(interview: str, folder: str) -> str:
    """Says that it has begun, and goes on when it may; holds the GIL meanwhile if it is told to."""
    work = begin(Stage.BACKEND)
    here = Path(folder)
    (here / f"begun-{os.getpid()}").touch()
    if interview == "greedy":
        ctypes.PyDLL(None).usleep(1_500_000)
    end = time.monotonic() + WAIT_SECONDS
    while not (here / "go").exists() and time.monotonic() < end:
        time.sleep(0.02)
    if (here / "fail").exists():
        raise ValueError("told to fail")
    work.advance(50)
    return interview.upper()


@stage_task(Stage.RELEASE)
def third(text: str) -> Reference:
    """Keeps an archive."""
    return begin(Stage.RELEASE).keep_bytes(text.encode(), project="small", path="a.zip", kind="archive")


@flow(
    name="small",
    persist_result=True,
    on_running=[on_flow_running],
    on_completion=[on_flow_state],
    on_failure=[on_flow_state],
    on_cancellation=[on_flow_state],
    on_crashed=[on_flow_state],
)
def small(
    interview: str,
    folder: str,
    tenant: str = "local",  # noqa: ARG001 - read from the run by hooks and stages
    member: str = "founder@localhost",  # noqa: ARG001
    approve: bool = False,  # noqa: ARG001, FBT001, FBT002 - Prefect passes flow parameters by name
) -> Reference:
    """Three stages in a row."""
    with attempt():
        return third(second(first(interview), folder))


def main() -> None:
    """Run the flow run as Prefect's engine does."""
    flow_run_id = uuid.UUID(sys.argv[1])
    with get_client(sync_client=True) as client:
        flow_run = client.read_flow_run(flow_run_id)
    with handle_engine_signals(flow_run_id):
        run_flow(small, flow_run=flow_run)


if __name__ == "__main__":
    main()
