"""What is read from a report of tests, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.stages.verification import junit
from flows.stages.verification.junit import ReportUnreadable, SuiteReport, parse, read

if TYPE_CHECKING:
    from pathlib import Path

REPORT = b"""<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest">
<testcase classname="tests.test_pets" name="test_good" time="0.1"/>
<testcase classname="tests.test_pets" name="test_bad"><failure message="no">trace</failure></testcase>
<testcase classname="tests.test_pets" name="test_bad"><error message="teardown">trace</error></testcase>
<testcase classname="" name="tests.test_broken"><error>collection</error></testcase>
<testcase classname="tests.test_pets" name="test_later"><skipped/></testcase>
</testsuite></testsuites>"""


def test_passed_failed_and_skipped_are_counted() -> None:
    report = parse(REPORT)
    assert report == SuiteReport(
        passed=1,
        skipped=1,
        failed=("tests.test_pets::test_bad", "tests.test_broken"),
        cases=report.cases,
    )
    assert [(case.classname, case.name, case.outcome) for case in report.cases] == [
        ("tests.test_pets", "test_good", "passed"),
        ("tests.test_pets", "test_bad", "failed"),
        ("tests.test_pets", "test_bad", "failed"),
        ("", "tests.test_broken", "failed"),
        ("tests.test_pets", "test_later", "skipped"),
    ]
    assert report.collected == 4


def test_a_report_that_declares_entities_is_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><testsuites>&b;</testsuites>'
    with pytest.raises(ReportUnreadable, match="document type"):
        parse(laughs)


@pytest.mark.parametrize("document", [b"", b"not xml", b"<testsuites>", b"\xff\xfe"])
def test_what_is_no_report_is_refused(document: bytes) -> None:
    with pytest.raises(ReportUnreadable, match="not XML"):
        parse(document)


def test_a_missing_or_huge_report_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReportUnreadable, match="without a report"):
        read(tmp_path / "none.xml")
    path = tmp_path / "junit.xml"
    path.write_bytes(REPORT)
    assert read(path).passed == 1
    monkeypatch.setattr(junit, "MOST_BYTES", 10)
    with pytest.raises(ReportUnreadable, match="too large"):
        read(path)
