"""Checks run side by side, in the order of their needs, and report in the thread that waits."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from flows.stages.verification.errors import CheckFailed, SandboxError
from flows.stages.verification.schedule import DETAIL_CHARS, Meter, Step, one_line, run_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.contracts import Check

BOUND_S = 10.0


def green(_: Meter) -> str:
    return "fine"


def red(_: Meter) -> str:
    raise CheckFailed("broke\nover two lines")


def step(name: str, *needs: str, work: Callable[[Meter], str] = green, weight: int = 1) -> Step:
    return Step(name=name, needs=needs, weight=weight, work=work)


def done(
    *steps: Step,
    say: Callable[[str, str], None] = lambda *_: None,
    progress: Callable[[int], None] = lambda _: None,
) -> dict[str, Check]:
    checks = run_steps(steps, say=say, progress=progress, cancel=threading.Event())
    assert [check.name for check in checks] == [step.name for step in steps]
    return {check.name: check for check in checks}


def test_what_needs_a_red_check_is_red_and_says_so() -> None:
    checks = done(step("a", work=red), step("b", "a"), step("c", "b"), step("d"))
    assert {name: (check.ok, check.detail) for name, check in checks.items()} == {
        "a": (False, "broke over two lines"),
        "b": (False, "not run: a failed"),
        "c": (False, "not run: b failed"),
        "d": (True, "fine"),
    }


def test_each_says_when_it_started() -> None:
    checks = done(step("a"), step("b", "a"))
    assert 0 <= checks["a"].started_s <= checks["b"].started_s
    ended = checks["a"].started_s + checks["a"].duration_s
    assert checks["b"].started_s >= round(ended, 3) - 0.002  # three roundings


def test_two_run_side_by_side() -> None:
    barrier = threading.Barrier(2, timeout=BOUND_S)

    def meet(_: Meter) -> str:
        barrier.wait()
        return "met"

    checks = done(step("a", work=meet), step("b", work=meet))
    assert {check.detail for check in checks.values()} == {"met"}


def test_needs_are_done_before() -> None:
    order: list[str] = []

    def note(meter: Meter) -> str:
        order.append(meter.name)
        return ""

    done(step("a", work=note), step("b", "a", work=note), step("c", "b", work=note))
    assert order == ["a", "b", "c"]


def test_lines_are_said_in_the_waiting_thread_and_in_order() -> None:
    said: list[tuple[str, str, int]] = []

    def talk(meter: Meter) -> str:
        for number in range(3):
            meter.say(f"line {number}")
        return ""

    done(step("a", work=talk), say=lambda name, line: said.append((name, line, threading.get_ident())))
    assert said == [("a", f"line {number}", threading.get_ident()) for number in range(3)]


def test_progress_is_by_weight() -> None:
    seen: list[int] = []
    done(step("a", weight=1), step("b", "a", weight=3), progress=seen.append)
    assert seen == [0, 25, 100]


def test_times_are_measured() -> None:
    def work(meter: Meter) -> str:
        meter.subprocess_s += 1.5
        return ""

    check = done(step("a", work=work))["a"]
    assert check.subprocess_s == 1.5
    assert 0 <= check.duration_s < BOUND_S


def test_an_error_of_the_sandbox_cancels_the_others_and_is_raised() -> None:
    cancelled: list[bool] = []

    def wait(meter: Meter) -> str:
        cancelled.append(meter.cancel.wait(BOUND_S))
        return ""

    def broken(_: Meter) -> str:
        raise SandboxError("no room")

    with pytest.raises(SandboxError, match="no room"):
        done(step("a", work=wait), step("b", work=broken))
    assert cancelled == [True]


def test_a_detail_is_one_bounded_line() -> None:
    assert one_line("a\n  b\x1b[31m\tc") == "a b c"
    assert len(one_line("x" * 10_000)) == DETAIL_CHARS + 1
