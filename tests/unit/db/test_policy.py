"""Who may do what, and how far an execution is."""

from __future__ import annotations

from typing import get_args

import pytest

from db.policy.permissions import GRANTS, Action, Role, allows
from db.policy.progress import STAGES, WEIGHTS, overall


@pytest.mark.parametrize("role", get_args(Role))
@pytest.mark.parametrize("action", get_args(Action))
def test_a_collaborator_decides_nothing_and_the_others_may(role: Role, action: Action) -> None:
    assert allows(role, action) == (role != "collaborator" or not action.startswith("blueprint:"))


def test_what_is_not_granted_is_denied() -> None:
    assert not allows("stranger", "pipeline:start")  # type: ignore[arg-type]
    assert set(GRANTS) == set(get_args(Role))


def test_progress_is_whole_when_every_stage_is() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert overall(dict.fromkeys(STAGES, 100)) == 100
    assert overall({}) == 0
    assert overall({"verification": 50}) == 30
