"""Shows planted faults to the tests: `python planting.py PLAN RESULTS`, run with the application's Python.

One process imports libraries, application and tests once; every fault gets a fork of it. A fault inside a
function replaces the code of that function there; any other is seen by a fork from before the application was
imported, in which the import system hands out the changed module. Nothing on disk changes, so several can run
at once.

PLAN is JSON: preload (modules), options (of pytest), faults (module, function, field, source, tests: groups
of them), workers, seconds (for one fault). RESULTS is a folder: a file for each fault that was seen, named
by its number, with the test that turned red. Standard library and pytest only.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.machinery
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from functions import Functions, loaded_functions, replace

SURVIVED = 0
TURNED_RED = 1


class Planted(importlib.machinery.SourceFileLoader):
    """Loads a module from a changed source, never from what was compiled of the file."""

    def __init__(self, fullname: str, path: str, source: str) -> None:
        super().__init__(fullname, path)
        self._source = source

    def get_code(self, fullname: str) -> Any:  # noqa: ARG002 - the import system's signature
        """The compiled changed source."""
        return self.source_to_code(self._source.encode(), self.path)


class Finder:
    """Finds one module with its fault; all others are found as ever."""

    def __init__(self, module: str, source: str) -> None:
        self._module = module
        self._source = source

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        """The module's own spec with another loader."""
        if fullname != self._module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = Planted(fullname, spec.origin, self._source)
        return spec


class FirstRed:
    """A plugin of pytest that tries the likeliest tests first and remembers the first that failed."""

    name = ""

    def __init__(self, field: str) -> None:
        self._field = field

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Tests with the field's name as their parameter are about its bounds."""
        items.sort(key=lambda item: not self._field or f"[{self._field}" not in item.nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A test was set up, run or torn down."""
        self.pytest_collectreport(report)

    def pytest_collectreport(self, report: Any) -> None:
        """A file was read."""
        if report.failed and not self.name:
            self.name = report.nodeid


def plant(fault: dict[str, Any], functions: Functions) -> None:
    """Change this process: the function where it is loaded already, else the module once it is imported."""
    module = sys.modules.get(fault["module"])
    if module is None:
        sys.meta_path.insert(0, Finder(fault["module"], fault["source"]))
        return
    path = str(module.__file__)
    replace(functions, path, compile(fault["source"], path, "exec"), fault["function"])


def show(fault: dict[str, Any], options: list[str], result: Path) -> int:
    """Run the groups of tests until one is red."""
    import pytest  # noqa: PLC0415 - only the application's Python has it

    first = FirstRed(fault["field"])
    for tests in fault["tests"]:
        if tests and pytest.main([*options, "-x", *tests], plugins=[first]) != SURVIVED:
            result.write_text(first.name or "the tests could not run", encoding="utf-8")
            return TURNED_RED
    return SURVIVED


def fork(plan: dict[str, Any], number: int, functions: Functions, result: Path) -> int:
    """Start the process of one fault; answers its number."""
    child = os.fork()
    if child:
        return child
    status = TURNED_RED
    try:
        signal.alarm(plan["seconds"])  # a fault may make an endless loop: that is found, too
        plant(plan["faults"][number], functions)
        status = show(plan["faults"][number], plan["options"], result)
    except BaseException as error:
        result.write_text(f"the tests could not run: {type(error).__name__}", encoding="utf-8")
        raise
    finally:
        os._exit(status)


def collect(options: list[str]) -> Functions:
    """Import the application and its tests, as pytest does it."""
    import pytest  # noqa: PLC0415 - only the application's Python has it

    pytest.main([*options, "--collect-only"])
    functions = loaded_functions()
    gc.freeze()  # what is shared is not copied by a collection in a fork
    return functions


def main() -> None:
    """Show every fault, several at once."""
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    results = Path(sys.argv[2])
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.path.insert(0, str(Path.cwd()))
    for name in plan["preload"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    functions: Functions = {}
    running: dict[int, int] = {}
    waiting = sorted(range(len(plan["faults"])), key=lambda number: bool(plan["faults"][number]["function"]))
    while waiting or running:
        while waiting and len(running) < plan["workers"]:
            number = waiting.pop(0)
            if plan["faults"][number]["function"] and not functions:
                functions = collect(plan["options"])
            running[fork(plan, number, functions, results / str(number))] = number
        child, status = os.wait()
        number = running.pop(child)
        if os.WIFSIGNALED(status):
            (results / str(number)).write_text("the tests did not end", encoding="utf-8")


if __name__ == "__main__":
    main()
