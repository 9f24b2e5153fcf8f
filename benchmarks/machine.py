"""What every benchmark prints first: the machine it ran on."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version

import psutil


def describe() -> str:
    """Processor, cores, memory, Python and Prefect in one line."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Prefect {version('prefect')}"
    )
