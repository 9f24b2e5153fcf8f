"""A gate is asked once a round and answered once, by somebody who may."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from db.engine import transaction
from db.errors import NotFound, Refused
from db.queries.gates import blueprint_before, gate, undecided
from db.records import gates
from db.records.projects import store_blueprint
from tests.integration.db.conftest import World, at


def _gate(world: World, round_number: int = 1) -> uuid.UUID:
    with transaction(world.url) as connection:
        blueprint = store_blueprint(
            connection,
            tenant_id=world.tenant_id,
            project_id=world.project_id,
            interview_id=world.interview_id,
            sha256="ab" * 32,
            document={"name": "Pets"},
            generator_version="1",
        )
        return gates.ask(
            connection,
            execution_id=world.execution_id,
            round_number=round_number,
            blueprint_id=blueprint.id,
            at=at(0),
        )


def _approve(world: World, gate_id: uuid.UUID, role: str = "founder") -> None:
    decision = gates.Decision(
        answer="approved",
        member_id=world.member_id,
        role=role,  # type: ignore[arg-type]
        at=at(1),
    )
    with transaction(world.url) as connection:
        gates.decide(connection, gate_id, decision)


def test_asking_again_is_the_same_gate(world: World) -> None:
    assert _gate(world) == _gate(world)
    assert _gate(world) != _gate(world, round_number=2)


def test_a_decision_is_kept_with_its_member(world: World) -> None:
    _approve(world, _gate(world))
    with transaction(world.url) as connection:
        seen = gate(connection, world.execution_id)
    assert seen is not None
    assert (seen.decision, seen.decided_by, seen.decided_at, seen.round) == (
        "approved",
        "ada@example.org",
        at(1),
        1,
    )


def test_a_collaborator_may_not_decide(world: World) -> None:
    with pytest.raises(Refused, match="collaborator may not"):
        _approve(world, _gate(world), role="collaborator")


def test_the_second_decision_is_told_so(world: World) -> None:
    gate_id = _gate(world)

    def attempt(_: int) -> str:
        try:
            _approve(world, gate_id)
        except Refused as refused:
            return str(refused)
        return "done"

    with ThreadPoolExecutor(50) as pool:
        answers = sorted(pool.map(attempt, range(50)))
    assert answers == ["done", *["the gate was decided already: approved"] * 49]


def test_a_gate_that_expired_takes_no_decision_and_a_decided_one_does_not_expire(world: World) -> None:
    first, second = _gate(world), _gate(world, round_number=2)
    _approve(world, second)
    with transaction(world.url) as connection:
        assert [waiting.id for waiting in undecided(connection)] == [first]
        assert gates.remind(connection, first, at=at(2))
        assert not gates.remind(connection, first, at=at(3)), "once"
        assert gates.expire(connection, first, at=at(4))
        assert gates.expire(connection, first, at=at(5)), "what was begun is gone on with"
        assert not gates.expire(connection, second, at=at(4))
    with pytest.raises(Refused, match="has expired"):
        _approve(world, first)


def test_an_unknown_gate_is_said_to_be_unknown(world: World) -> None:
    with pytest.raises(NotFound):
        _approve(world, uuid.uuid4())


def test_the_version_before_is_the_one_to_compare_with(world: World) -> None:
    with transaction(world.url) as connection:
        first, second, third = (
            store_blueprint(
                connection,
                tenant_id=world.tenant_id,
                project_id=world.project_id,
                interview_id=world.interview_id,
                sha256=str(number) * 64,
                document={"name": f"Pets {number}"},
                generator_version="1",
            )
            for number in range(3)
        )
        assert blueprint_before(connection, first.id) is None
        assert blueprint_before(connection, second.id) == {"name": "Pets 0"}
        assert blueprint_before(connection, third.id) == {"name": "Pets 1"}
        assert blueprint_before(connection, uuid.uuid4()) is None
