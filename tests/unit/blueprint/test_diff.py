"""The semantic diff: in words, in order, complete: nothing changes without a sentence that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from flows.contracts import Blueprint, Comparison, FieldKind, InterviewExample, Look, NotUsed
from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.diff import differences
from tests.unit.blueprint.said import belongs, entity, field, intake, rule, status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import InterviewEntity

OWNER = entity("Owner", "name")
BOOKING = entity(
    "Booking",
    field("price", FieldKind.MONEY, minimum=1),
    field("starts", FieldKind.DATE),
    field("ends", FieldKind.DATE),
    status("requested", "confirmed", "done"),
    belongs_to=(belongs("pet", required=True),),
)
PET = entity("Pet", "name", field("weight", FieldKind.NUMBER), belongs_to=(belongs("owner"),))


def plan(*entities: InterviewEntity, feedback: tuple[str, ...] = (), **more: Any) -> Blueprint:
    said = {"people": ("owner", "sitter"), "name": "Paws", **more}
    return derive(intake(*(entities or (OWNER, PET, BOOKING)), **said), feedback=feedback)


def changed(part: InterviewEntity, which: str, /, **change: Any) -> InterviewEntity:
    fields = tuple(item.model_copy(update=change) if item.name == which else item for item in part.fields)
    return part.model_copy(update={"fields": fields})


BEFORE = plan()


@pytest.mark.parametrize(
    ("after", "sentences"),
    [
        (plan(OWNER, PET, changed(BOOKING, "price", required=True)), ["Booking: price is now required"]),
        (
            plan(OWNER, PET, changed(BOOKING, "price", minimum=None, maximum=9)),
            [
                "Booking: price has no least value any more (before: 1)",
                "Booking: price is now at most 9",
            ],
        ),
        (
            plan(
                OWNER,
                PET.model_copy(update={"fields": (*PET.fields, field("vaccination date", FieldKind.DATE))}),
                BOOKING,
            ),
            ["Pet: has a new field: vaccination date (date)"],
        ),
        (
            plan(OWNER, changed(PET, "weight", name="mass"), BOOKING),
            ["Pet: weight is renamed to mass (weight to mass)"],
        ),
        (plan(OWNER, PET.model_copy(update={"fields": PET.fields[:1]}), BOOKING), ["Pet: weight is gone"]),
        (
            plan(OWNER, PET, changed(BOOKING, "starts", kind=FieldKind.DATE_AND_TIME)),
            ["Booking: starts is now date and time (before: date)"],
        ),
        (
            plan(OWNER, PET, BOOKING.model_copy(update={"relations": (belongs("pet"),)})),
            [
                "Booking: pet may now be empty",
                "Booking: pet when what it leads to is deleted, these rows now lose the reference",
            ],
        ),
        (
            plan(
                OWNER,
                PET,
                changed(BOOKING, "status", choices=("requested", "confirmed", "done", "cancelled")),
            ),
            [
                "Booking: status now offers “cancelled” too",
                "Booking: one can now cancel it: from “requested”, “confirmed” to “cancelled”",
                "Owners may now cancel a booking, their own",
                "Sitters may now cancel a booking, their own",
            ],
        ),
        (
            plan(rules=(rule("sitter", "edit", "Pet"),)),
            [
                "Owners may no longer create a pet",
                "Owners may no longer edit a pet",
                "Owners may no longer delete a pet",
                "Sitters may edit a pet: now all of them, before that their own",
                "Sitters may no longer delete a pet",
            ],
        ),
        (plan(feedback=("more cats",)), ["New question about “more cats”: This change was asked for"]),
        (plan(features=("We chat",)), ["Wishes: also “We chat”", "Not built: “We chat”, because chat needs"]),
        (plan(look=Look(colours=("#112233",))), ["The colour is now “#112233”, not nothing"]),
        (
            plan(examples=(InterviewExample(entity="Pet", values=(("name", "Rex"),)),)),
            ["New example: Pet with name “Rex”"],
        ),
        (plan(not_used=(NotUsed(words="dto *", reason="no"),)), ["Not used: “dto *”, because no"]),
        (plan(profile="api"), ["The application comes now as api, not as web"]),
        (
            plan(people=("owner", "sitter", "office")),
            ["People: also “office”", "There is a new role: Office", "Offices may now see an owner"],
        ),
        (plan(OWNER, PET), ["Booking is gone"]),
    ],
)
def test_a_difference_reads_in_words(after: Blueprint, sentences: list[str]) -> None:
    found = differences(BEFORE, after)
    for said in sentences:
        assert any(sentence.startswith(said) for sentence in found), (said, found)
    # What is not listed here is about permissions that the change brought along.
    assert len(found) == len(sentences) or any(" may " in sentence.lower() for sentence in found)


def test_a_new_thing_is_said_with_what_it_holds_and_who_may_what() -> None:
    usual = "see (all of them), create (all of them), edit (their own), delete (their own)"
    asked = (
        "The question about “sitter” is now: Sitter: these rows belong to others, so people of this kind "
        "can enter but not correct them: pets, bookings, reviews. May they edit all of them?"
    )
    review = entity("Review", "text", belongs_to=(belongs("owner"),))
    assert differences(BEFORE, plan(OWNER, PET, BOOKING, review)) == (
        "Review is new: text (text), owner (Owner)",
        f"Owners may with reviews: {usual}",
        f"Sitters may with reviews: {usual}",
        asked,
    )


def test_a_thing_that_differs_in_its_name_alone_is_renamed() -> None:
    leads = PET.model_copy(update={"relations": (belongs("owner", "Keeper"),)})
    after = plan(entity("Keeper", "name"), leads, BOOKING, people=("sitter",))
    before = plan(people=("sitter",))
    assert differences(before, after) == ("Owner is renamed to Keeper",)


def test_rules_that_narrow_are_said_as_such() -> None:
    after = plan(rules=(rule("owner", "see", "Pet", own=True),))
    assert "Owners may see a pet: now their own, before that all of them" in differences(BEFORE, after)


def mutants(model: Any, name: str) -> Iterator[Any]:
    """The model with other values of that attribute, each of which it may have."""
    value = getattr(model, name)
    others: list[Any] = list(FieldKind) if name == "kind" else [False, True, 7, 8.5, "else", f"{value} else"]
    for part in get_args(type(model).model_fields[name].annotation):
        others += get_args(part) or [part]
    if isinstance(value, tuple):
        others = [(*value, *(value[:1] or ("else",))), value[1:], tuple(reversed(value))]
    for other in others:
        try:
            mutant = type(model).model_validate({**dict(model), name: other}, strict=True)
        except ValidationError:
            continue
        if mutant != model:
            yield mutant


def single_changes(model: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """The model once per attribute of it or below it, with only that one changed."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        path = f"{where}.{name}"
        for mutant in mutants(model, name):
            yield path, mutant
        if hasattr(value, "model_copy"):
            for below, changed_value in single_changes(value, path):
                yield below, model.model_copy(update={name: changed_value})
        elif isinstance(value, tuple):
            for at, part in enumerate(value):
                if hasattr(part, "model_copy"):
                    for below, other in single_changes(part, f"{path}[{at}]"):
                        yield below, model.model_copy(update={name: (*value[:at], other, *value[at + 1 :])})


