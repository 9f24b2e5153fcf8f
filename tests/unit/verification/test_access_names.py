"""An attack that makes a row in somebody else's name is known as one, whatever way it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from flows.rendering import plan
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from flows.stages.verification.access.accounts import Account
from flows.stages.verification.access.matrix import Case, is_in_anothers_name
from flows.stages.verification.access.rules import Somebody

if TYPE_CHECKING:
    from flows.stages.verification.client import Client

LAB = """
name: X
idea: Y
people: [dentist, technician]
entities:
  Technician: {fields: {name: text}, belongs_to: {account: user}}
  Job: {fields: {title: text}, belongs_to: {dentist: {entity: user, required: true}, technician: Technician}}
"""
JOB = plan(derive(read(LAB))).entities[1]


def account(role: str, number: int) -> Account:
    unasked = cast("Client", None)
    return Account(who=Somebody(role=role, number=number), email="", client=unasked, headers={})


@pytest.mark.parametrize(
    ("way", "named", "expected"),
    [
        ("dentist", 7, False),
        ("dentist", 8, True),
        ("technician.account", 1, True),  # theirs by the technician, but in the admin's name
    ],
)
def test_whose_name_a_row_is_made_in(way: str, named: int, *, expected: bool) -> None:
    attacker = account("dentist", 7)
    case = Case(entity=JOB, attacker=attacker, owner=attacker, way=way, relation="owner")
    assert is_in_anothers_name(case, {"dentist": named}) is expected


def test_a_row_that_names_nobody_is_in_nobodys_name() -> None:
    attacker = account("dentist", 7)
    case = Case(entity=JOB, attacker=attacker, owner=attacker, way=None, relation="owner")
    assert not is_in_anothers_name(case, {})
