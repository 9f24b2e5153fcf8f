"""A plugin of pytest that notes which tests come to the places where a fault could be planted.

Without it a fault in a line that this application never needs would count as one that no test sees. PLACES
names the modules, by ; apart, REACHED the file for the answer: by module and position of the fault, the first
few tests.
"""

from __future__ import annotations

import builtins
import json
import os
from pathlib import Path
from typing import Any

import faults
import functions

MOST = 20
"""Tests noted for each place."""

MARK = "__reached__"


class Reaching:
    """Marks the places when all tests are collected, and writes down who came by."""

    def __init__(self) -> None:
        self.test = ""
        self.places: list[tuple[str, int]] = []
        self.tests: list[list[str]] = []

    def pytest_collection_finish(self) -> None:
        """Everything is imported: put marks into the functions of the modules."""
        loaded = functions.loaded_functions()
        setattr(builtins, MARK, self.reached)
        for path in filter(None, os.environ["PLACES"].split(";")):
            file = Path(path).absolute()
            tree = faults.marked(path, file.read_text(encoding="utf-8"), MARK, self.number)
            functions.replace(loaded, str(file), compile(tree, str(file), "exec"))

    def number(self, path: str, position: int) -> int:
        """A number for the place."""
        self.places.append((path, position))
        self.tests.append([])
        return len(self.places) - 1

    def reached(self, number: int) -> None:
        """A test came to the place."""
        tests = self.tests[number]
        if len(tests) < MOST and self.test and self.test not in tests:
            tests.append(self.test)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins."""
        self.test = nodeid

    def pytest_sessionfinish(self) -> None:
        """Write the answer."""
        found: dict[str, dict[str, list[str]]] = {}
        for (path, position), tests in zip(self.places, self.tests, strict=True):
            if tests:
                found.setdefault(path, {})[str(position)] = tests
        Path(os.environ["REACHED"]).write_text(json.dumps(found), encoding="utf-8")


def pytest_configure(config: Any) -> None:
    """Begin."""
    config.pluginmanager.register(Reaching())
