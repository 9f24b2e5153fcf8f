"""The report: every check, and no markup of an application's output in it."""

from __future__ import annotations

from flows.contracts import Check, Verification
from flows.stages.verification.report import markdown, summary

GREEN = Check(name="files", ok=True, detail="3 files written", duration_s=0.25, subprocess_s=0.0)
RED = Check(name="tests", ok=False, detail="a | b <img src=x> [link](x) `c`", duration_s=2, subprocess_s=1.5)


def test_a_page_names_every_check_and_its_time() -> None:
    page = markdown(Verification(checks=(GREEN, RED)))
    assert "1 passed, 1 failed." in page
    assert "| files | passed | 3 files written | 0.2 s |" in page


def test_output_of_the_application_is_shown_and_never_interpreted() -> None:
    row = markdown(Verification(checks=(RED,))).splitlines()[-1]
    assert row == r"| tests | **failed** | a \| b \<img src=x\> \[link\]\(x\) \`c\` | 2.0 s |"


def test_of_several_red_checks_the_one_is_named_that_kept_others_from_running() -> None:
    def red(name: str, detail: str) -> Check:
        return Check(name=name, ok=False, detail=detail, duration_s=0)

    checks = (red("lint", "1 file"), red("migrate", "it raised"), red("seed", "not run: migrate failed"))
    assert summary(Verification(checks=checks)) == "3 of 3 checks failed; migrate: it raised"
    assert summary(Verification(checks=checks[:2])) == "2 of 2 checks failed; lint: 1 file"
