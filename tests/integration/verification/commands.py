"""Sandboxed commands as the tests run them, and how they wait for what becomes of them."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING

import psutil

from flows.stages.verification.sandbox import Command, Limits, Outcome, run

if TYPE_CHECKING:
    from pathlib import Path

BOUND_S = 20.0
LIMITS = Limits(wall_s=60, memory_bytes=1024 * 2**20, cpu_s=60)
BARE = {"PATH": "/usr/bin:/bin"}


def bare(*argv: str, cwd: Path) -> Command:
    return Command(argv=argv, cwd=cwd, env=BARE)


def python(code: str, *, cwd: Path, limits: Limits = LIMITS) -> tuple[Outcome, list[str]]:
    lines: list[str] = []
    return run(bare(sys.executable, "-c", code, cwd=cwd), limits=limits, say=lines.append), lines


def gone(pid: int) -> bool:
    try:
        psutil.Process(pid).wait(BOUND_S)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False
    return True


def wait_for(path: Path) -> str:
    deadline = time.monotonic() + BOUND_S
    waiter = threading.Event()
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text()).endswith("\n"):
            return text.strip()
        waiter.wait(0.02)
    raise AssertionError(f"{path} was never written")
