"""Bad input starts nothing and says everything; an absent server is one clear line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.conftest import User

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def stranger(tmp_path: Path) -> User:
    """Somebody who has started nothing yet."""
    return User(home=tmp_path / "home", extra={})


def test_every_problem_of_every_file_is_listed_with_its_line(stranger: User, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("name: Tea\nentities:\n  Tea:\n    fields:\n      name: txet\n      age: nubmer\n")
    broken = tmp_path / "broken.yaml"
    broken.write_text("name: [")
    ended = stranger.run("run", wrong, broken, tmp_path / "absent.yaml", "--json")
    assert ended.status == 2
    assert ended.out == ""
    for said in ("wrong.yaml:5:", "wrong.yaml:6:", "txet", "nubmer", "idea", "broken.yaml:", "absent.yaml"):
        assert said in ended.err
    assert "Traceback" not in ended.err
    assert not stranger.home.exists()


def test_no_interview_is_wrong_input_too(stranger: User) -> None:
    assert stranger.run("run").status == 2
    assert stranger.run("logs", "abc", "--stage", "nonsense").status == 2


@pytest.mark.parametrize(
    ("setting", "value", "address"),
    [
        ("LEANVIBE_DATABASE_URL", "postgresql://ada:hunter2@127.0.0.1:1/app", "127.0.0.1:1"),
        ("PREFECT_API_URL", "http://127.0.0.1:1/api", "http://127.0.0.1:1/api"),
    ],
)
def test_a_server_that_does_not_answer_is_one_line(
    stranger: User, small: Path, setting: str, value: str, address: str
) -> None:
    ended = User(home=stranger.home, extra={setting: value}).run("run", small, "--approve", "--json")
    assert (ended.status, ended.out) == (1, "")
    lines = [line for line in ended.err.splitlines() if line.startswith("leanvibe:")]
    assert len(lines) == 1
    assert address in lines[0]
    assert setting in lines[0]
    assert "hunter2" not in ended.err
    assert "Traceback" not in ended.err
    assert not stranger.processes()
