"""Plants the sample of faults and says which no test saw."""

from __future__ import annotations

import ast
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flows.contracts import Mutant
from flows.stages.verification import suite
from flows.stages.verification.lines import clean
from flows.stages.verification.mutation.sample import INSIDE, shown_to

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import FileSet
    from flows.stages.verification.application import Application
    from flows.stages.verification.mutation.inside.faults import Fault
    from flows.stages.verification.mutation.sample import Reached
    from flows.stages.verification.schedule import Meter

WORKERS = 2
FAULT_S = 120
OWN = frozenset({"app", "custom", "tests", "conftest"})


def plant(
    application: Application, files: FileSet, reached: Reached, chosen: tuple[Fault, ...], meter: Meter
) -> tuple[Mutant, ...]:
    """Show each fault to the application's tests; raises CheckFailed when that cannot be done."""
    folder = application.workdir / "faults"
    results = folder / "results"
    results.mkdir(parents=True)
    plan = folder / "plan.json"
    texts = {file.path: file.text for file in files.files}
    plan.write_text(
        json.dumps(
            {
                "preload": libraries(files),
                "options": [*suite.settings(files), "-q"],
                "faults": [
                    {
                        "module": module_name(fault.path),
                        "function": fault.function,
                        "field": fault.field,
                        "source": fault.planted(texts[fault.path]),
                        "tests": shown_to(files, reached, fault),
                    }
                    for fault in chosen
                ],
                "workers": WORKERS,
                "seconds": FAULT_S,
            }
        ),
        encoding="utf-8",
    )
    application.expect(
        meter,
        "planting faults",
        application.python,
        str(INSIDE / "planting.py"),
        str(plan),
        str(results),
        database="faults",
    )
    return tuple(_mutant(fault, results / str(number)) for number, fault in enumerate(chosen))


def unseen(mutants: tuple[Mutant, ...]) -> list[str]:
    """A line for each fault that no test saw."""
    return [
        f"no test turned red when in {mutant.path}:{mutant.line} {mutant.change}"
        for mutant in mutants
        if not mutant.killed
    ]


def libraries(files: FileSet) -> list[str]:
    """Every module that the application and its tests import and that is not theirs."""
    found: set[str] = set()
    for file in files.files:
        if not file.path.endswith(".py") or file.path.partition("/")[0] not in OWN:
            continue
        try:
            tree = ast.parse(file.text)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module)
    return sorted(name for name in found if name.partition(".")[0] not in OWN)


def module_name(path: str) -> str:
    """The dotted name of the module in that file."""
    return ".".join(PurePosixPath(path).with_suffix("").parts).removesuffix(".__init__")


def _mutant(fault: Fault, result: Path) -> Mutant:
    by = clean(result.read_text(encoding="utf-8", errors="replace"))[:200] if result.is_file() else ""
    return Mutant(path=fault.path, line=fault.line, change=clean(fault.change), killed=bool(by), by=by)
