"""The report: every check, and no markup of an application's output in it."""

from __future__ import annotations

from flows.contracts import Check, Verification
from flows.stages.verification.report import markdown

GREEN = Check(name="files", ok=True, detail="3 files written", duration_s=0.25, subprocess_s=0.0)
RED = Check(name="tests", ok=False, detail="a | b <img src=x> [link](x) `c`", duration_s=2, subprocess_s=1.5)


def test_a_page_names_every_check_and_its_time() -> None:
    page = markdown(Verification(checks=(GREEN, RED)))
    assert "1 passed, 1 failed." in page
    assert "| files | passed | 3 files written | 0.2 s |" in page


def test_output_of_the_application_is_shown_and_never_interpreted() -> None:
    row = markdown(Verification(checks=(RED,))).splitlines()[-1]
    assert row == r"| tests | **failed** | a \| b \<img src=x\> \[link\]\(x\) \`c\` | 2.0 s |"
