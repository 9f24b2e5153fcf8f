"""What the rules of a blueprint let somebody do, and what an attempt has to be answered."""

from __future__ import annotations

from typing import Any

import pytest

from flows.contracts import VISITOR, Blueprint, BlueprintGrant
from flows.stages.verification.access.rules import DONE, REFUSALS, Facts, Rules, Somebody

SITTER, OTHER = Somebody(role="sitter", number=7), Somebody(role="sitter", number=8)
NOBODY = Somebody(role=VISITOR)


def grant(action: str, *, scope: str = "all", role: str = "sitter", **more: Any) -> BlueprintGrant:
    said = {"source": "stated", "because": "A sitter can", "entity": "Booking"}
    return BlueprintGrant.model_validate({"role": role, "action": action, "scope": scope, **said, **more})


def rules(*grants: BlueprintGrant) -> Rules:
    return Rules(Blueprint(name="A", slug="a", idea="", entities=(), pages=(), endpoints=(), grants=grants))


def booking(*owners: int, status: str = "requested") -> Facts:
    return Facts(entity="Booking", owners=frozenset(owners), status=status)


def test_what_no_grant_allows_is_refused() -> None:
    nothing = rules()
    assert not nothing.may(SITTER, "see", booking(7))
    assert nothing.expected(SITTER, "see", booking(7)).statuses == {404}


def test_their_own_is_theirs_alone() -> None:
    own = rules(grant("see", scope="own"), grant("edit", scope="own"))
    assert own.expected(SITTER, "edit", booking(7, 9)).allowed
    refused = own.expected(OTHER, "edit", booking(7, 9))
    assert (refused.allowed, refused.statuses) == (False, {404})


def test_what_can_be_seen_and_not_changed_is_forbidden_and_not_hidden() -> None:
    seen = rules(grant("see"), grant("edit", scope="own"))
    assert seen.expected(OTHER, "edit", booking(7)).statuses == {403}
    assert seen.expected(OTHER, "see", booking(7)).statuses == DONE


def test_a_status_narrows_a_grant() -> None:
    narrow = rules(grant("see"), grant("confirm", statuses=("requested",)))
    assert narrow.expected(SITTER, "confirm", booking(7)).allowed
    assert not narrow.expected(SITTER, "confirm", booking(7, status="done")).allowed
    assert narrow.by_status("Booking", "confirm")
    assert not narrow.by_status("Booking", "see")


def test_who_may_change_what_they_cannot_see_learns_nothing_of_it() -> None:
    blind = rules(grant("edit"))
    assert blind.expected(SITTER, "edit", booking(7)).statuses == {404}


def test_a_visitor_is_refused_whatever_way() -> None:
    public = rules(grant("see", role=VISITOR))
    assert public.expected(NOBODY, "see", booking(7)).allowed
    assert public.expected(NOBODY, "delete", booking(7)).statuses == REFUSALS


def test_a_visitor_owns_nothing() -> None:
    assert not rules(grant("see", role=VISITOR, scope="own")).may(NOBODY, "see", booking())


@pytest.mark.parametrize(("owner", "allowed"), [(7, True), (8, False)])
def test_a_new_row_has_to_be_their_own(owner: int, *, allowed: bool) -> None:
    own = rules(grant("create", scope="own"))
    assert own.expected_new(SITTER, booking(owner), ()).allowed is allowed


def test_nobody_refers_to_what_they_may_not_see() -> None:
    pets = rules(grant("create"), grant("see", entity="Pet", scope="own"))
    mine, theirs = (Facts(entity="Pet", owners=frozenset({number})) for number in (7, 8))
    assert pets.expected_new(SITTER, booking(7), (mine,)).allowed
    refused = pets.expected_new(SITTER, booking(7), (mine, theirs))
    assert (refused.allowed, refused.statuses) == (False, {403, 422})


def test_who_may_edit_everybodys_in_any_status_says_whose_a_row_is() -> None:
    assert rules(grant("edit")).hands_over(SITTER, "Booking")
    for less in (grant("edit", scope="own"), grant("edit", statuses=("requested",)), grant("see")):
        assert not rules(less).hands_over(SITTER, "Booking")
    assert not rules(grant("edit")).hands_over(SITTER, "Pet")
    assert not rules(grant("edit", role="office")).hands_over(SITTER, "Booking")
