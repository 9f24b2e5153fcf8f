"""Who may do what: rules as they were said, habits where nothing was said, and no more than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Blueprint, FieldKind
from flows.stages.blueprint.derive import derive
from tests.unit.blueprint.said import belongs, entity, field, intake, rule, status

if TYPE_CHECKING:
    from flows.contracts import InterviewRule

PEOPLE = ("owner", "sitter", "office")
SITTING = (
    entity("Owner"),
    entity("Sitter"),
    entity("Pet", belongs_to=(belongs("owner"),)),
    entity(
        "Booking",
        field("notes", FieldKind.LONG_TEXT),
        status("requested", "confirmed", "done", "cancelled"),
        belongs_to=(belongs("pet"), belongs("sitter")),
    ),
)


def plan(*rules: InterviewRule, **more: object) -> Blueprint:
    return derive(intake(*SITTING, people=PEOPLE, rules=rules, **more))


def table(blueprint: Blueprint, entity: str) -> dict[str, set[str]]:
    """Per role what it may do with the entity, like 'edit own requested/confirmed'."""
    found: dict[str, set[str]] = {}
    for grant in blueprint.grants:
        if grant.entity == entity:
            words = [grant.action, "own" if grant.scope == "own" else "", "/".join(grant.statuses)]
            found.setdefault(grant.role, set()).add(" ".join(filter(None, words)))
    return found


ADMIN = {"see", "create", "edit", "delete", "confirm", "finish", "cancel"}
MOVES_OWN = {"confirm own", "finish own", "cancel own"}


def test_without_a_rule_everybody_sees_and_enters_and_changes_their_own() -> None:
    usual = {"see", "create", "edit own", "delete own"} | MOVES_OWN
    assert table(plan(), "Booking") == {"owner": usual, "sitter": usual, "office": usual, "admin": ADMIN}
    assert {grant.source for grant in plan().grants} == {"default"}


def test_rules_give_what_they_say_and_a_sight_of_it() -> None:
    blueprint = plan(
        rule("owner", "see", "Booking", own=True),
        rule("owner", "create", "Booking", own=True),
        rule("sitter", "change status", "Booking", verb="confirm", statuses=("requested",)),
        rule("office", "see", "Booking"),
    )
    assert table(blueprint, "Booking") == {
        "owner": {"see own", "create own", "edit own", "finish own", "cancel own"},
        "sitter": {"see requested/confirmed", "confirm"},
        "office": {"see"},
        "admin": ADMIN,
    }
    stated = next(grant for grant in blueprint.grants if (grant.role, grant.action) == ("sitter", "confirm"))
    assert (stated.source, stated.because) == (
        "stated",
        "sitter change status Booking confirm ('requested',)",
    )


def test_when_nobody_is_said_to_see_or_to_enter_the_application_stays_of_use() -> None:
    blueprint = plan(rule("sitter", "edit", "Booking"))
    assert table(blueprint, "Booking") == {
        "owner": {"see"},
        "sitter": {"see", "create", "edit", "confirm", "finish", "cancel"},
        "office": {"see"},
        "admin": ADMIN,
    }


def test_only_means_nobody_else() -> None:
    blueprint = plan(
        rule("office", "delete", "Booking", only=True),
        rule("sitter", "delete", "Booking"),
        rule("members", "see", "Booking"),
    )
    may_delete = {role for role, cells in table(blueprint, "Booking").items() if "delete" in cells}
    assert may_delete == {"office", "admin"}


def test_only_in_some_statuses_leaves_the_others() -> None:
    blueprint = plan(
        rule("office", "edit", "Booking", only=True, statuses=("done",)),
        rule("sitter", "edit", "Booking"),
        rule("members", "see", "Booking"),
    )
    booking = table(blueprint, "Booking")
    assert "edit done" in booking["office"]
    assert "edit requested/confirmed/cancelled" in booking["sitter"]


def test_who_enters_rows_that_cannot_be_theirs_sees_all_of_them() -> None:
    blueprint = plan(rule("owner", "see", "Pet", own=True), rule("office", "create", "Pet"))
    assert {"see", "create"} <= table(blueprint, "Pet")["office"]
    assert "see own" in table(blueprint, "Pet")["owner"]


def test_who_cannot_loses_it_in_those_statuses_or_altogether() -> None:
    blueprint = plan(
        rule("owner", "edit", "Booking", allowed=False, statuses=("done", "cancelled")),
        rule("sitter", "delete", "Booking", allowed=False),
        rule("office", "see", "Booking", allowed=False),
        rule("owner", "change status", "Booking", allowed=False, verb="confirm"),
    )
    booking = table(blueprint, "Booking")
    assert "edit own requested/confirmed" in booking["owner"]
    assert "confirm own" not in booking["owner"]
    assert not any(cell.startswith("delete") for cell in booking["sitter"])
    assert "office" not in booking


def test_what_is_hidden_cannot_be_acted_on() -> None:
    blueprint = plan(
        rule("owner", "see", "Booking", own=True),
        rule("owner", "edit", "Booking"),
        rule("sitter", "see", "Booking", statuses=("confirmed", "done")),
        rule("sitter", "delete", "Booking"),
    )
    booking = table(blueprint, "Booking")
    assert "edit own" in booking["owner"]
    assert "delete confirmed/done" in booking["sitter"]


def test_visitors_get_only_what_is_for_anyone() -> None:
    blueprint = plan(rule("anyone", "see", "Sitter"), rule("anyone", "create", "Booking"))
    assert table(blueprint, "Sitter")["visitor"] == {"see"}
    assert table(blueprint, "Booking")["visitor"] == {"create"}
    assert table(blueprint, "Sitter")["owner"] == {"see"}
    assert table(blueprint, "Sitter")["sitter"] == {"see", "create own", "edit own"}
    assert "visitor" not in table(blueprint, "Pet")


def test_what_nobody_may_enter_is_asked_about() -> None:
    blueprint = plan(rule("members", "see", "Pet"))
    assert {role for role, cells in table(blueprint, "Pet").items() if "create" in cells} == {"admin"}
    asked = [question.question for question in blueprint.open_questions]
    assert "Nobody but the admin may enter a pet: who may?" in asked


def test_a_wish_lets_its_people_do_what_it_says() -> None:
    blueprint = plan(
        rule("owner", "see", "Booking", own=True),
        features=(
            "Owners request a booking for one of their pets",
            "Sitters confirm a booking or decline it",
        ),
    )
    booking = table(blueprint, "Booking")
    assert booking["owner"] == {"see own", "create own", "edit own", "finish own", "cancel own"}
    assert booking["sitter"] == {"see own requested/confirmed", "confirm own"}
    assert [(way.role, way.steps) for way in blueprint.journeys] == [
        ("owner", (("create", "Booking"),)),
        ("sitter", (("confirm", "Booking"),)),
    ]


def test_a_step_that_the_rules_refuse_is_asked_about() -> None:
    feature = "Owners request a booking and delete pets"
    blueprint = plan(rule("owner", "delete", "Pet", allowed=False), features=(feature,))
    (way,) = blueprint.journeys
    assert way.steps == (("create", "Booking"),)
    (question,) = (asked for asked in blueprint.open_questions if asked.words == feature)
    assert question.question.startswith("The rules do not let Owner do this: delete pet. Its way leaves that")


def test_a_rule_that_cannot_be_held_is_asked_about() -> None:
    blueprint = plan(
        rule("plumber", "see", "Booking"),
        rule("owner", "see", "Cake"),
        rule("owner", "change status", "Pet", verb="feed"),
        rule("owner", "change status", "Booking", verb="dance"),
        rule("admin", "delete", "Booking", allowed=False),
    )
    asked = [question.question for question in blueprint.open_questions]
    assert [words.partition("?")[0].split(":")[0] for words in asked] == [
        "Who is plumber",
        "This rule is about Cake, which is not kept. Which of these does it mean",
        "Pet has no status, so nobody can feed it. Which statuses can it have",
        "Which status has a booking after somebody did dance it",
        "The admin may do everything, so this is not held. Which other people is it about",
        "Office",
    ]
    assert "can enter but not correct them: pets, bookings. May they edit all" in asked[-1]


def test_who_signs_up_describes_themselves_whoever_else_may() -> None:
    everything = [rule("office", action, "Sitter") for action in ("create", "edit", "delete")]
    assert table(plan(*everything), "Sitter") == {
        "owner": {"see"},
        "sitter": {"see", "create own", "edit own"},
        "office": {"see", "create", "edit", "delete"},
        "admin": {"see", "create", "edit", "delete"},
    }
    only = table(plan(rule("office", "edit", "Sitter", only=True)), "Sitter")
    assert only["sitter"] == {"see", "create own"}


def test_whose_a_row_is_and_who_describes_whom() -> None:
    blueprint = plan()
    assert {item.name: item.owned_by for item in blueprint.entities} == {
        "Owner": ("user",),
        "Sitter": ("user",),
        "Pet": ("owner.user",),
        "Booking": ("sitter.user", "pet.owner.user"),
    }
    link = blueprint.entity("Sitter").relations[0]
    assert (link.target, link.kind, link.required, link.on_delete) == (
        "User",
        "one to one",
        False,
        "set null",
    )
    assert (link.source, link.because) == ("inferred", "sitter")
    assert [(role.name, role.profile, role.signs_up) for role in blueprint.roles] == [
        ("owner", "Owner", True),
        ("sitter", "Sitter", True),
        ("office", None, False),
        ("admin", None, False),
    ]


def test_roles_are_named_once_and_admins_are_the_admin() -> None:
    blueprint = derive(
        intake(
            entity("Pet"),
            people=("Owners", "owner", "Administrators", "visitor", "class", "犬", "team leaders"),
        )
    )
    assert [(role.name, role.label) for role in blueprint.roles] == [
        ("owner", "Owner"),
        ("visitor_role", "Visitor"),
        ("class_role", "Class"),
        ("role_6", "犬"),
        ("team_leader", "Team leader"),
        ("admin", "Administrator"),
    ]
    assert [repair.written for repair in blueprint.repairs] == ["visitor", "class", "犬"]
    assert [role.name for role in derive(intake(entity("Pet"))).roles] == ["member", "admin"]
