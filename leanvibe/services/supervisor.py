"""The supervisor: one detached process per home that starts what is wanted, watches it, and stops it all.

`python -m leanvibe.services.supervisor` is started by the first command of a home and leaves with the last.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
import traceback

import psutil

from blocks.settings import Settings, settings
from leanvibe.services.child import descendants, kill
from leanvibe.services.parts import PARTS
from leanvibe.services.runner import Context, Failed, Runner
from leanvibe.services.servers import Servers
from leanvibe.services.shared import Part, Shared, State

PR_SET_CHILD_SUBREAPER = 36

RESTARTS = 5
"""How often a part may crash within the window before it is given up."""

WINDOW_SECONDS = 120

BEAT_SECONDS = 0.05


class Supervisor:
    """Its main loop; everything but the two database calls happens in the main thread."""

    def __init__(self, chosen: Settings, shared: Shared) -> None:
        """Takes the settings as they are in the environment."""
        self.shared = shared
        self.context = Context(settings=chosen, servers=Servers.of(chosen))
        self.state = State(
            pid=os.getpid(),
            created=psutil.Process().create_time(),
            servers=self.context.servers.named(),
        )
        self.runners: dict[str, Runner] = {}
        self.crashes: dict[str, list[float]] = {}
        self.not_before: dict[str, float] = {}
        self.signals = 0

    def run(self) -> None:
        """Until the last command is gone, or somebody says stop."""
        signal.signal(signal.SIGTERM, self._heard)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if sys.platform == "linux":  # what a killed service leaves behind becomes ours, to be stopped with it
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.shared.write(self.state)
        with self.shared.lock("users") as users:
            try:
                while not self.signals and not users.try_exclusive():
                    if self._beat():
                        self.shared.write(self.state)
                    time.sleep(BEAT_SECONDS)
            finally:
                self._stop()

    def _heard(self, _number: int, _frame: object) -> None:
        self.signals += 1

    def _beat(self) -> bool:
        """One look at every part; returns whether the state changed."""
        changed = False
        for name, port in self.shared.wanted().items():
            changed |= self._ensure(name, port)
        for name, runner in list(self.runners.items()):
            changed |= self._look_at(name, runner)
        return changed

    def _ensure(self, name: str, port: int) -> bool:
        """Start a wanted part once everything it needs is ready."""
        if name in self.runners or self.state.error or time.monotonic() < self.not_before.get(name, 0):
            return False
        kind = PARTS[name]
        for needed in kind.needs(self.context):
            part = self.state.parts.get(needed)
            if part is None or part.status != "ready":
                return False
        self.context.ports.setdefault(name, port)
        self.runners[name] = kind(self.context)
        self.state.parts[name] = Part()
        return True

    def _look_at(self, name: str, runner: Runner) -> bool:
        part = self.state.parts[name]
        before = (part.status, part.pid)
        try:
            if runner.check():
                part.status = "ready"
            runner.describe(part)
        except Failed as failure:
            self._crashed(name, runner, str(failure))
            return True
        return before != (part.status, part.pid)

    def _crashed(self, name: str, runner: Runner, reason: str) -> None:
        """Start it again after a pause that doubles, or give up."""
        ready = self.state.parts[name].status == "ready"
        now = time.monotonic()
        recent = [when for when in self.crashes.get(name, []) if now - when < WINDOW_SECONDS]
        self.crashes[name] = [*recent, now]
        runner.stop(0)
        del self.runners[name]
        if len(recent) + 1 < RESTARTS and (ready or runner.again):
            self.not_before[name] = now + min(0.5 * 2 ** len(recent), 10)
            self.state.parts[name].status = "starting"
            self.state.events.append(f"{runner.title} {reason}; starting it again")
            return
        self.state.parts[name].status = "failed"
        self.state.error = f"{runner.title} {reason}"

    def _stop(self) -> None:
        """Stop in the reverse order of the start; a second SIGTERM makes it short."""
        for runner in reversed(list(self.runners.values())):
            try:
                runner.stop(0 if self.signals > 1 else runner.patience)
            except Exception:  # noqa: BLE001 - one part that cannot stop must not keep the others running
                traceback.print_exc()
        kill(descendants(os.getpid()))
        self.shared.forget()


def main() -> None:
    """Be the supervisor of the home in the environment, unless it has one."""
    chosen = settings()
    shared = Shared(chosen.home)
    try:
        lock = shared.lock("supervisor")
        with lock:
            lock.exclusive(5)
            Supervisor(chosen, shared).run()
    except TimeoutError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
