"""Reads what pytest reports (JUnit XML): how many tests passed, which failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from flows.stages.verification.lines import clean

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 64 * 1024 * 1024


class ReportUnreadable(Exception):
    """There is no report, or it is not one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TestCase:
    """One test: dotted name of its module or class, its own name, and what became of it."""

    __test__ = False  # the name is JUnit's; pytest would look for tests in it

    classname: str
    name: str
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SuiteReport:
    """What became of each test."""

    passed: int
    skipped: int
    failed: tuple[str, ...]
    cases: tuple[TestCase, ...] = ()

    @property
    def collected(self) -> int:
        """How many tests there are."""
        return self.passed + self.skipped + len(self.failed)


def read(path: Path) -> SuiteReport:
    """The report in that file; raises ReportUnreadable."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReportUnreadable("the report of the tests is too large")
        return parse(path.read_bytes())
    except OSError as error:
        raise ReportUnreadable("the tests ended without a report") from error


def parse(document: bytes) -> SuiteReport:
    """The report in these bytes; raises ReportUnreadable."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse  # no document type, so no entities that expand without end
    try:
        parser.Parse(document, True)  # noqa: FBT003 - expat takes it by position only
    except expat.ExpatError as error:
        raise ReportUnreadable(f"the report of the tests is not XML: {error}") from error
    return SuiteReport(
        passed=reader.passed,
        skipped=reader.skipped,
        failed=tuple(reader.failed),
        cases=tuple(reader.cases),
    )


class _Reader:
    """Counts test cases as their elements go by."""

    def __init__(self) -> None:
        self.passed = self.skipped = 0
        self.failed: list[str] = []
        self.cases: list[TestCase] = []
        self._class = self._name = ""
        self._state = "passed"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "testcase":
            self._class = clean(attributes.get("classname", ""))
            self._name = clean(attributes.get("name", ""))
            self._state = "passed"
        elif tag in {"failure", "error"}:
            self._state = "failed"
        elif tag == "skipped" and self._state == "passed":
            self._state = "skipped"

    def end(self, tag: str) -> None:
        if tag != "testcase":
            return
        self.cases.append(TestCase(classname=self._class, name=self._name, outcome=self._state))
        full_name = f"{self._class}::{self._name}".strip(":")
        if self._state == "passed":
            self.passed += 1
        elif self._state == "skipped":
            self.skipped += 1
        elif full_name not in self.failed:
            self.failed.append(full_name)

    def refuse(self, *_: object) -> None:
        raise ReportUnreadable("the report of the tests declares a document type")
