"""Runs checks side by side, each as soon as what it needs is green, and reports in the caller's thread."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from flows.contracts import Check
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.lines import clean

WORKERS = 2
POLL_S = 0.1  # how soon an exception raised into the calling thread is seen
DETAIL_CHARS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One check: its name, the checks it needs green, its share of the work, and what it does.

    `work` gets its Meter and answers the detail of a green check; it raises CheckFailed for a red one. The
    checks in `after` have to be over, whatever came of them.
    """

    name: str
    needs: tuple[str, ...]
    weight: int
    work: Callable[[Meter], str]
    after: tuple[str, ...] = ()


@dataclass(kw_only=True, slots=True)
class Meter:
    """What a running check says and how long its subprocesses take."""

    name: str
    cancel: threading.Event
    events: queue.SimpleQueue[tuple[str, str]]
    subprocess_s: float = field(default=0.0)

    def say(self, line: str) -> None:
        """Pass one line on; it is said in the thread that waits for the checks."""
        self.events.put((self.name, line))


def run_steps(
    steps: tuple[Step, ...],
    *,
    say: Callable[[str, str], None],
    progress: Callable[[int], None],
    cancel: threading.Event,
) -> tuple[Check, ...]:
    """Run all steps, heavier ones first, two at a time; their checks in the order of `steps`.

    A step whose needs are red is red too, as not run. `say` and `progress` are called in this thread; when
    one of them raises, or this thread is interrupted, every check is cancelled and over before this returns.
    """
    events: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    done: dict[str, Check] = {}
    running: dict[Future[Check], Step] = {}
    total = sum(step.weight for step in steps)
    began = time.monotonic()

    def measured(step: Step) -> Future[Check]:
        return pool.submit(_measure, step, events, cancel, began)

    progress(0)
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="check") as pool:
        try:
            while len(done) < len(steps):
                _start_ready(steps, done, running, measured)
                finished, _ = wait(running, timeout=POLL_S, return_when=FIRST_COMPLETED)
                _drain(events, say)
                for future in finished:
                    done[running.pop(future).name] = future.result()
                _skip_blocked(steps, done)
                if finished:
                    progress(sum(step.weight for step in steps if step.name in done) * 100 // total)
        except BaseException:
            cancel.set()
            raise
    _drain(events, say)
    return tuple(done[step.name] for step in steps)


def _start_ready(
    steps: tuple[Step, ...],
    done: dict[str, Check],
    running: dict[Future[Check], Step],
    start: Callable[[Step], Future[Check]],
) -> None:
    busy = {step.name for step in running.values()}
    for step in sorted(steps, key=lambda step: -step.weight):
        if len(running) == WORKERS:
            return
        if step.name in done or step.name in busy:
            continue
        if all(name in done and done[name].ok for name in step.needs) and done.keys() >= set(step.after):
            running[start(step)] = step


def _skip_blocked(steps: tuple[Step, ...], done: dict[str, Check]) -> None:
    for step in steps:  # needs stand before who needs them, so one pass finds whole chains
        red = [name for name in step.needs if name in done and not done[name].ok]
        if red and step.name not in done:
            done[step.name] = Check(name=step.name, ok=False, detail=not_run_for(red[0]), duration_s=0.0)


def not_run_for(name: str) -> str:
    """The detail of a check that needs one that is red."""
    return f"not run: {name} failed"


def _measure(
    step: Step, events: queue.SimpleQueue[tuple[str, str]], cancel: threading.Event, began: float
) -> Check:
    meter = Meter(name=step.name, cancel=cancel, events=events)
    started = time.monotonic()
    try:
        ok, detail = True, step.work(meter)
    except CheckFailed as error:
        ok, detail = False, str(error)
    return Check(
        name=step.name,
        ok=ok,
        detail=one_line(detail),
        started_s=round(started - began, 3),
        duration_s=round(time.monotonic() - started, 3),
        subprocess_s=round(meter.subprocess_s, 3),
    )


def one_line(text: str) -> str:
    """The text on one bounded line that is safe to show."""
    line = clean(" ".join(text.split()))
    return line if len(line) <= DETAIL_CHARS else f"{line[:DETAIL_CHARS]}…"


def _drain(events: queue.SimpleQueue[tuple[str, str]], say: Callable[[str, str], None]) -> None:
    while True:
        try:
            name, line = events.get_nowait()
        except queue.Empty:
            return
        say(name, line)
