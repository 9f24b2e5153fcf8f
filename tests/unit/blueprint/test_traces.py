"""Every statement of an interview is followed to what came of it; none is dropped silently."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.contracts import (
    FieldKind,
    InterviewExample,
    InterviewRule,
    Look,
    NotUsed,
    OpenQuestion,
    Statement,
)
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from tests.unit.blueprint.said import belongs, entity, field, intake, rule, status

if TYPE_CHECKING:
    from flows.contracts import Blueprint

SAYS = "Has a name and a price. Belongs to a pet."


def stated(*sentences: tuple[str, str]) -> tuple[Statement, ...]:
    return tuple(
        Statement(number=number, where=where, words=words)
        for number, (where, words) in enumerate(sentences, start=1)
    )


def test_statements_are_followed_to_their_items() -> None:
    said = intake(
        entity("Pet", field("name", because="Has a name"), because="Pet"),
        entity(
            "Booking",
            field("price", FieldKind.MONEY, because=SAYS),
            status("requested", "confirmed", because="Status is requested or confirmed"),
            belongs_to=(belongs("pet", because=SAYS),),
            because=SAYS,
        ),
        people=("sitter",),
        features=("Sitters confirm a booking", "Sitters pay online"),
        rules=(
            rule("sitter", "see", "Booking", because="A sitter sees bookings"),
            rule("sitter", "delete", "Booking", allowed=False, because="A sitter cannot delete a booking"),
        ),
        examples=(InterviewExample(entity="pet", values=(("name", "Rex"),), because="Rex"),),
        look=Look(colours=("#112233",), because="green"),
        not_used=(NotUsed(words="service *", reason="no"),),
        statements=stated(
            ("idea", "We sell things."),
            ("people[1]", "sitter"),
            ("things.Pet", "Pet"),
            ("things.Booking", SAYS),
            ("things.Booking", "Status is requested or confirmed"),
            ("rules[1]", "A sitter sees bookings"),
            ("rules[2]", "A sitter cannot delete a booking"),
            ("features[1]", "Sitters confirm a booking"),
            ("features[2]", "Sitters pay online"),
            ("examples[1]", "Rex"),
            ("look", "green"),
            ("options[1]", "service *"),
            ("things.Pet", "It glows in the dark like no other pet"),
        ),
    )
    plan = derive(said)
    assert [trace.items for trace in plan.traces] == [
        ("product",),
        ("role sitter",),
        ("entity Pet",),
        ("entity Booking", "field Booking.price", "relation Booking.pet"),
        ("field Booking.status", "states Booking", "transition Booking.confirm"),
        ("grant sitter.Booking.see",),
        ("grant sitter.Booking.delete",),
        ("grant sitter.Booking.confirm", "journey 1"),
        ("not built 1",),
        ("example Pet.1",),
        ("look",),
        ("not used 1",),
        (f"question {len(plan.open_questions)}",),
    ]
    assert plan.open_questions[-1].question.startswith(
        "Nothing in the plan comes from this. It seems to be about Pet."
    )


WORDS = st.sampled_from(
    [
        "A sitter can confirm a requested booking",
        "Owners pay online",
        "Has a name",
        "sitter",
        "Cake",
        "Everybody sings",
        "Pet",
        "<b>'; --",
        "犬",
    ]
)
WHERE = st.sampled_from(["name", "idea", "things.Pet", "rules[1]", "features[1]", "people[1]", "look", "x"])


@st.composite
def interviews(draw: st.DrawFn) -> Blueprint:
    """Interviews whose items come from some of their statements, and that ask about some others."""
    words = st.one_of(WORDS, st.text(min_size=1, max_size=20))
    kinds = st.sampled_from(sorted(FieldKind))
    pet = entity(
        "Pet",
        field("name", draw(kinds), because=draw(words), choices=("a", "b")),
        status("requested", "confirmed", because=draw(words)),
        because=draw(words),
    )
    rules = draw(
        st.lists(
            st.builds(
                InterviewRule,
                who=st.tuples(st.sampled_from(["sitter", "anyone", "members", "ghost", "admin"])),
                allowed=st.booleans(),
                only=st.booleans(),
                own=st.booleans(),
                actions=st.tuples(st.sampled_from(["see", "create", "edit", "delete", "change status"])),
                entity=st.sampled_from(["Pet", "Cake"]),
                statuses=st.lists(st.sampled_from(["requested", "confirmed"]), max_size=2).map(tuple),
                verb=st.sampled_from(["", "confirm", "dance"]),
                because=words,
            ),
            max_size=4,
        )
    )
    statements = draw(st.lists(st.tuples(WHERE, words), max_size=8))
    said = intake(
        pet,
        people=draw(st.lists(words, max_size=2)),
        features=draw(st.lists(words, max_size=3)),
        rules=rules,
        statements=stated(*statements),
    )
    asked = [said for _, said in statements if draw(st.booleans())]
    questions = tuple(
        OpenQuestion(number=number, words=said, question="?") for number, said in enumerate(asked, start=1)
    )
    return derive(said.model_copy(update={"open_questions": questions}))


@settings(max_examples=100)
@given(interviews())
def test_no_statement_is_dropped_and_every_item_is_there(plan: Blueprint) -> None:
    there = {"product", "look"}
    there |= {f"role {role.name}" for role in plan.roles}
    for item in plan.entities:
        there |= {f"entity {item.name}", f"states {item.name}"}
        there |= {f"field {item.name}.{part.name}" for part in item.fields}
        there |= {f"relation {item.name}.{part.name}" for part in item.relations}
        there |= {
            f"transition {item.name}.{move.name}" for move in (item.states.transitions if item.states else ())
        }
    for kind, count in {
        "journey": len(plan.journeys),
        "question": len(plan.open_questions),
        "not built": len(plan.not_built),
        "not used": len(plan.not_used),
    }.items():
        there |= {f"{kind} {number}" for number in range(1, count + 1)}
    for trace in plan.traces:
        assert trace.items
        assert len(set(trace.items)) == len(trace.items)
        for traced in trace.items:
            assert traced in there or re.fullmatch(r"grant \w+\.\w+\.\w+", traced), traced
    assert [question.number for question in plan.open_questions] == list(
        range(1, len(plan.open_questions) + 1)
    )


@settings(max_examples=100)
@given(interviews())
def test_nobody_but_the_admin_may_do_more_than_a_grant_says(plan: Blueprint) -> None:
    roles = {role.name for role in plan.roles}
    seen = {(grant.role, grant.entity) for grant in plan.grants if grant.action == "see"}
    for grant in plan.grants:
        assert grant.role in roles | {"visitor"}
        item = plan.entity(grant.entity)
        moves = {move.name for move in item.states.transitions} if item.states else set()
        assert grant.action in {"see", "create", "edit", "delete"} | moves
        assert grant.role != "visitor" or grant.scope == "all"
        assert (grant.role, grant.entity) in seen or (grant.role, grant.action) == ("visitor", "create")
    for item in plan.entities:
        for action in ("see", "create", "edit", "delete"):
            assert any(
                (grant.role, grant.entity, grant.action) == ("admin", item.name, action)
                for grant in plan.grants
            )


def test_what_the_other_end_must_have_is_said_not_to_be_checked() -> None:
    said = read(
        "name: X\nidea: Y\nentities:\n  Owner: {fields: {name: {type: text, required: true}}}\n"
        "  Pet: {belongs_to: {keeper: {entity: Owner, back: pets, back_required: true}}}\n"
    )
    plan = derive(said)
    (left,) = plan.not_used
    assert left.reason.startswith("that each Owner has at least one Pet is not checked")
    (trace,) = (trace for trace in plan.traces if trace.words == left.words)
    assert {"relation Pet.keeper", "not used 1"} <= set(trace.items)
