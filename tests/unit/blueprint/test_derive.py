"""What becomes of an interview: entities, names, relations, pages, and what could not be used."""

from __future__ import annotations

import keyword
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.contracts import (
    USER,
    Blueprint,
    FieldKind,
    Intake,
    Interview,
    InterviewEntity,
    InterviewField,
    InterviewRelation,
    OpenQuestion,
)
from flows.stages.blueprint import reserved
from flows.stages.blueprint.derive import derive

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


def field(name: str, kind: FieldKind = FieldKind.TEXT, **more: object) -> InterviewField:
    return InterviewField.model_validate({"name": name, "kind": kind, **more})


def entity(
    name: str, *fields: InterviewField | str, belongs_to: tuple[InterviewRelation, ...] = ()
) -> InterviewEntity:
    spelled = tuple(field(part) if isinstance(part, str) else part for part in fields or ("name",))
    return InterviewEntity(name=name, fields=spelled, relations=belongs_to)


def belongs(name: str, target: str, *, required: bool = False) -> InterviewRelation:
    return InterviewRelation(name=name, entity=target, required=required)


def intake(*entities: InterviewEntity, **more: object) -> Intake:
    said = {"name": "Shop", "idea": "We sell things.", "entities": entities, **more}
    return Intake(interview=Interview.model_validate(said), completeness=50)


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


def test_pages_and_endpoints_of_every_entity() -> None:
    plan = derive(intake(entity("Pet"), features=("Owners register a pet",)))
    assert [(page.path, page.action) for page in plan.pages] == [
        ("/", "home"),
        ("/sign-in", "account"),
        ("/sign-up", "account"),
        ("/account", "account"),
        ("/forgot-password", "account"),
        ("/reset-password", "account"),
        ("/admin/users", "admin"),
        ("/admin/users/{id}", "admin"),
        ("/admin/audit", "admin"),
        ("/pets", "list"),
        ("/pets/{id}", "detail"),
        ("/pets/new", "create"),
        ("/pets/{id}/edit", "edit"),
        ("/pets/{id}/delete", "delete"),
    ]
    assert [(operation.method, operation.path) for operation in plan.endpoints] == [
        ("GET", "/api/v1/pets"),
        ("GET", "/api/v1/pets/{id}"),
        ("POST", "/api/v1/pets"),
        ("PUT", "/api/v1/pets/{id}"),
        ("PATCH", "/api/v1/pets/{id}"),
        ("DELETE", "/api/v1/pets/{id}"),
    ]
    create = plan.pages[11]
    assert (create.source, create.because) == ("inferred", "Owners register a pet")
    assert (plan.pages[13].source, plan.pages[13].because) == ("default", "what was entered can be removed")


def test_a_field_keeps_what_was_said_of_it() -> None:
    (pet,) = derive(
        intake(
            entity(
                "Pet",
                field("fee", FieldKind.MONEY, minimum=1, maximum=9, currency="CHF", default="2_000"),
                field("tip", FieldKind.MONEY),
                field("old", FieldKind.YES_NO, default="Yes"),
                field("age", FieldKind.NUMBER, default="+3", required=True),
                field("walk", FieldKind.DURATION, default="90m"),
                field("nap", FieldKind.DURATION, default="1:05"),
                field("sleep", FieldKind.DURATION, default="2h"),
                field("kind", FieldKind.CHOICE, choices=("a", "b"), default="a"),
            )
        )
    ).entities
    stored = {part.name: part.default for part in pet.fields}
    assert stored == {
        "fee": "2000",
        "tip": None,
        "old": "true",
        "age": "3",
        "walk": "PT1H30M",
        "nap": "PT1H5M",
        "sleep": "PT2H",
        "kind": "a",
    }
    assert (pet.fields[0].minimum, pet.fields[0].maximum, pet.fields[0].currency) == (1, 9, "CHF")
    assert pet.fields[1].currency == "CHF"
    assert pet.fields[1].because.endswith("no currency was named, so CHF is used")


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("Pets", "Pet"),
        ("People", "Person"),
        ("Categories", "Category"),
        ("Status", "StatusRecord"),
        ("User", "UserRecord"),
        ("Session", "SessionRecord"),
        ("class", "ClassRecord"),
        ("Order", "OrderRecord"),
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


@pytest.mark.parametrize("name", ["Bus", "Address", "News", "Canvas", "Analysis", "Pet", "Glass", "Bonus"])
def test_a_singular_name_stays(name: str) -> None:
    plan = derive(intake(entity(name)))
    assert plan.entities[0].name == name
    assert plan.repairs == ()
    assert plan.entities[0].table != plan.entities[0].attribute


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("class", "pet_class"),
        ("type", "pet_type"),
        ("select", "pet_select"),
        ("date", "pet_date"),
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


