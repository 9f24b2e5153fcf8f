"""What waits at the gate survives: no process holds it, so none can take it along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest

from tests.acceptance.conftest import keep_up, settle_in, wait_for

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_everything_may_stop_at_the_gate_and_the_decision_starts_it_again(
    tmp_path: Path, small: Path
) -> None:
    somebody = settle_in(tmp_path / "home")
    waiting = somebody.run("run", small, "--json")
    assert (waiting.status, waiting.json["status"]) == (3, "waiting"), waiting.err
    wait_for("every process to be gone", lambda: not somebody.processes(), 30)

    decided = somebody.run("decide", waiting.json["execution_id"][:8], "approve", "--out", tmp_path, "--json")
    assert (decided.status, decided.json["status"]) == (0, "completed"), decided.err
    assert {stage["attempt"] for stage in decided.json["stages"]} == {1}
    assert (tmp_path / "tea-club" / "README.md").is_file()
    wait_for("every process to be gone", lambda: not somebody.processes(), 30)


def test_kill_9_of_whatever_ran_the_flow_does_not_matter_at_the_gate(tmp_path: Path, small: Path) -> None:
    somebody = settle_in(tmp_path / "home")
    with keep_up(somebody) as said:
        assert "http://127.0.0.1:" in said[0]
        started = somebody.start("run", small, "--json")
        flow = wait_for("the flow's processes", somebody.flow_processes)
        waiting = somebody.end(started)
        assert waiting.json["status"] == "waiting", waiting.err
        workers = [process for process in somebody.processes() if "worker" in _command(process)]
        assert workers
        for process in [*flow, *somebody.flow_processes(), *workers]:
            _kill(process)

        decided = somebody.run("decide", waiting.json["execution_id"], "approve", "--json")
        assert (decided.status, decided.json["status"]) == (0, "completed"), decided.err
        assert {stage["attempt"] for stage in decided.json["stages"]} == {1}
    wait_for("every process to be gone", lambda: not somebody.processes(), 30)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
