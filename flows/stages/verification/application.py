"""Where an application under verification lives, and how its own commands are run there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.stages.verification import sandbox
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.sandbox import Command, Limits, Outcome

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

    from flows.stages.verification.schedule import Meter

FOLDERS = ("application", "data", "home", "tmp")


@dataclass(kw_only=True, slots=True)
class Application:
    """The application's folders below `workdir`, its environment once there is one, and its limits."""

    workdir: Path
    limits: Limits
    venv: Path

    @property
    def source(self) -> Path:
        """Where its files are: the folder that every command runs in."""
        return self.workdir / "application"

    @property
    def tmp(self) -> Path:
        """Its folder for temporary files."""
        return self.workdir / "tmp"

    @property
    def python(self) -> str:
        """The interpreter of its environment."""
        return str(self.venv / "bin" / "python")

    def clear(self) -> None:
        """Make its folders anew: what an interrupted attempt left is gone."""
        for name in FOLDERS:
            folder = self.workdir / name
            if folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(parents=True)

    def env(self, database: str) -> dict[str, str]:
        """The whole environment of its processes: nothing of ours."""
        return {
            "PATH": f"{self.venv / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "HOME": str(self.workdir / "home"),
            "TMPDIR": str(self.tmp),
            "DATABASE_URL": f"sqlite:///{self.workdir / 'data' / database}.db",
            "PYTHONUNBUFFERED": "1",  # lines arrive when they are written, not when the process ends
            "PYTHONNOUSERSITE": "1",
        }

    def shown(self, line: str) -> str:
        """The line without this machine's folders."""
        for folder, name in ((self.source, "."), (self.workdir, ".."), (self.venv, "venv")):
            line = line.replace(str(folder), name)
        return line

    def execute(
        self,
        meter: Meter,
        command: Command,
        *,
        limits: Limits | None = None,
        stop: threading.Event | None = None,
    ) -> Outcome:
        """Run any command under this application's limits, its lines and its time told to the meter."""
        outcome = sandbox.run(
            command,
            limits=limits or self.limits,
            say=lambda line: meter.say(self.shown(line)),
            cancel=meter.cancel,
            stop=stop,
        )
        meter.subprocess_s += outcome.duration_s
        if outcome.cancelled:
            raise CheckFailed("cancelled")
        return outcome

    def run(self, meter: Meter, *argv: str, database: str, more: Mapping[str, str] | None = None) -> Outcome:
        """Run one of the application's own commands, with more in its environment if need be."""
        env = {**self.env(database), **(more or {})}
        return self.execute(meter, Command(argv=argv, cwd=self.source, env=env))

    def expect(self, meter: Meter, what: str, *argv: str, database: str = "scratch") -> Outcome:
        """Run one of its own commands, which has to end well; raises CheckFailed."""
        outcome = self.run(meter, *argv, database=database)
        if not outcome.ok:
            raise CheckFailed(f"{what}: {self.reason(outcome)}")
        return outcome

    def reason(self, outcome: Outcome) -> str:
        """Why a command ended as it did, on one line."""
        if outcome.timed_out:
            return f"killed after {self.limits.wall_s:g} s"
        if outcome.limit == "processes":
            return f"killed, more than {self.limits.processes} processes"
        if outcome.code in _SIGNALS:
            return _SIGNALS[outcome.code]
        if any("MemoryError" in line for line in outcome.tail) and self.limits.memory_bytes:
            return f"out of memory, the limit is {self.limits.memory_bytes // 2**20} MiB"
        last = next((line.strip() for line in reversed(outcome.tail) if line.strip()), "no output")
        return f"exit {outcome.code}, {self.shown(last)}"


_SIGNALS = {
    -6: "aborted (SIGABRT)",
    -9: "killed (SIGKILL), perhaps for its memory or processor time",
    -11: "crashed (SIGSEGV)",
    -24: "used up its processor time",
    -25: "wrote a larger file than it may",
}
