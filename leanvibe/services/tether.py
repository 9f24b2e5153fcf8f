"""Runs a module as a child that dies with its parent.

`python -m leanvibe.services.tether PARENT_PID URL MODULE ARGUMENT...`: Linux sends the signal when the
parent is gone, however it went. With a URL other than "-" the module is started once that answers; the
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

from leanvibe.services.probe import answers

PR_SET_PDEATHSIG = 1

SLOW_IMPORTS = ("prefect.cli.worker", "prefect.workers.process")
"""What a worker imports; it takes as long as the Prefect server takes to start."""

WAIT_SECONDS = 180
"""How long the awaited server may take; its first start migrates its own database."""


def tie_to_parent(parent: int) -> None:
    """Have the system kill this process when `parent` dies; exits at once when it is dead already."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # "&" in a script leaves it ignored
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(f"the process {parent} that wanted this service is gone")


def await_server(url: str) -> None:
    """Return when `url` answers; exits when it does not within the bound."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not answers(url):
        if time.monotonic() > deadline:
            sys.exit(f"{url} did not answer within {WAIT_SECONDS} s")
        time.sleep(0.1)


def main() -> None:
    """Tie, wait, and become the module."""
    _, parent, url, module, *arguments = sys.argv
    tie_to_parent(int(parent))
    if url != "-":
        for name in SLOW_IMPORTS:
            importlib.import_module(name)
        await_server(url)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
