"""Who may do what, from the blueprint to the policy of the application and to what its tests expect."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from flows.contracts import (
    Blueprint,
    BlueprintEntity,
    BlueprintField,
    BlueprintGrant,
    BlueprintRelation,
    BlueprintRole,
    BlueprintStates,
    BlueprintTransition,
    FieldKind,
)
from flows.rendering import ApplicationPlan, plan
from flows.rendering.access import AccessPlan, access_plan
from flows.stages.backend import expectations, grants
from flows.stages.backend.generate import generate

STATED = {"source": "stated", "because": "They said so"}
STATUSES = ("requested", "confirmed", "done")


def field(name: str = "name", kind: FieldKind = FieldKind.TEXT, **more: Any) -> BlueprintField:
    values = {"name": name, "label": name, "kind": kind, "required": True, "unique": False}
    return BlueprintField.model_validate(values | STATED | more)


def relation(name: str, target: str, **more: Any) -> BlueprintRelation:
    values = {"name": name, "label": name, "target": target, "required": True, "on_delete": "restrict"}
    return BlueprintRelation.model_validate(values | STATED | more)


def entity(name: str, *relations: BlueprintRelation, **more: Any) -> BlueprintEntity:
    values = {
        "name": name,
        "attribute": name.lower(),
        "table": f"{name.lower()}s",
        "slug": f"{name.lower()}s",
    }
    values |= {"label": name, "label_plural": f"{name}s", "display_field": "name"}
    return BlueprintEntity.model_validate(
        values | {"fields": (field(),), "relations": relations} | STATED | more
    )


def role(name: str, profile: str | None = None) -> BlueprintRole:
    return BlueprintRole.model_validate(
        {"name": name, "label": name, "signs_up": name != "office", "profile": profile} | STATED
    )


def grant(role: str, entity: str, action: str, scope: str = "all", *statuses: str) -> BlueprintGrant:
    values = {"role": role, "entity": entity, "action": action, "scope": scope, "statuses": statuses}
    return BlueprintGrant.model_validate(values | STATED)


def transition(name: str, to_status: str, *origins: str) -> BlueprintTransition:
    values = {"name": name, "label": name, "from_statuses": origins, "to_status": to_status}
    return BlueprintTransition.model_validate(values | STATED)


def clinic(**more: Any) -> Blueprint:
    """Owners and sitters with profiles, bookings that belong to both, a status."""
    states = BlueprintStates.model_validate(
        {
            "field": "status",
            "initial": "requested",
            "transitions": (
                transition("confirm", "confirmed", "requested"),
                transition("finish_it", "done", "requested", "confirmed"),
            ),
        }
        | STATED
    )
    booking = entity(
        "Booking",
        relation("sitter", "Sitter"),
        relation("pet", "Pet"),
        fields=(field(), field("status", FieldKind.CHOICE, choices=STATUSES)),
        owned_by=("sitter.user", "pet.owner.user"),
        states=states,
    )
    me = relation("user", "User", kind="one to one", required=False)
    entities = (
        entity("Owner", me, owned_by=("user",)),
        entity("Sitter", me, owned_by=("user",)),
        entity("Pet", relation("owner", "Owner"), owned_by=("owner.user",)),
        booking,
    )
    values: dict[str, Any] = {"name": "App", "slug": "app", "idea": "An idea", "entities": entities}
    values |= {"pages": (), "endpoints": ()}
    return Blueprint.model_validate(values | more)


GRANTED = (
    *(grant("owner", name, "see") for name in ("Owner", "Sitter", "Pet")),
    grant("owner", "Booking", "see", "own"),
    grant("owner", "Booking", "create", "own"),
    grant("owner", "Booking", "edit", "own", "requested"),
    grant("owner", "Booking", "finish_it", "own", "confirmed"),
    grant("sitter", "Booking", "see"),
    grant("sitter", "Booking", "create"),
    grant("sitter", "Booking", "confirm", "own"),
    grant("visitor", "Sitter", "see"),
    grant("admin", "Booking", "see"),
)

ROLES = (role("owner", "Owner"), role("sitter", "Sitter"), role("office"), role("admin"))


def settled(blueprint: Blueprint) -> tuple[ApplicationPlan, AccessPlan]:
    app = plan(blueprint)
    return app, access_plan(blueprint, app)


def expected(name: str) -> dict[str, expectations.Expectation]:
    app, access = settled(clinic(roles=ROLES, grants=GRANTED))
    found = next(item for item in app.entities if item.name == name)
    return {item.role: item for item in expectations.expectations(found, access)}


def test_without_roles_there_are_members_who_change_what_is_their_own() -> None:
    app, access = settled(clinic())
    assert [item.name for item in access.roles] == ["member"]
    scopes = {item.action: item.scope for item in access.grants if item.entity == "Booking"}
    assert scopes == {
        "see": "all",
        "create": "all",
        "edit": "own",
        "delete": "own",
        "confirm": "own",
        "finish_it": "own",
    }
    assert access.actions(app.entities[3]) == ("see", "create", "edit", "delete", "confirm", "finish_it")


def test_the_admin_is_not_among_roles_and_grants() -> None:
    _, access = settled(clinic(roles=ROLES, grants=GRANTED))
    assert [item.name for item in access.roles] == ["owner", "sitter", "office"]
    assert [item.name for item in access.signing_up] == ["owner", "sitter"]
    assert {item.role for item in access.grants} == {"owner", "sitter", "visitor"}


def test_a_status_is_not_written_and_begins_as_said() -> None:
    app, access = settled(clinic())
    booking = app.entities[3]
    assert [item.name for item in booking.written] == ["name"]
    assert booking.fields[1].default == "requested"
    assert access.states["Booking"].member("done") == "BookingStatus.DONE"
    assert [item.slug for item in access.states["Booking"].transitions] == ["confirm", "finish-it"]


def test_the_first_relation_to_a_user_says_whose_a_row_is() -> None:
    task = entity(
        "Task",
        relation("watchers", "User", kind="many to many"),
        relation("reporter", "User"),
        relation("assignee", "User"),
        owned_by=("reporter", "assignee"),
    )
    app = plan(clinic(entities=(task,)))
    assert [(item.name, item.owner, item.asked) for item in app.entities[0].relations] == [
        ("watchers", False, True),
        ("reporter", True, False),
        ("assignee", False, True),
    ]


def test_ways_are_called_as_in_the_code() -> None:
    strange = entity("Pet", relation("json", "User"), owned_by=("json",))
    _, access = settled(clinic(entities=(strange,)))
    assert access.owned_by == {"Pet": ("pet_json",)}


def test_the_policy_says_each_grant_under_its_words() -> None:
    app, access = settled(clinic(roles=ROLES, grants=GRANTED))
    found = {item.name: lines for item, lines in grants.by_entity(app, access)}
    assert found["Booking"][:3] == [
        "# They said so",
        'Grant("owner", "see", "Booking", OWN),',
        'Grant("owner", "create", "Booking", OWN),',
    ]
    assert 'Grant("owner", "edit", "Booking", OWN, ("requested",)),' in found["Booking"]


def test_expectations_are_read_off_the_grants() -> None:
    booking = expected("Booking")
    assert (booking["owner"].own, booking["owner"].others) == (("see", "edit"), ())
    assert (booking["sitter"].own, booking["sitter"].others) == (("see",), ("see",))
    assert booking["office"] == expectations.Expectation(
        role="office", own=(), others=(), lists=False, creates="", way=""
    )
    assert booking["admin"].others == ("see", "edit", "delete")


def test_expected_changes_of_status_are_those_of_the_machine_and_the_grant() -> None:
    booking = expected("Booking")
    assert booking["owner"].own_changes == {"finish_it": ("confirmed",)}
    assert booking["owner"].others_changes == {}
    assert booking["sitter"].own_changes == {"confirm": ("requested",)}
    assert booking["admin"].own_changes["finish_it"] == ("requested", "confirmed")


@pytest.mark.parametrize(
    ("role", "creates", "way"),
    [("owner", "own", "pet"), ("sitter", None, ""), ("visitor", "", ""), ("admin", "all", "")],
)
def test_a_row_becomes_ones_own_by_the_way_of_ones_profile(role: str, creates: str, way: str) -> None:
    found = expected("Booking")[role]
    assert (found.creates, found.way) == (creates, way)


def test_visitors_see_what_everybody_may() -> None:
    assert expected("Sitter")["visitor"].others == ("see",)
    assert expected("Sitter")["visitor"].own == ("see",)
    assert not expected("Pet")["visitor"].lists


def test_the_generated_tests_hold_what_is_expected() -> None:
    files = {file.path: file.text for file in generate(clinic(roles=ROLES, grants=GRANTED)).files}
    module = ast.parse(files["tests/access/test_booking.py"])
    text = ast.unparse(module)
    assert "'owner': May(own=('see', 'edit'), others=(), lists=True, creates='own', way='pet'" in text
    assert "StatusContract" in text
    assert "AccessContract" in files["tests/access/test_pet.py"]


@pytest.mark.parametrize("name", ["AuditEvent", "ApiToken", "BrowserSession", "PasswordReset"])
def test_tables_of_every_application_keep_their_names(name: str) -> None:
    app = plan(clinic(entities=(entity(name, table="sessions"),)))
    assert (app.entities[0].name, app.entities[0].table) == (f"{name}Entry", f"{name.lower()}_entries")


def test_what_is_the_founders_own_says_so_in_its_first_line() -> None:
    files = {file.path: file.text for file in generate(clinic()).files}
    own = [path for path in files if path.startswith("custom/")]
    assert own == ["custom/__init__.py", "custom/hooks.py"]
    for path in own:
        assert files[path].startswith("# This file is yours: a new delivery never overwrites")