def test_required_relations_restrict_and_optional_ones_let_go() -> None:
    plan = derive(
        intake(
            entity("Owner"),
            entity(
                "Pet",
                belongs_to=(belongs("keeper", "Owner", required=True), belongs("vet", "Owner")),
            ),
        )
    )
    keeper, vet = plan.entity("Pet").relations
    assert (keeper.name, keeper.target, keeper.required, keeper.on_delete) == (
        "keeper",
        "Owner",
        True,
        "restrict",
    )
    assert (vet.required, vet.on_delete, vet.source) == (False, "set null", "stated")
    assert vet.because == "Pet belongs to Owner as vet"


def test_a_circle_of_required_relations_is_opened_and_asked_about() -> None:
    plan = derive(
        intake(
            entity("Team", belongs_to=(belongs("captain", "Player", required=True),)),
            entity("Player", belongs_to=(belongs("team", "Team", required=True),)),
            entity(
                "Step",
                belongs_to=(belongs("before", "Step", required=True), belongs("after", "Step")),
            ),
        )
    )
    assert plan.entity("Team").relations[0].required
    loose = [plan.entity("Player").relations[0], plan.entity("Step").relations[0]]
    assert [(relation.required, relation.on_delete, relation.source) for relation in loose] == [
        (False, "set null", "inferred")
    ] * 2
    assert [question.words for question in plan.open_questions] == [
        "Player belongs to Team",
        "Step belongs to Step",
    ]


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ("Owners pay online", "payment provider"),
        ("Members chat with each other", "messaging service"),
        ("Customers get an SMS", "messaging provider"),
        ("Owners get an e-mail when it is ready", "mail service"),
        ("Sitters are shown on a map", "map provider"),
        ("There is a video call", "video service"),
        ("An AI recommends a sitter", "trained model"),
        ("Owners upload photos", "file storage"),
        ("Owners sign in with a password", "accounts and rights"),
        ("An owner sees only their own pets", "accounts and rights"),
        ("Export to Excel", "import and export"),
    ],
)
def test_a_wish_that_cannot_be_built_is_named(wish: str, reason: str) -> None:
    (named,) = derive(intake(entity("Pet"), features=(wish,))).not_built
    assert named.words == wish
    assert reason in named.reason


def test_records_of_a_thing_are_no_reason_to_refuse() -> None:
    plan = derive(
        intake(
            entity("Payment", "amount"),
            entity("Trail map"),
            features=("The treasurer enters payments", "Trail maps are lent out", "Aid is recorded"),
        )
    )
    assert plan.not_built == ()


def test_a_wish_is_either_not_built_or_an_open_question() -> None:
    asked = tuple(
        OpenQuestion(number=number, words=words, question="Which?")
        for number, words in enumerate(("Everybody can chat", "Cake"), start=1)
    )
    said = intake(entity("Pet"), features=("Everybody can chat", "Cake"), people=("cook", "guest"))
    plan = derive(said.model_copy(update={"open_questions": asked}))
    assert [question.words for question in plan.open_questions] == ["Cake"]
    assert [wish.words for wish in plan.not_built] == ["cook, guest", "Everybody can chat"]


def test_feedback_is_never_dropped() -> None:
    plan = derive(
        intake(entity("Pet")), feedback=("also track the weight of pets", " ", "make it <b>blue</b>")
    )
    assert [(question.number, question.words) for question in plan.open_questions] == [
        (1, "also track the weight of pets"),
        (2, "make it <b>blue</b>"),
    ]
    assert "about Pet." in plan.open_questions[0].question
    assert "about" not in plan.open_questions[1].question.split("asked for")[1]


@pytest.mark.parametrize(
    ("fields", "display"),
    [
        ((field("a"), field("title")), "title"),
        ((field("a"), field("b", required=True)), "b"),
        ((field("note"), field("day", FieldKind.DATE, required=True)), "day"),
        ((field("note", FieldKind.LONG_TEXT), field("mail", FieldKind.EMAIL)), "mail"),
        ((field("ok", FieldKind.YES_NO),), "ok"),
    ],
)
def test_the_field_that_stands_for_a_row(fields: tuple[InterviewField, ...], display: str) -> None:
    assert derive(intake(entity("Pet", *fields))).entities[0].display_field == display


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


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_ENTITIES)
@example([("Pet 2", ["a"], "b", True), ("Pet", ["a"], "b", False), ("Pets", ["a"], "b", True)])
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


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_give_the_same_plan_with_any_hash_seed(path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from flows.stages.intake.document import read\n"
        "from flows.stages.blueprint.derive import derive\n"
        "from flows.stages.blueprint.describe import markdown, er_diagram\n"
        "plan = derive(read(pathlib.Path(sys.argv[1]).read_text('utf-8')), feedback=('add a colour',))\n"
        "print(plan.digest(), hash(markdown(plan)) and len(markdown(plan)), er_diagram(plan))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
