"""How long all files of a 15-entity, 46-field, 19-relation model take to generate.

The peer is one import of FastAPI in a fresh process, `python -c "import fastapi"`. Generating is timed inside
a fresh process too; like the peer's modules, templates are compiled before and read from `__pycache__`.
Bound: less than the peer.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from machine import describe

ROOT = Path(__file__).parent.parent
MODEL = Path(__file__).parent / "university.yaml"
ROUNDS = 11
BOUND = 1.0

GENERATE = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from flows.stages.intake.document import read
from flows.stages.blueprint.derive import derive
from flows.stages.backend.generate import generate as backend
from flows.stages.frontend.generate import generate as frontend
from flows.stages.infrastructure.generate import generate as infrastructure
from flows.stages.observability.generate import generate as observability
blueprint = derive(read(Path({str(MODEL)!r}).read_text()))
started = time.perf_counter()
parts = [part(blueprint) for part in (backend, frontend, infrastructure, observability)]
seconds = time.perf_counter() - started
files = [file for part in parts for file in part.files]
print(seconds, len(files), sum(len(file.text) for file in files))
"""


def generate() -> tuple[float, int, int]:
    """Seconds, files and characters of one generation in a fresh process."""
    done = subprocess.run([sys.executable, "-c", GENERATE], capture_output=True, text=True, check=True)
    seconds, files, characters = done.stdout.split()
    return float(seconds), int(files), int(characters)


def import_fastapi() -> float:
    """Seconds of one import in a fresh process, from outside."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import fastapi"], check=True)
    return time.perf_counter() - started


def main() -> int:
    """Alternate the two, print medians and the ratio; 1 when it is over the bound."""
    print(describe())
    generate(), import_fastapi()  # bytecode of both is written before anything counts
    pairs = [(generate(), import_fastapi()) for _ in range(ROUNDS)]
    (_, files, characters) = pairs[0][0]
    ours = statistics.median(pair[0][0] for pair in pairs)
    peer = statistics.median(pair[1] for pair in pairs)
    ratio = statistics.median(pair[0][0] / pair[1] for pair in pairs)
    print(f"{files} files, {characters} characters, {ROUNDS} alternating pairs")
    print(f"{'generate s':>12}{'import s':>12}{'ratio':>8}   bound {BOUND}")
    print(f"{ours:>12.3f}{peer:>12.3f}{ratio:>8.2f}   {'over' if ratio >= BOUND else 'ok'}")
    return int(ratio >= BOUND)


if __name__ == "__main__":
    raise SystemExit(main())
