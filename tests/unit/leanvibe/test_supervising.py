"""The supervisor's loop with parts that do what a test says."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, ClassVar

import pytest

from blocks.settings import Settings
from leanvibe.services import supervisor as module
from leanvibe.services.runner import Context, Failed, Job, Runner
from leanvibe.services.shared import Shared
from leanvibe.services.supervisor import Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Fake(Runner):
    title = "the fake"
    stopped: ClassVar[list[str]]
    trouble: ClassVar[list[str]]

    def check(self) -> bool:
        if type(self).trouble:
            raise Failed(type(self).trouble.pop())
        return True

    def stop(self, seconds: float) -> None:
        del seconds
        self.stopped.append(type(self).__name__)


def fake(
    name: str, *needed: str, trouble: tuple[str, ...] = (), stopped: list[str] | None = None
) -> type[Fake]:
    def needs(_class: type[Fake], _context: Context) -> tuple[str, ...]:
        return needed

    members = {
        "needs": classmethod(needs),
        "trouble": list(trouble),
        "stopped": [] if stopped is None else stopped,
    }
    return type(name, (Fake,), members)


@pytest.fixture
def supervising(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Supervisor]:
    def make(**parts: type[Fake]) -> Supervisor:
        monkeypatch.setattr(module, "PARTS", parts)
        shared = Shared(tmp_path)
        for name in parts:
            shared.want(name)
        return Supervisor(Settings(home=tmp_path), shared)

    return make


def beat_until(supervisor: Supervisor, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        supervisor.not_before.clear()
        supervisor._beat()


def test_a_part_waits_for_what_it_needs(supervising: Callable[..., Supervisor]) -> None:
    supervisor = supervising(first=fake("First"), second=fake("Second", "third"))
    supervisor._beat()
    assert set(supervisor.runners) == {"first"}
    assert supervisor.state.parts["first"].status == "ready"


def test_a_crashed_part_is_started_again_and_told(supervising: Callable[..., Supervisor]) -> None:
    kind = fake("Part")
    supervisor = supervising(part=kind)
    supervisor._beat()
    kind.trouble.append("stopped with status 1")
    supervisor._beat()
    assert supervisor.state.events == ["the fake stopped with status 1; starting it again"]
    assert "part" not in supervisor.runners
    beat_until(supervisor, lambda: supervisor.state.parts["part"].status == "ready")


def test_a_pause_comes_before_the_next_try(supervising: Callable[..., Supervisor]) -> None:
    kind = fake("Part")
    supervisor = supervising(part=kind)
    supervisor._beat()
    kind.trouble.append("stopped")
    supervisor._beat()
    supervisor._beat()
    assert supervisor.not_before["part"] > time.monotonic() - 1
    assert "part" not in supervisor.runners


def test_a_part_that_never_was_ready_is_given_up(supervising: Callable[..., Supervisor]) -> None:
    supervisor = supervising(part=fake("Part", trouble=("failed: no room",)))
    supervisor._beat()
    assert supervisor.state.error == "the fake failed: no room"
    assert supervisor.state.parts["part"].status == "failed"


def test_a_part_that_keeps_crashing_is_given_up(supervising: Callable[..., Supervisor]) -> None:
    kind = fake("Part")
    supervisor = supervising(part=kind)
    for _ in range(module.RESTARTS):
        beat_until(supervisor, lambda: supervisor.state.parts.get("part") is not None)
        beat_until(supervisor, lambda: supervisor.state.parts["part"].status == "ready")
        kind.trouble.append("stopped")
        supervisor._beat()
    assert supervisor.state.error == "the fake stopped"


def test_parts_stop_in_the_reverse_order(supervising: Callable[..., Supervisor]) -> None:
    order: list[str] = []
    supervisor = supervising(a=fake("A", stopped=order), b=fake("B", "a", stopped=order))
    beat_until(supervisor, lambda: len(supervisor.runners) == 2)
    supervisor._stop()
    assert order == ["B", "A"]
    assert supervisor.shared.wanted() == {}


def test_a_job_hands_its_error_to_who_asks() -> None:
    def fail() -> None:
        raise ValueError("no room")

    job = Job(fail)
    job.wait(5)
    with pytest.raises(Failed, match="no room"):
        job.done()


def test_a_job_is_done_when_it_came_back() -> None:
    gate = threading.Event()

    def wait() -> None:
        gate.wait(5)

    job = Job(wait)
    assert not job.done()
    gate.set()
    job.wait(5)
    assert job.done()