FULL = derive(
    intake(
        entity("Owner", field("name", unique=True), field("colour", FieldKind.CHOICE, choices=("a", "b"))),
        changed(BOOKING, "starts", comparisons=(Comparison(how="after", field="ends"),)).model_copy(
            update={"relations": (belongs("owner"),)}
        ),
        people=("owner",),
        features=("Owners enter a booking", "We chat"),
        rules=(rule("owner", "see", "Booking", own=True),),
        examples=(InterviewExample(entity="owner", values=(("name", "Ann"),)),),
        not_used=(NotUsed(words="dto *", reason="no"),),
        statements=({"number": 1, "where": "things", "words": "Whatever it is"},),
    ),
    feedback=("more cats",),
)


CHANGED = tuple(single_changes(FULL))
PLACES = st.integers(0, len(CHANGED) - 1)


def test_no_single_change_is_without_a_sentence() -> None:
    silent = [path for path, other in CHANGED if not differences(FULL, other)]
    assert not silent
    backwards = [path for path, other in CHANGED if not differences(other, FULL)]
    assert not backwards


def test_equal_plans_have_no_difference() -> None:
    assert differences(FULL, Blueprint.from_json(FULL.canonical_json())) == ()


@settings(max_examples=60)
@given(PLACES, PLACES)
def test_any_two_changes_are_said_the_same_way_each_time(one: int, other: int) -> None:
    first, second = CHANGED[one][1], CHANGED[other][1]
    found = differences(first, second)
    assert bool(found) == (first != second)
    assert found == differences(first, second)
    assert all(sentence and "\n" not in sentence for sentence in found)
