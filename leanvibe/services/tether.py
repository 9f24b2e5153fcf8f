"""Runs a module as a child that dies with its parent.

`python -m leanvibe.services.tether PARENT_PID FILE MODULE ARGUMENT...`: Linux sends the signal when the
parent is gone, however it went. With a FILE other than "-" the module is started once that exists; the
slow import of Prefect is done meanwhile.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import runpy
import signal
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1

SLOW_IMPORTS = ("prefect.cli.worker", "prefect.workers.process")
"""What a worker imports; it takes as long as the Prefect server takes to start."""

WAIT_SECONDS = 180
"""How long the Prefect server may take to be ready; its first start migrates its own database."""


def tie_to_parent(parent: int) -> None:
    """Have the system kill this process when `parent` dies; exits at once when it is dead already."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # "&" in a script leaves it ignored
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(f"the process {parent} that wanted this service is gone")


def wait_for(file: Path) -> None:
    """Return when `file` exists; exits when it does not within the bound."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not file.exists():
        if time.monotonic() > deadline:
            sys.exit(f"waited {WAIT_SECONDS} s for {file}")
        time.sleep(0.05)


def main() -> None:
    """Tie, wait, and become the module."""
    _, parent, file, module, *arguments = sys.argv
    tie_to_parent(int(parent))
    if file != "-":
        for name in SLOW_IMPORTS:
            importlib.import_module(name)
        wait_for(Path(file))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
