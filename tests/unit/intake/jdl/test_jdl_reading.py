"""Every construct of JDL that describes a domain, and what the interview says of it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from flows.contracts import MEMBERS, USER, FieldKind, Interview, InterviewField, InterviewRelation
from flows.stages.blueprint.derive import derive
from flows.stages.intake.jdl import read_jdl

SAMPLES = Path(__file__).parents[4].parent / "shared" / "samples" / "jdl"


def interview_of(text: str) -> Interview:
    return read_jdl(text).interview


def field_of(declaration: str, rest: str = "") -> InterviewField:
    return interview_of(f"entity Pet {{ {declaration} }}\n{rest}").entities[0].fields[0]


def relation_of(kind: str, line: str) -> tuple[str, InterviewRelation]:
    """The only relation of a file with Pet and Owner, and the entity that holds it."""
    entities = "entity Pet { name String }\nentity Owner { name String }\n"
    found = interview_of(f"{entities}relationship {kind} {{ {line} }}").entities
    held = [(entity.name, relation) for entity in found for relation in entity.relations]
    assert len(held) == 1
    return held[0]


def not_used(text: str) -> dict[str, str]:
    return {left.words: left.reason for left in interview_of(text).not_used}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("String", FieldKind.TEXT),
        ("Integer", FieldKind.NUMBER),
        ("Long", FieldKind.NUMBER),
        ("BigDecimal", FieldKind.DECIMAL),
        ("Float", FieldKind.DECIMAL),
        ("Double", FieldKind.DECIMAL),
        ("Boolean", FieldKind.YES_NO),
        ("LocalDate", FieldKind.DATE),
        ("LocalTime", FieldKind.TIME),
        ("Instant", FieldKind.DATE_AND_TIME),
        ("ZonedDateTime", FieldKind.DATE_AND_TIME),
        ("Duration", FieldKind.DURATION),
        ("UUID", FieldKind.IDENTIFIER),
        ("TextBlob", FieldKind.LONG_TEXT),
        ("Blob", FieldKind.FILE),
        ("AnyBlob", FieldKind.FILE),
        ("ImageBlob", FieldKind.IMAGE),
    ],
)
def test_every_type_has_a_kind(written: str, kind: FieldKind) -> None:
    field = field_of(f"someThing {written} required unique")
    assert (field.name, field.kind, field.required, field.unique) == ("some thing", kind, True, True)
    assert field.because == f"entity Pet: someThing {written} required unique"


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        ("Integer min(-3) max(10)", {"minimum": -3, "maximum": 10}),
        ("BigDecimal min(0.5)", {"minimum": 0.5}),
        ("Integer min(0.5) max(2.5)", {"minimum": 1, "maximum": 2}),
        ("String minlength(2) maxlength(20)", {"min_length": 2, "max_length": 20}),
        ("TextBlob minlength(2)", {"min_length": 2}),
        ("ImageBlob minbytes(10) maxbytes(5000)", {"min_bytes": 10, "max_bytes": 5000}),
        ("AnyBlob maxbytes(SIZE)", {"max_bytes": 42}),
        ("Integer min(LEAST)", {"minimum": 3}),
        ("Long max(9223372036854775807)", {}),
    ],
)
def test_validations_become_limits(written: str, limits: dict[str, Any]) -> None:
    field = field_of(f"x {written}", "SIZE = 42\nLEAST = 2.5\n")
    names = ("minimum", "maximum", "min_length", "max_length", "min_bytes", "max_bytes")
    assert {name: value for name in names if (value := getattr(field, name)) is not None} == limits


def test_an_enum_keeps_its_labels() -> None:
    enum = """
    /** How it is paid */
    enum Payment { CREDIT_CARD(card), BANK("By bank"), CASH /** coins */ IOU, IN_KIND }
    """
    field = field_of("payment Payment", enum)
    assert field.choices == ("CREDIT_CARD", "BANK", "CASH", "IOU", "IN_KIND")
    assert field.labels == ("card", "By bank", "Cash", "IOU", "In kind")
    assert field.description == "How it is paid\nCASH: coins"
    words = 'enum Payment: CREDIT_CARD(card), BANK("By bank"), CASH, IOU, IN_KIND'
    assert field.because == f"entity Pet: payment Payment ({words})"


def test_short_choices_need_no_labels() -> None:
    assert field_of("size Size", "enum Size { S, M, XXL }").labels == ()


@pytest.mark.parametrize(
    ("kind", "line", "holder", "expected"),
    [
        ("ManyToOne", "Pet{keeper} to Owner", "Pet", {"name": "keeper", "entity": "Owner"}),
        ("ManyToOne", "Pet to Owner", "Pet", {"name": "owner", "back": None}),
        (
            "ManyToOne",
            "Pet{keeper(name) required} to Owner{animal required}",
            "Pet",
            {"shows": "name", "required": True, "back": "animals", "back_required": True},
        ),
        (
            "OneToMany",
            "Owner{pet required} to Pet{keeper(name) required}",
            "Pet",
            {"name": "keeper", "back": "pets", "required": True, "back_required": True, "shows": "name"},
        ),
        ("OneToMany", "Owner to Pet", "Pet", {"name": "owner", "kind": "belongs to", "back": None}),
        ("OneToOne", "Pet{pass} to Owner{pet}", "Pet", {"kind": "one to one", "name": "pass", "back": "pet"}),
        ("ManyToMany", "Pet{friend} to Owner{pet}", "Pet", {"kind": "many to many", "name": "friends"}),
        ("ManyToOne", "Pet{user(login)} to User with builtInEntity", "Pet", {"entity": USER, "shows": None}),
        ("ManyToOne", "Pet{user(email)} to User", "Pet", {"entity": USER, "shows": "email"}),
        ("OneToMany", "User{pet} to Pet{keeper}", "Pet", {"entity": USER, "name": "keeper", "back": "pets"}),
        ("OneToOne", "User{pet} to Pet{keeper}", "Pet", {"entity": USER, "kind": "one to one"}),
        ("ManyToOne", "Pet{mother} to Pet{child}", "Pet", {"entity": "Pet", "back": "children"}),
        ("OneToOne", "@Id Pet{o} to @Foo(3) Owner with jpaDerivedIdentifier", "Pet", {"name": "o"}),
    ],
)
def test_relations_are_seen_from_the_holder(
    kind: str, line: str, holder: str, expected: dict[str, Any]
) -> None:
    held_by, relation = relation_of(kind, line)
    assert held_by == holder
    assert {name: getattr(relation, name) for name in expected} == expected


def test_two_lines_about_one_relation_are_one() -> None:
    found = interview_of("""
    entity Pet { name String }
    entity Owner { name String }
    relationship OneToMany { Owner{pet} to Pet }
    relationship ManyToOne { Pet{owner(name) required} to Owner }
    """)
    (relation,) = found.entities[0].relations
    assert (relation.name, relation.back, relation.shows, relation.required) == (
        "owner",
        "pets",
        "name",
        True,
    )
    assert found.not_used[0].words == "relationship ManyToOne: Pet{owner(name) required} to Owner"


def test_commas_are_free() -> None:
    with_commas = """
    enum S { A, B, }
    entity P { a String, b S required, }
    relationship ManyToOne { P{x} to P, P{y} to P }
    """
    assert interview_of(with_commas).model_dump() == interview_of(with_commas.replace(",", "")).model_dump()


def test_documentation_stands_before_or_behind() -> None:
    entity = interview_of("""
    // no documentation
    /** A pet
     * of ours */
    entity Pet {
      name String required /** What we call it */
      /** In years */ age Integer,
      chip String, /** Behind the ear */
      /* nothing */ colour String
    }
    relationship ManyToOne {
      /** Its mother */ Pet{mother} to
      /** Its litter */ Pet{kitten}
    }
    """).entities[0]
    assert entity.description == "A pet\nof ours"
    assert [field.description for field in entity.fields] == [
        "What we call it",
        "In years",
        "Behind the ear",
        "",
    ]
    assert entity.relations[0].description == "Its mother\nIts litter"


def test_names_become_words_and_keep_their_meaning() -> None:
    found = interview_of("""
    entity URLShortLink(short_link) {
      targetURL String  is_active Boolean  line2 String entity Integer min String
    }
    """).entities[0]
    assert found.name == "URL short link"
    assert [field.name for field in found.fields] == ["target URL", "is active", "line2", "entity", "min"]


def test_an_entity_without_fields_gets_one_and_says_so() -> None:
    intake = read_jdl("entity Pet")
    (field,) = intake.interview.entities[0].fields
    assert (field.name, field.source, field.because) == ("name", "inferred", "entity Pet")
    assert intake.open_questions[0].words == "entity Pet"


def test_an_id_is_the_rows_own() -> None:
    found = interview_of("entity Pet { id Long required\n @Id chip String }")
    assert [(field.name, field.unique) for field in found.entities[0].fields] == [("chip", True)]
    assert [left.words for left in found.not_used] == [
        "entity Pet: id Long required",
        "entity Pet: chip, @Id",
    ]


def test_read_only_is_a_rule() -> None:
    text = (
        "entity A { x String } entity B { x String } @readOnly entity C { x String }\nreadOnly * except B, C"
    )
    assert [(rule.who, rule.actions, rule.entity) for rule in interview_of(text).rules] == [
        ((MEMBERS,), ("see",), "A"),
        ((MEMBERS,), ("see",), "C"),
    ]


def test_options_are_listed_never_an_error() -> None:
    left = not_used("""# directive
    application {
      config { baseName shop, applicationType monolith packageName com.x.shop hosts ["a b", c] }
      config(my-blueprint) { deep true }
      entities * except Pet
      dto * with mapstruct
    }
    entity Pet(pets) { name String }
    use serviceClass, pagination for * except Pet
    dto Pet with mapstruct
    service all with serviceImpl except Pet
    paginate Pet, Pet with infinite-scroll
    search Pet with elasticsearch
    filter Pet
    skipClient Pet
    skipServer Pet
    microservice * with shop
    angularSuffix Pet with mySuffix
    clientRootFolder Pet with "my/folder"
    embedded Pet
    noFluentMethod Pet
    somethingNew Pet with value
    deployment { deploymentType docker-compose appsFolders [a, b] dockerRepositoryName "x" }
    enum Unused { A }
    LIMIT = 3
    /** loose */
    """)
    assert list(left) == [
        'application: applicationType monolith, packageName com.x.shop, hosts ["a b", c], deep true',
        "entities * except Pet",
        "dto * with mapstruct",
        "entity Pet (pets)",
        "use serviceClass, pagination for * except Pet",
        "dto Pet with mapstruct",
        "service all with serviceImpl except Pet",
        "paginate Pet, Pet with infinite-scroll",
        "search Pet with elasticsearch",
        "filter Pet",
        "skipClient Pet",
        "skipServer Pet",
        "microservice * with shop",
        "angularSuffix Pet with mySuffix",
        'clientRootFolder Pet with "my/folder"',
        "embedded Pet",
        "noFluentMethod Pet",
        "somethingNew Pet with value",
        'deployment: deploymentType docker-compose, appsFolders [a, b], dockerRepositoryName "x"',
        "enum Unused: A",
        "LIMIT = 3",
        "loose",
    ]
    assert all(left.values())


def test_the_products_name_is_the_files_or_the_callers() -> None:
    pet = "entity Pet { name String }"
    assert interview_of(f"application {{ config {{ baseName petShop }} }} {pet}").name == "Pet shop"
    assert read_jdl(pet, name="pets.of.ours").interview.name == "Pets.of.ours"
    assert interview_of(pet).name == "Application"
    assert interview_of(pet).idea == "Application keeps pets."


def test_jhipsters_own_entities_are_built_in() -> None:
    found = interview_of("""
    entity User {}
    entity Pet { name String }
    relationship ManyToOne { Pet{keeper} to User  Pet{authority} to Authority  User{favourite} to Pet }
    """)
    assert [entity.name for entity in found.entities] == ["Pet"]
    assert [(relation.name, relation.entity) for relation in found.entities[0].relations] == [
        ("keeper", USER)
    ]
    assert [left.words for left in found.not_used] == [
        "entity User",
        "relationship ManyToOne: Pet{authority} to Authority",
    ]


def test_fields_of_the_people_who_sign_in_are_a_profile() -> None:
    intake = read_jdl(
        "entity User { nick String }\nentity Pet { x String }\nrelationship ManyToOne { Pet to User }"
    )
    profile, pet = intake.interview.entities
    assert profile.name == "User profile"
    assert [(relation.entity, relation.kind) for relation in profile.relations] == [(USER, "one to one")]
    assert pet.relations[0].entity == USER
    assert "User profile" in intake.open_questions[0].question


def test_every_statement_has_an_item_that_repeats_its_words() -> None:
    for path in SAMPLES.glob("*.j*"):
        _assert_nothing_is_dropped(path)


def _assert_nothing_is_dropped(path: Path) -> None:
    intake = read_jdl(path.read_text(encoding="utf-8"))
    said = intake.interview
    because = {entity.because for entity in said.entities} | {rule.because for rule in said.rules}
    for entity in said.entities:
        because |= {field.because for field in entity.fields}
        because |= {relation.because for relation in entity.relations}
    because |= {left.words for left in said.not_used} | {asked.words for asked in intake.open_questions}
    assert {statement.words for statement in said.statements if statement.where != "name"} <= because
    assert [statement.number for statement in said.statements] == list(range(1, len(said.statements) + 1))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample files are not beside the repository")
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.j*")))
def test_real_files_become_blueprints(name: str) -> None:
    intake = read_jdl((SAMPLES / name).read_text(encoding="utf-8"), name=name)
    assert len(derive(intake).entities) == len(intake.interview.entities)


def test_a_hundred_entities_are_read_in_no_time() -> None:
    fields = "\n".join(f"  field{number} String required minlength(1) maxlength(50)" for number in range(8))
    lines = [f"/** Thing {number} */\nentity Thing{number} {{\n{fields}\n}}" for number in range(100)]
    lines += [
        f"relationship ManyToOne {{ Thing{number}{{up}} to Thing{number - 1}{{down}} }}"
        for number in range(1, 100)
    ]
    text = "\n".join(lines)
    started = time.process_time()
    assert len(interview_of(text).entities) == 100
    assert time.process_time() - started < 10  # a fraction of a second where nothing else runs
