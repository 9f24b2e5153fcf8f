"""Executions survive: no process holds what waits at the gate, and what one held goes on in another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.acceptance.conftest import keep_up, settle_in, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.conftest import User

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


def test_kill_9_in_a_stage_costs_that_stage_and_the_archive_is_the_same(tmp_path: Path, small: Path) -> None:
    somebody = settle_in(tmp_path / "home")
    with keep_up(somebody):
        started = somebody.start("run", small, "--approve", "--json")
        wait_for("a command of the verification", lambda: _sandboxes(somebody), 120)
        for process in somebody.flow_processes():
            _kill(process)
        disturbed = somebody.end(started)
        assert (disturbed.status, disturbed.json["status"]) == (0, "completed"), disturbed.err
        attempts = {stage["stage"]: stage["attempt"] for stage in disturbed.json["stages"]}
        assert attempts.pop("verification") == 2
        assert set(attempts.values()) == {1}
        undisturbed = somebody.run("run", small, "--approve", "--json")
        assert disturbed.json["archive"]["sha256"] == undisturbed.json["archive"]["sha256"]


def test_a_factory_that_stops_in_a_stage_hands_the_run_back_and_goes_on_when_it_is_up_again(
    tmp_path: Path, small: Path
) -> None:
    somebody = settle_in(tmp_path / "home")
    with keep_up(somebody):
        started = somebody.start("run", small, "--approve")
        wait_for("a command of the verification", lambda: _sandboxes(somebody), 120)
        started.kill()
        started.communicate()
    wait_for("every process to be gone", lambda: not somebody.processes(), 30)
    with keep_up(somebody):
        execution = json.loads(somebody.run("status", "--json").out)[0]["execution_id"]
        wait_for(
            "the execution to be completed",
            lambda: somebody.run("status", execution, "--json").json["status"] == "completed",
            180,
        )
        seen = somebody.run("status", execution, "--json").json
    assert {stage["status"] for stage in seen["stages"]} == {"completed"}


def test_a_paused_execution_survives_that_everything_stops_and_goes_on_when_it_is_resumed(
    tmp_path: Path, small: Path
) -> None:
    somebody = settle_in(tmp_path / "home")
    started = somebody.start("run", small, "--approve", "--json")
    wait_for("a command of the verification", lambda: _sandboxes(somebody), 120)
    listed = json.loads(somebody.run("status", "--json").out)
    execution = listed[0]["execution_id"]
    paused = somebody.run("pause", execution)
    assert paused.status == 0, paused.err
    left = somebody.end(started)
    assert (left.status, left.json["status"]) == (3, "paused"), left.err
    stages = {stage["stage"]: stage["status"] for stage in left.json["stages"]}
    assert (stages["verification"], stages["release"]) == ("completed", "pending"), (
        "the stage is not torn off"
    )
    wait_for("every process to be gone", lambda: not somebody.processes(), 30)

    resumed = somebody.run("resume", execution, "--json")
    assert (resumed.status, resumed.json["status"]) == (0, "completed"), resumed.err
    assert {stage["attempt"] for stage in resumed.json["stages"]} == {1}
    again = somebody.run("resume", execution)
    assert again.status == 1
    assert "not paused" in again.err


def _sandboxes(somebody: User) -> list[psutil.Process]:
    """The launchers of commands that a verification runs."""
    return [
        child
        for process in somebody.flow_processes()
        for child in _children(process)
        if any(word.endswith("launcher.py") for word in _command(child))
    ]


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


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
