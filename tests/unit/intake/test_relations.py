"""Relations of every kind, however they are written, and what is kept of them."""

from __future__ import annotations

import pytest

from flows.contracts import USER, InterviewRelation, Problem
from flows.stages.intake.document import InterviewProblems, read

HEAD = "name: X\nidea: Y\nentities:\n"
OTHERS = "  Owner: {fields: {full name: text}}\n  Course: {fields: {title: text}}\n"


def relations(pet: str, *, others: str = OTHERS) -> dict[str, dict[str, InterviewRelation]]:
    text = f"{HEAD}{others}  Pet:\n    fields: {{name: text}}\n{pet}"
    return {
        entity.name: {relation.name: relation for relation in entity.relations}
        for entity in read(text).interview.entities
    }


def problem(pet: str, *, others: str = OTHERS) -> Problem:
    with pytest.raises(InterviewProblems) as caught:
        relations(pet, others=others)
    (found,) = caught.value.problems
    return found


def test_belongs_to_is_held_by_who_says_it() -> None:
    keeper = "{entity: Owner, required: true, back: pets, back required: yes, shows: Full_name, help: who}"
    (relation,) = relations(f"    belongs_to: {{keeper: {keeper}}}\n")["Pet"].values()
    assert relation == InterviewRelation(
        name="keeper",
        entity="Owner",
        required=True,
        back="pets",
        back_required=True,
        shows="full name",
        description="who",
        because="Pet: keeper: belongs to Owner, required, required on the way back, back as pets, "
        "shown by Full_name; who",
    )


def test_a_list_may_hold_names_and_relations_spelled_out() -> None:
    found = relations("    belongs_to: [Owner, {name: walker, entity: owners}, {to: Course}]\n")["Pet"]
    assert [(one.name, one.entity) for one in found.values()] == [
        ("owner", "Owner"),
        ("walker", "Owner"),
        ("course", "Course"),
    ]


def test_has_many_is_belongs_to_from_the_other_side() -> None:
    found = relations("    has_many: {lessons: {entity: Course, required: true}}\n")
    assert found["Pet"] == {}
    relation = found["Course"]["pet"]
    assert (relation.entity, relation.kind, relation.back) == ("Pet", "belongs to", "lessons")
    assert (relation.required, relation.back_required) == (False, True)


def test_the_same_relation_said_from_both_sides_is_there_once() -> None:
    found = relations(
        "    belongs_to: {keeper: Owner}\n",
        others="  Owner: {fields: {a: text}, has_many: [Pets]}\n",
    )
    assert list(found["Pet"]) == ["keeper"]
    assert found["Pet"]["keeper"].back == "pets"


def test_has_many_says_which_way_back_it_is() -> None:
    several = "    belongs_to: {keeper: Owner, walker: Owner}\n"
    found = relations(
        several, others="  Owner: {fields: {a: text}, has_many: {walks: {entity: Pet, back: walker}}}\n"
    )
    assert (found["Pet"]["walker"].back, found["Pet"]["keeper"].back) == ("walks", None)
    wrong = problem(several, others="  Owner: {fields: {a: text}, has_many: Pet}\n")
    assert wrong.message == "Pet belongs to Owner in several ways"
    assert "keeper or walker" in wrong.hint


def test_has_one_is_one_to_one() -> None:
    assert relations("    has_one: Owner\n")["Pet"]["owner"].kind == "one to one"


def test_has_one_and_belongs_to_are_one_relation() -> None:
    found = relations("    belongs_to: Owner\n", others="  Owner: {fields: {a: text}, has_one: Pet}\n")
    assert found["Owner"] == {}
    assert (found["Pet"]["owner"].kind, found["Pet"]["owner"].back) == ("one to one", "pet")


def test_has_one_with_a_name_of_its_own_is_another_relation() -> None:
    found = relations(
        "    belongs_to: Owner\n", others="  Owner: {fields: {a: text}, has_one: {pride: Pet}}\n"
    )
    assert found["Pet"]["owner"].kind == "belongs to"
    assert found["Owner"]["pride"].kind == "one to one"


def test_many_to_many_from_both_sides_is_there_once() -> None:
    found = relations(
        "    many_to_many: {courses: Course}\n",
        others="  Course: {fields: {a: text}, many_to_many: {students: {entity: Pet, required: true}}}\n",
    )
    assert found["Pet"] == {}
    relation = found["Course"]["students"]
    assert (relation.kind, relation.back, relation.required) == ("many to many", "courses", True)


def test_an_entity_may_be_related_to_itself() -> None:
    found = relations(
        "    belongs_to: {mother: Pet}\n    has_many: {puppies: Pet}\n    many_to_many: {friends: Pet}\n"
    )
    assert list(found["Pet"]) == ["mother", "friends"]
    assert found["Pet"]["mother"].back == "puppies"


@pytest.mark.parametrize("word", ["user", "Users", "member", "person who signs in", "people who sign in"])
def test_the_people_who_sign_in_are_a_target(word: str) -> None:
    found = relations(f"    belongs_to: {word}\n    many_to_many: {{helpers: {word}}}\n")["Pet"]
    assert (found["user"].entity, found["helpers"].entity) == (USER, USER)


def test_an_entity_goes_before_the_people_who_sign_in() -> None:
    found = relations("    belongs_to: member\n", others="  Member: {fields: {a: text}}\n")
    assert found["Pet"]["member"].entity == "Member"


def test_an_entity_may_be_without_fields_when_it_has_relations() -> None:
    found = relations("    has_many: Place\n", others="  Place: {}\n")
    assert list(found["Place"]) == ["pet"]


@pytest.mark.parametrize(
    ("pet", "message"),
    [
        ("    has_many: user\n", "the people who sign in cannot belong to an entity"),
        ("    belongs_to: {keeper: {entity: Owner, shows: fullname}}\n", "Owner has no field 'fullname'"),
        ("    belongs_to: {u: {entity: user, shows: age}}\n", "a person who signs in has no field 'age'"),
        ("    belongs_to: {keeper: {name: walker, entity: Owner}}\n", "the relation has two names"),
        ("    has_one: {name: Owner}\n", "'name' is both a field and a relation"),
        ("    belongs_to: Owner\n    has_one: Owner\n", "the relation 'owner' is there twice"),
        ("    many_to_many: [{name: a}]\n", "the relation names no entity"),
    ],
)
def test_a_relation_of_any_kind_that_cannot_be_used(pet: str, message: str) -> None:
    found = problem(pet)
    assert found.message == message
    assert found.line is not None
    assert found.line > 6
    assert found.hint
