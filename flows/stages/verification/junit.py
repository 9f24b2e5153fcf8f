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
class SuiteReport:
    """What became of each test."""

    passed: int
    skipped: int
    failed: tuple[str, ...]

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
    return SuiteReport(passed=reader.passed, skipped=reader.skipped, failed=tuple(reader.failed))


class _Reader:
    """Counts test cases as their elements go by."""

    def __init__(self) -> None:
        self.passed = self.skipped = 0
        self.failed: list[str] = []
        self._name = ""
        self._state = "passed"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "testcase":
            self._name = clean(f"{attributes.get('classname', '')}::{attributes.get('name', '')}".strip(":"))
            self._state = "passed"
        elif tag in {"failure", "error"}:
            self._state = "failed"
        elif tag == "skipped" and self._state == "passed":
            self._state = "skipped"

    def end(self, tag: str) -> None:
        if tag != "testcase":
            return
        if self._state == "passed":
            self.passed += 1
        elif self._state == "skipped":
            self.skipped += 1
        elif self._name not in self.failed:
            self.failed.append(self._name)

    def refuse(self, *_: object) -> None:
        raise ReportUnreadable("the report of the tests declares a document type")
