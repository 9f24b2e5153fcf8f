"""How problems look on a terminal, whatever the founder's text holds."""

from __future__ import annotations

import pytest

from flows.contracts import Problem
from flows.stages.intake.document import InterviewProblems, read, render


def rendered(text: str, file: str = "pets.yaml") -> str:
    with pytest.raises(InterviewProblems) as caught:
        read(text)
    return render(caught.value.problems, file=file, text=text)


def test_the_line_is_shown_with_a_caret() -> None:
    text = "name: X\nidea: Y\nentities:\n  Pet: {fields: {name: txet}}\n"
    assert rendered(text) == (
        "pets.yaml:4:24: 'txet' is not a field type\n"
        "  4 |   Pet: {fields: {name: txet}}\n"
        "    |                        ^\n"
        "  Did you mean 'text'? The types are: text, long text, number, decimal, money, date, time, "
        "date and time, duration, yes/no, choice, email, phone, link, image, file, identifier.\n"
    )


def test_the_caret_stands_below_wide_signs_tabs_and_accents() -> None:
    problem = Problem(line=1, column=5, where="a", message="m", hint="h")
    shown = render((problem,), file="f", text="犬\te\u0301x")
    assert shown.splitlines()[1:3] == ["  1 | 犬 e\u0301x", "    |     ^"]


def test_a_long_line_is_shown_around_the_place() -> None:
    shown = rendered("name: X\nidea: Y\nentities: {" + "a" * 5000 + ": x}")
    assert max(len(line) for line in shown.splitlines()) < 200
    assert "^" in shown


@pytest.mark.parametrize("evil", ["\x1b[31m", "\x07", "\x9b2J", "\u202e", "\r"])
def test_nothing_reaches_the_terminal_that_it_would_act_on(evil: str) -> None:
    escaped = f'"{evil.encode("unicode_escape").decode()}"'
    for text in (
        f"{evil}: {evil}",
        f"{escaped}: x",
        f"name: {escaped}",
        f"entities: {{{escaped}: {escaped}}}",
    ):
        assert evil not in rendered(text, file=f"a{evil}b.yaml")


def test_a_problem_without_a_line_is_shown_too() -> None:
    problem = Problem(where="document", message="3 more problems are not listed", hint="Mend the others.")
    assert render((problem,), file="f.yaml", text="") == (
        "f.yaml: 3 more problems are not listed\n  Mend the others.\n"
    )
    assert "document: 3 more" in str(InterviewProblems((problem,)))
