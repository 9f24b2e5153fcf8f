"""Locks, state and wishes: what the commands of one home share."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import psutil
import pytest

from leanvibe.services.factory import conflicts
from leanvibe.services.locks import LockFile
from leanvibe.services.shared import Part, Shared, State

if TYPE_CHECKING:
    from pathlib import Path


def state(**more: object) -> State:
    return State(pid=os.getpid(), created=psutil.Process().create_time(), servers={}, **more)  # type: ignore[arg-type]


def test_a_shared_lock_lets_others_in_and_nobody_alone(tmp_path: Path) -> None:
    with (
        LockFile(tmp_path / "l") as first,
        LockFile(tmp_path / "l") as second,
        LockFile(tmp_path / "l") as third,
    ):
        first.shared(1)
        second.shared(1)
        assert not third.try_exclusive()


def test_the_last_user_gets_the_lock_alone(tmp_path: Path) -> None:
    with LockFile(tmp_path / "l") as first, LockFile(tmp_path / "l") as second:
        first.shared(1)
        second.shared(1)
        assert not first.try_exclusive()
        assert second.try_exclusive()


def test_waiting_for_a_lock_has_a_bound(tmp_path: Path) -> None:
    with LockFile(tmp_path / "l") as first, LockFile(tmp_path / "l") as second:
        first.exclusive(1)
        with pytest.raises(TimeoutError, match="held by another process"):
            second.shared(0.1)


def test_closing_gives_the_lock_back(tmp_path: Path) -> None:
    with LockFile(tmp_path / "l") as first:
        first.exclusive(1)
    with LockFile(tmp_path / "l") as second:
        assert second.try_exclusive()


def test_a_state_comes_back_as_it_was_written(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    written = state(parts={"worker": Part(status="ready", pid=7)}, events=["the worker stopped"])
    shared.write(written)
    assert shared.read() == written


def test_the_state_is_closed_to_other_users(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    shared.write(state())
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "run" / "factory.json").stat().st_mode) == 0o600


def test_a_reused_process_number_is_not_the_supervisor() -> None:
    assert state().process() is not None
    assert State(pid=os.getpid(), created=1.0, servers={}).process() is None
    assert State(pid=2**22 + 1, created=1.0, servers={}).process() is None


def test_wishes_keep_the_port_that_was_chosen(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    shared.want("dashboards", 8600)
    shared.want("dashboards")
    shared.want("worker")
    assert shared.wanted() == {"dashboards": 8600, "worker": 0}


def test_forgetting_leaves_neither_state_nor_wishes(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    shared.want("worker")
    shared.write(state())
    shared.forget()
    assert shared.read() is None
    assert shared.wanted() == {}


@pytest.mark.parametrize(
    ("named", "differing"),
    [
        ({}, ["PREFECT_API_URL"]),
        ({"PREFECT_API_URL": "http://elsewhere/api"}, []),
        ({"PREFECT_API_URL": "http://third/api"}, ["PREFECT_API_URL"]),
        ({"PREFECT_API_URL": "http://elsewhere/api", "LEANVIBE_DATABASE_URL": "postgresql://mine"}, []),
        (
            {"PREFECT_API_URL": "http://elsewhere/api", "LEANVIBE_DATABASE_URL": "postgresql://other"},
            ["LEANVIBE_DATABASE_URL"],
        ),
    ],
)
def test_a_server_other_than_the_running_one_is_a_conflict(
    named: dict[str, str], differing: list[str]
) -> None:
    running = state(parts={"database": Part(status="ready", url="postgresql://mine")})
    running.servers["PREFECT_API_URL"] = "http://elsewhere/api"
    assert conflicts(running, named) == differing


def test_a_held_supervisor_lock_means_supervised(tmp_path: Path) -> None:
    shared = Shared(tmp_path)
    assert not shared.supervised()
    with shared.lock("supervisor") as lock:
        lock.exclusive(1)
        assert shared.supervised()
    assert not shared.supervised()
