"""Five founders write a paragraph or two each: what is proposed, and that no sentence of theirs is lost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.contracts import USER
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read

if TYPE_CHECKING:
    from flows.contracts import Blueprint, Intake

FOUNDERS = Path(__file__).parent / "founders"


@dataclass(frozen=True, kw_only=True)
class Sensible:
    """What a reader of the text would expect to find; there may be more."""

    roles: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    """Thing → some of its fields."""
    no_things: tuple[str, ...]
    """Words of the text that are no things of theirs."""
    ties: dict[str, str]
    """`Thing.relation` → where it leads."""
    may: tuple[tuple[str, str, str], ...]
    """(role, action, thing)"""
    may_not: tuple[tuple[str, str, str], ...]
    asked: tuple[str, ...]
    """Beginnings of sentences that become a question."""
    not_built: tuple[str, ...] = ()


EXPECTED = {
    "dental_lab": Sensible(
        roles=("dentist", "technician", "quality_manager", "office"),
        fields={"Case": ("scan", "status"), "Invoice": ("amount",), "Remake": ("reason",)},
        no_things=("House", "Release", "Tray", "Phone", "Laboratory"),
        ties={"Case.dentist": USER, "Case.technician": "Technician"},
        may=(("quality_manager", "release", "Case"), ("office", "create", "Invoice")),
        may_not=(("dentist", "release", "Case"), ("dentist", "see", "Invoice")),
        asked=(),
        not_built=("Technicians chat with the dentist about a case",),
    ),
    "food_bank": Sensible(
        roles=("supermarket", "bakery", "driver", "household", "volunteer", "coordinator"),
        fields={"Donation": ("quantity",), "Pick-up slot": ("start",), "Shift": ("start",)},
        no_things=("Down", "Goe", "Kilogram", "Best-before date", "Report", "Rain", "List"),
        ties={
            "Reservation.household": USER,
            "Reservation.pick_up_slot": "Pick-up slot",
            "Registration.shift": "Shift",
        },
        may=(("household", "create", "Reservation"), ("coordinator", "confirm", "Reservation")),
        may_not=(("household", "confirm", "Reservation"), ("driver", "see", "Reservation")),
        asked=("Everything that is stored has", "A coordinator checks"),
        not_built=("The board gets a yearly report", "Households get a text message"),
    ),
    "guest_berths": Sensible(
        roles=("skipper", "berth_holder", "harbour_master"),
        fields={"Berth": ("pontoon", "depth", "price"), "Boat": ("draught",), "Review": ("stars",)},
        no_things=("Room", "Refus", "Draught", "Harbour", "Guest"),
        ties={"Request.berth": "Berth", "Request.skipper": USER, "Review.skipper": USER},
        may=(("harbour_master", "accept", "Request"), ("skipper", "create", "Request")),
        may_not=(("skipper", "accept", "Request"), ("berth_holder", "see", "Request")),
        asked=("Berth holders tell us", "It must work on a phone", "Skippers who come"),
        not_built=("Guests pay the harbour dues by card",),
    ),
    "translations": Sensible(
        roles=("client", "project_manager", "translator"),
        fields={"Document": ("file",), "Quote": ("amount",), "Invoice": ("amount", "status")},
        no_things=("Proofread", "Language", "Evening", "E-mail", "Month"),
        ties={"Document.client": USER, "Invoice.translator": USER, "Invoice.job": "Job"},
        may=(("client", "accept", "Quote"), ("project_manager", "create", "Job")),
        may_not=(("translator", "accept", "Quote"), ("client", "see", "Invoice")),
        asked=(),
    ),
    "beekeepers": Sensible(
        roles=("beekeeper", "bee_inspector", "member"),
        fields={
            "Hive": ("queen",),
            "Inspection": ("date",),
            "Treatment": ("product", "dose", "batch_number"),
        },
        no_things=("Down", "Queen", "Lid", "Rain", "Diary", "Law"),
        ties={"Apiary.beekeeper": USER, "Hive.apiary": "Apiary", "Loan.extractor": "Extractor"},
        may=(("member", "create", "Loan"), ("bee_inspector", "see", "Treatment")),
        may_not=(("bee_inspector", "see", "Loan"),),
        asked=("Nice to look at",),
    ),
}


@cache
def intake_of(name: str) -> Intake:
    return read((FOUNDERS / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def plan_of(name: str) -> Blueprint:
    return derive(intake_of(name))


@pytest.mark.parametrize("name", EXPECTED)
def test_everything_that_is_proposed_is_marked_as_inferred(name: str) -> None:
    interview = intake_of(name).interview
    said = {statement.words for statement in interview.statements}
    for entity in interview.entities:
        for part in (entity, *entity.fields, *entity.relations):
            assert part.source == "inferred"
            assert part.because in said
    assert {rule.source for rule in interview.rules} == {"inferred"}
    people = {statement.words for statement in interview.statements if statement.where.startswith("people")}
    proposed = [role for role in plan_of(name).roles[:-1] if role.because not in people]
    assert bool(people) is not bool(proposed)
    assert {role.source for role in proposed} <= {"inferred"}
    assert {role.because for role in proposed} <= said
    for entity in plan_of(name).entities:
        assert entity.source == "inferred"
        assert {part.source for part in entity.fields} == {"inferred"}


@pytest.mark.parametrize("name", EXPECTED)
def test_no_sentence_is_lost(name: str) -> None:
    plan, interview = plan_of(name), intake_of(name).interview
    items = {trace.words: set(trace.items) for trace in plan.traces}
    assert all(items[statement.words] for statement in interview.statements)
    # What is wished for gives more than a word in the description, but for who it is that asks.
    wishes = [one for one in interview.statements if one.where.startswith(("idea", "features"))]
    only_told = [one.words for one in wishes if items[one.words] <= {"product"}]
    assert all(words == wishes[0].words for words in only_told)


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_reader_agrees_with_what_is_kept(name: str, expected: Sensible) -> None:
    plan = plan_of(name)
    entities = {entity.label: entity for entity in plan.entities}
    for thing, fields in expected.fields.items():
        assert set(fields) <= {field.name for field in entities[thing].fields}
    assert not set(expected.no_things) & set(entities)
    labels = {entity.name: entity.label for entity in plan.entities} | {USER: USER}
    ties = {
        f"{entity.label}.{relation.name}": labels[relation.target]
        for entity in plan.entities
        for relation in entity.relations
    }
    assert expected.ties.items() <= ties.items()


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_reader_agrees_with_who_may_do_what(name: str, expected: Sensible) -> None:
    plan = plan_of(name)
    assert {role.name for role in plan.roles} == {*expected.roles, "admin"}
    labels = {entity.name: entity.label for entity in plan.entities}
    may = {(grant.role, grant.action, labels.get(grant.entity, "")) for grant in plan.grants}
    assert set(expected.may) <= may
    assert not set(expected.may_not) & may


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_what_cannot_be_read_or_built_is_said(name: str, expected: Sensible) -> None:
    plan = plan_of(name)
    statements = {statement.words for statement in intake_of(name).interview.statements}
    asked = {question.words: question for question in plan.open_questions if question.words in statements}
    for beginning in expected.asked:
        (question,) = (asked[words] for words in asked if words.startswith(beginning))
        assert question.number
        assert "?" in question.question
    wishes = {wish.words for wish in plan.not_built}
    assert len(wishes) == len(expected.not_built)
    assert all(any(words.startswith(beginning) for words in wishes) for beginning in expected.not_built)
