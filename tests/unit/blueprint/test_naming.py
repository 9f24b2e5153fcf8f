"""Names of a plan: every form of an entity's, attributes of its members, and visible repairs."""

from __future__ import annotations

import keyword
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.contracts import USER, Blueprint, FieldKind, Intake, Look
from flows.stages.blueprint import reserved
from flows.stages.blueprint.derive import derive
from tests.unit.blueprint.said import belongs, entity, field, intake

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def test_an_entity_has_every_form_of_its_name() -> None:
    (sitter,) = derive(intake(entity("Pet sitter", "full name", "startDate"))).entities
    assert (sitter.name, sitter.attribute, sitter.table, sitter.slug) == (
        "PetSitter",
        "pet_sitter",
        "pet_sitters",
        "pet-sitters",
    )
    assert (sitter.label, sitter.label_plural, sitter.display_field) == (
        "Pet sitter",
        "Pet sitters",
        "full_name",
    )
    assert [(part.name, part.label) for part in sitter.fields] == [
        ("full_name", "Full name"),
        ("start_date", "Start date"),
    ]
    assert (sitter.source, sitter.because) == ("stated", "Pet sitter")


def test_another_name_to_show_does_not_move_the_project() -> None:
    interview = intake(entity("Pet", "name")).interview
    shown = interview.model_copy(update={"look": Look(name="Pawsitter")})
    plan = derive(Intake(interview=shown, completeness=50))
    assert plan.name == "Pawsitter"
    assert plan.slug == derive(Intake(interview=interview, completeness=50)).slug


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("Pets", "Pet"),
        ("People", "Person"),
        ("Categories", "Category"),
        ("Policies", "PolicyRecord"),
        ("User", "UserRecord"),
        ("Session", "SessionRecord"),
        ("class", "ClassRecord"),
        ("Page", "PageRecord"),
        ("Property", "PropertyRecord"),
        ("Größe", "Grosse"),
        ("Œuvre d'art", "OeuvreDart"),
        ("犬", "Thing1"),
        ("2nd hand bike", "Thing2ndHandBike"),
        ("x" * 60, "X" + "x" * 47),
    ],
)
def test_an_entity_name_is_repaired_visibly(written: str, used: str) -> None:
    plan = derive(intake(entity(written)))
    assert plan.entities[0].name == used
    (repair,) = plan.repairs
    assert (repair.written, repair.used) == (written, used)
    assert repair.reason


@pytest.mark.parametrize(
    "name",
    ["Bus", "Address", "News", "Canvas", "Analysis", "Pet", "Glass", "Bonus", "Order", "Client", "Event"],
)
def test_a_singular_name_stays(name: str) -> None:
    plan = derive(intake(entity(name)))
    assert plan.entities[0].name == name
    assert plan.repairs == ()
    assert plan.entities[0].table != plan.entities[0].attribute


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("class", "pet_class"),
        ("str", "pet_str"),
        ("select", "pet_select"),
        ("created by id", "pet_created_by_id"),
        ("metadata", "pet_metadata"),
        ("created at", "pet_created_at"),
        ("version", "pet_version"),
        ("model config", "pet_model_config"),
        ("model number", "pet_model_number"),
        ("id", "pet_code"),
        ("Länge", "lange"),
        ("3d scan", "field_3d_scan"),
        ("年齢", "field_1"),
        ("__init__", "init"),
    ],
)
def test_a_field_name_is_repaired_visibly(written: str, used: str) -> None:
    plan = derive(intake(entity("Pet", written)))
    assert plan.entities[0].fields[0].name == used
    if used != "init":
        assert [(repair.written, repair.used) for repair in plan.repairs] == [(f"Pet: {written}", used)]


def test_names_that_come_out_the_same_are_numbered() -> None:
    plan = derive(
        intake(
            entity("Pet", "born on", "born-on", "owner id", belongs_to=(belongs("owner", "Owner"),)),
            entity("Pets"),
            entity("PET!"),
            entity("Owner", "pets", "name"),
        )
    )
    assert [item.name for item in plan.entities] == ["Pet", "Pet2", "Pet3", "Owner"]
    assert len({item.table for item in plan.entities} | {item.slug for item in plan.entities}) >= 4
    assert [part.name for part in plan.entities[0].fields] == ["born_on", "born_on_2", "owner_id_2"]
    assert [part.name for part in plan.entities[3].fields] == ["pets_2", "name"]
    assert len(plan.repairs) == 5


def test_an_entity_may_not_be_called_like_a_class_beside_another_one() -> None:
    plan = derive(
        intake(
            entity("Pet", field("mood", FieldKind.CHOICE, choices=("a",))),
            entity("Pet mood"),
            entity("Order line create"),
            entity("Order line"),
        )
    )
    assert [item.name for item in plan.entities] == ["Pet", "PetMood2", "OrderLineCreate", "OrderLine2"]


def check_sound(plan: Blueprint) -> None:
    for form in ("name", "attribute", "table", "slug"):
        forms = [getattr(item, form) for item in plan.entities]
        assert len({word.casefold() for word in forms}) == len(forms)
    assert re.fullmatch(r"[a-z][a-z0-9-]*", plan.slug)
    classes = {item.name for item in plan.entities}
    for item in plan.entities:
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", item.name)
        assert IDENTIFIER.fullmatch(item.attribute)
        assert IDENTIFIER.fullmatch(item.table)
        assert re.fullmatch(r"[a-z][a-z0-9-]*", item.slug)
        assert item.attribute not in reserved.MODULES
        assert item.name not in reserved.CLASSES
        assert item.table not in reserved.TABLES
        assert max(len(item.name), len(item.attribute), len(item.table)) <= 60
        members = [part.name for part in item.fields]
        members += [name for part in item.relations for name in (part.name, f"{part.name}_id")]
        assert len(set(members)) == len(members)
        assert all(IDENTIFIER.fullmatch(member) and len(member) <= 63 for member in members)
        taken = reserved.MEMBERS - reserved.RELATION_NOUNS
        assert not any(keyword.iskeyword(member) or member in taken for member in members)
        assert item.display_field in members
        assert all(part.target in {*classes, USER} for part in item.relations)
    assert len({page.path for page in plan.pages}) == len(plan.pages)


_AWKWARD = (
    *("Pet", "pets", "PET", "User", "class", "Status", "id", "ß", "犬", "猫", "1", "2 x", "test", "Pet 2"),
    *("Series", "Data", "Thing 1", "Field 1", "Pet create", "name", "owner id", "owner", "model x", "x" * 60),
)
_NAMES = st.one_of(st.text(min_size=1, max_size=60), st.sampled_from(_AWKWARD))
_ENTITIES = st.lists(
    st.tuples(
        _NAMES, st.lists(_NAMES, min_size=1, max_size=5, unique_by=str.casefold), _NAMES, st.booleans()
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda item: item[0].casefold(),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(_ENTITIES)
@example([("Pet 2", ["a"], "b", True), ("Pet", ["a"], "b", False), ("Pets", ["a"], "b", True)])
@example([("a b", ["x", "y"], "r", False), ("a-b", ["z"], "r", False)])
@example([("Model x", ["date", "model y"], "model z", True)])
@example([("Data", ["a"], "b", True), ("Data record", ["a"], "b", False), ("Datas", ["pet"], "b", True)])
def test_any_names_give_valid_unique_identifiers(
    spelled: list[tuple[str, list[str], str, bool]],
) -> None:
    names = [name for name, *_ in spelled]
    entities = [
        # A relation to "User" is one to the people who sign in; no entity of an interview is called so.
        entity(name, *fields, belongs_to=(belongs(relation, names[at - 1], required=required),))
        for at, (name, fields, relation, required) in enumerate(spelled)
    ]
    said = intake(*entities, name=names[0])
    plan = derive(said)
    check_sound(plan)
    assert derive(said) == plan
    assert plan.roles[-1].name == "admin"
    required = {
        (item.name, part.target)
        for item in plan.entities
        for part in item.relations
        if part.required and part.target != USER
    }
    assert len(required) < len(plan.entities)
