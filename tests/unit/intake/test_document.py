"""What an interview document may be, and what comes back when it is something else."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.contracts import FieldKind, Intake, Problem
from flows.language.kinds import SYNONYMS, kind_of
from flows.stages.intake.document import InterviewProblems, decode, read

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
HEAD = "name: Pet sitting\nidea: Pet owners find a sitter they trust, near where they live.\n"


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InterviewProblems) as caught:
        read(text)
    return caught.value.problems


def usable(text: str) -> bool:
    try:
        return bool(read(text).interview.entities)
    except InterviewProblems:
        return False


def with_field(field: str) -> str:
    return f"{HEAD}entities:\n  Pet:\n    fields:\n      {field}\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_rich_interviews(path: Path) -> None:
    intake = read(path.read_text(encoding="utf-8"))
    entities = intake.interview.entities
    assert 4 <= len(entities) <= 7
    assert intake.completeness >= 90
    assert len({field.kind for entity in entities for field in entity.fields}) >= 11
    assert sum(len(entity.relations) for entity in entities) >= 5


def test_the_whole_format_is_read() -> None:
    intake = read(
        HEAD
        + """
problem: Kennels are expensive.
people: [owner, sitter]
features:
  - Owners request a booking for one of their pets
entities:
  Owner: {fields: {full name: {type: text, required: yes, min_length: 2, max_length: 80}}}
  Pet:
    description: An animal
    fields:
      name: text
      species: {type: choice, choices: [dog, cat, no], default: DOG}
      daily rate: {type: money, currency: eur, minimum: 0, maximum: 99.5, default: "12.50"}
    Belongs to:
      keeper: {entity: owner, required: true}
  Booking:
    fields: {day: {type: date, unique: true, description: first}}
    belongs_to: [Pet, Owner]
"""
    )
    interview = intake.interview
    assert interview.people == ("owner", "sitter")
    pet = interview.entities[1]
    assert pet.fields[1].choices == ("dog", "cat", "no")
    assert pet.fields[1].default == "dog"
    assert (pet.fields[2].currency, pet.fields[2].maximum) == ("EUR", 99.5)
    assert (pet.relations[0].name, pet.relations[0].entity, pet.relations[0].required) == (
        "keeper",
        "Owner",
        True,
    )
    assert [relation.name for relation in interview.entities[2].relations] == ["pet", "owner"]
    assert interview.entities[2].fields[0].unique


def test_json_is_read_like_yaml() -> None:
    value = yaml.safe_load(EXAMPLES[0].read_text(encoding="utf-8"))
    value["idea"] = "Bikes \U0001f6b2 and a \\ud83d that is no escape, and a / slash"
    tabbed = json.dumps(value, indent="\t", default=str)
    assert read(tabbed) == read(json.dumps(value, ensure_ascii=False, default=str))
    assert "\U0001f6b2 and a \\ud83d that" in read(tabbed).interview.idea


def test_the_same_text_gives_the_same_bytes() -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    assert read(text).canonical_json() == read(text).canonical_json()
    assert Intake.from_json(read(text).canonical_json()) == read(text)


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read("\ufeff" + with_field("name: text")) == read(with_field("name: text"))
    assert decode(b"\xef\xbb\xbfname: X") == "name: X"


def test_a_file_that_is_not_utf_8_says_where() -> None:
    with pytest.raises(InterviewProblems) as caught:
        decode(b"name: X\nidea: caf\xe9\n")
    (problem,) = caught.value.problems
    assert (problem.line, problem.column, problem.message) == (2, 10, "the file is not UTF-8 text")


@pytest.mark.parametrize("kind", FieldKind)
def test_every_kind_and_its_synonyms_are_known(kind: FieldKind) -> None:
    for word in (kind.value, *SYNONYMS[kind], kind.value.upper(), kind.value.replace(" ", "_")):
        assert kind_of(word) is kind


WHOLE_DOCUMENT = [
    ("", 1, "the document is empty"),
    ("# only a remark\n", 1, "the document is empty"),
    ("~", 1, "the document is empty"),
    ("just words", 1, "this is not an interview"),
    ("- a\n- b\n", 1, "this is not an interview"),
    ("name: a: b\n", 1, "this is not YAML or JSON"),
    ("name: X\n\tidea: y\n", 2, "this is not YAML or JSON"),
    ("name: 'X\n", 1, "this is not YAML or JSON"),
    ('{"name": ', 2, "this is not YAML or JSON"),
    ("name: X\n---\nname: Y\n", 2, "a second document begins here"),
    ("name: X\nidea: a\x00b\n", 2, "the line holds an invisible control character (U+0000)"),
    ("name: X\nidea: \u202eevil\n", 2, "the line holds an invisible control character (U+202E)"),
    ("name: X\nidea: \ud800\n", 2, "the line holds an invisible control character (U+D800)"),
    ("a: &x [1]\nb: *x\n", 2, "a YAML alias (*name) is not used here"),
    ("name: !!python/object:os.system X\n", 1, "a YAML tag ("),
    ("name: X\nname: Y\n", 2, "'name' is said twice, first on line 1"),
    ("name: X\nName: Y\n", 2, "'name' is said twice, here as 'Name'"),
    ("? [a]\n: b\n", 1, "a list or a group stands where a name belongs"),
    ("idea: {{ name }}\n", 1, "a list or a group stands where a name belongs"),
    ("idea: " + "[" * 40, 1, "this is nested too deeply"),
    ("#" * (1024 * 1024 + 1), 1, "the document is too big"),
    ("é" * (600 * 1024), 1, "the document is too big"),
    ("name: X\n", 1, "'idea' is missing"),
    ("name: X\n", 1, "'idea' is missing"),
    ("idea: X\n", 1, "'name' is missing"),
    ("name:\nidea: x\n", 1, "there is nothing here"),
    ("name: X\nidea: ''\n", 2, "there is nothing here"),
    ("name: [a]\n", 1, "a list stands where a text belongs"),
    ("name: {a: b}\n", 1, "a group stands where a text belongs"),
    (f"name: {'x' * 61}\n", 1, "is too long: 61 characters"),
    ('name: "a\\nb"\n', 1, "a name goes over several lines"),
    ('name: "a\\eb"\n', 1, "the text holds an invisible control character"),
    ("nmae: X\n", 1, "'nmae' is not a key that is known here"),
    ("people: {a: b}\n", 1, "a group stands where a list of people belongs"),
    ("people: [cook, Cook]\n", 1, "'Cook' is said twice"),
    ("features:\n  - [x]\n", 2, "a list stands where a text belongs"),
    ("entities: Pet\n", 1, "a single value stands where entities belong"),
    ("entities: [Pet]\n", 1, "a list stands where entities belong"),
    ("entities:\n", 1, "there is no entity"),
    ("entities: {}\n", 1, "there is no entity"),
    ("entities:\n  Pet:\n", 2, "the entity 'Pet' has no fields"),
    ("entities:\n  Pet: {}\n", 2, "the entity 'Pet' has no fields"),
    ("entities:\n  Pet: text\n", 2, "a single value stands where the parts of an entity belong"),
    ("entities:\n  Pet:\n    fields:\n", 3, "the entity has no fields"),
    ("entities:\n  Pet:\n    fields: [name]\n", 3, "a list stands where fields belong"),
    ("entities:\n  Pet:\n    name: text\n", 3, "'name' is not a key that is known here"),
    ("entities:\n  Pet: {fields: {a: text}}\n  pet: {fields: {a: text}}\n", 3, "are the same entity"),
    ("entities:\n  ' ': {fields: {a: text}}\n", 2, "there is nothing here"),
]


@pytest.mark.parametrize(("text", "line", "message"), WHOLE_DOCUMENT)
def test_a_document_that_cannot_be_used(text: str, line: int, message: str) -> None:
    found = problems_of(text)
    assert any(problem.line == line and message in problem.message for problem in found), found
    assert all(problem.hint and problem.where and problem.column for problem in found)


FIELDS = [
    ("name: txet", "'txet' is not a field type", "Did you mean 'text'?"),
    ("name: text, required", "'text, required' is not a field type", "{type: text, required: true}"),
    ("name: quaternion", "'quaternion' is not a field type", "The types are: text, long text"),
    ("name:", "the field has no type", "Write one"),
    ("name: {required: true}", "the field has no type", "like 'type: text'"),
    ("name: {choices: [a]}", "the field has no type", "type: choice"),
    ("name: [text]", "a list stands where keys with values belong", "Write a key"),
    ("name: {type: text, requried: true}", "'requried' is not a key", "Did you mean 'required'?"),
    ("name: {type: text, required: maybe}", "'maybe' is neither yes nor no", "true or false"),
    ("name: {type: chioce, required: maybe}", "'maybe' is neither yes nor no", "true or false"),
    ("size: {type: choice}", "a choice without choices", "choices: [small, big]"),
    ("size: choice", "a choice without choices", "choices: [small, big]"),
    ("size: {type: choice, choices: []}", "the list of choices is empty", "at least one"),
    ("size: {type: choice, choices: [a, A]}", "'A' is said twice", "one of the two"),
    ("size: {type: choice, choices: {a: [b]}}", "a list stands where a text belongs", "one text"),
    ("size: {type: choice, choices: [a], default: b}", "is not one of the choices", "Use one of: a."),
    ("size: {type: text, choices: [a]}", "'choices' means nothing for a field of type 'text'", "a choice"),
    ("n: {type: number, minimum: 5, maximum: 2}", "minimum 5 is above maximum 2", "Swap them"),
    ("n: {type: number, minimum: few}", "'few' is not a number", "like 12"),
    ("n: {type: number, minimum: .inf}", "'.inf' is not a number", "like 12"),
    ("n: {type: number, minimum: 1.5}", "'1.5' is not a whole number", "like 12"),
    ("n: {type: number, maximum: 1e300}", "'maximum' is too big", "Stay within"),
    ("n: {type: date, minimum: 1}", "'minimum' means nothing for a field of type 'date'", "number"),
    ("n: {type: text, min_length: 9, max_length: 2}", "min_length 9 is above max_length 2", "Swap"),
    ("n: {type: text, max_length: 0}", "'0' is too small", "Write 1 or more"),
    ("n: {type: number, default: 1.5}", "the default '1.5' does not fit the type 'number'", "whole"),
    ("n: {type: number, maximum: 3, default: 4}", "is outside of minimum and maximum", "limits"),
    ("n: {type: text, max_length: 3, default: abcd}", "is outside of min_length and max_length", "limits"),
    ("n: {type: date, default: tomorrow}", "does not fit the type 'date'", "2026-05-31"),
    ("n: {type: time, default: noon}", "does not fit the type 'time'", "14:30"),
    ("n: {type: duration, default: long}", "does not fit the type 'duration'", "1h 30m"),
    ("n: {type: yes/no, default: perhaps}", "does not fit the type 'yes/no'", "yes or no"),
    ("n: {type: email, default: me}", "does not fit the type 'email'", "ada@example.org"),
    ("n: {type: link, default: 'javascript:alert(1)'}", "does not fit the type 'link'", "https://"),
    ("n: {type: identifier, max_length: 3, default: A-77}", "is outside of min_length", "limits"),
    ("n: {type: text, unique: true, default: a}", "a unique field cannot have a default", "Leave one"),
    ("n: {type: money, currency: euros}", "'euros' is not a currency", "ISO code"),
    ("n: {type: number, currency: EUR}", "'currency' means nothing", "money"),
    ("n: {type: image, max_bytes: 9 XB}", "'9 XB' is not a size", "5 MB"),
    ("n: {type: file, max_bytes: 0}", "'max_bytes' is too small", "1 byte"),
    ("n: {type: file, max_bytes: 9 GB}", "'max_bytes' is too big", "1 byte"),
    ("n: {type: file, min_bytes: 2 kB, max_bytes: 1 kB}", "min_bytes 2000 is above max_bytes 1000", "Swap"),
    ("n: {type: text, max_bytes: 1}", "'max_bytes' means nothing for a field of type 'text'", "an image"),
    ("n: {type: image, default: a.png}", "'default' means nothing", "no image or file"),
    ("n: {type: image, unique: true}", "'unique' means nothing", "no image or file"),
    ("n: {type: text, pattern: '(a+)+'}", "is not used: a part that is repeated", "the counts ? * +"),
    ("n: {type: text, pattern: '[0-9]+', default: x}", "does not match the pattern '[0-9]+'", "pattern"),
    ("n: {type: long text, pattern: a}", "'pattern' means nothing", "a text or identifier"),
    ("n: {type: text, status: true}", "'status' means nothing for a field of type 'text'", "a choice"),
    ("n: {type: choice, choices: {S: small, s: tiny}}", "'s' is said twice", "one of the two"),
    ("n: {type: choice, choices: {S: small, B: Small}}", "'Small' is said twice", "one of the two"),
    ("n: {type: date, after: m}", "there is no field 'm' in this entity", "The fields are: n."),
    ("n: {type: date, after: n}", "'n' cannot be after itself", "another field"),
    ("n: {type: text, after: n}", "'after' means nothing for a field of type 'text'", "a number"),
    ('"a\\0b": text', "the text holds an invisible control character", "Remove"),
    ("born on: date\n      Born_On: date", "'Born_On' and 'born on' are the same field", "Keep one"),
]


@pytest.mark.parametrize(("field", "message", "hint"), FIELDS)
def test_a_field_that_cannot_be_used(field: str, message: str, hint: str) -> None:
    found = problems_of(with_field(field))
    line = 7 if "\n" in field else 6
    assert [problem for problem in found if message in problem.message and hint in problem.hint], found
    assert all(problem.line == line and problem.where.startswith("entities.Pet.fields.") for problem in found)


PAIRS = [
    ("{type: time, after: a}", "date", "the types 'time' and 'date' cannot be compared"),
    ("{type: date, after: a}", "{type: date, not before: b}", "'b' after 'a' contradicts"),
    ("{type: date, after: a, before: a}", "date", "'b' before 'a' contradicts"),
    ("{type: number, maximum: 3, after: a}", "{type: number, minimum: 3}", "'b' can never be after 'a'"),
    ("{type: money, currency: EUR, after: a}", "{type: money, currency: CHF}", "EUR cannot be compared"),
]


@pytest.mark.parametrize(("field", "other", "message"), PAIRS)
def test_a_comparison_that_cannot_be_used(field: str, other: str, message: str) -> None:
    (problem,) = problems_of(with_field(f"a: {other}\n      b: {field}"))
    assert message in problem.message
    assert problem.line == 7
    assert problem.hint


def test_comparisons_are_kept_under_the_name_of_the_other_field() -> None:
    text = with_field(
        "first day: date\n      last: {type: date, Not Before: First_Day, after: [mid]}\n      mid: date"
    )
    _, last, _ = read(text).interview.entities[0].fields
    assert [(one.how, one.field) for one in last.comparisons] == [
        ("after", "mid"),
        ("not before", "first day"),
    ]


def test_what_is_equal_on_both_sides_is_no_contradiction() -> None:
    assert usable(with_field("a: {type: date, not after: b}\n      b: {type: date, not after: a}"))


def test_a_choice_may_have_labels_and_be_the_status() -> None:
    text = with_field("n: {type: choice, choices: {S: small, B: big}, default: Big, status: true}")
    (field,) = read(text).interview.entities[0].fields
    assert (field.choices, field.labels, field.default, field.status) == (
        ("S", "B"),
        ("small", "big"),
        "B",
        True,
    )


def test_an_entity_has_one_status() -> None:
    choice = "{type: choice, choices: [x], status: true}"
    (problem,) = problems_of(with_field(f"a: {choice}\n      b: {choice}"))
    assert problem.message == "'a' is the status already"


def test_sizes_are_written_with_units() -> None:
    (field,) = (
        read(with_field("n: {type: photo, min_bytes: 1 KiB, max_bytes: 2.5 MB}")).interview.entities[0].fields
    )
    assert (field.min_bytes, field.max_bytes) == (1024, 2_500_000)


RELATIONS = [
    ("[Ownr]", "there is no entity 'Ownr'", "Did you mean 'Owner'?"),
    ("[Zebra]", "there is no entity 'Zebra'", "The entities are: Owner, Pet."),
    ("{keeper: {required: true}}", "the relation names no entity", "entity: Owner"),
    ("{keeper: {entity: Owner, need: true}}", "'need' is not a key", "entity, required"),
    ("{keeper: {entity: Owner, required: 7}}", "'7' is neither yes nor no", "true or false"),
    ("[Owner, owner]", "the relation 'owner' is there twice", "a name of its own"),
    ("{name: Owner}", "'name' is both a field and a relation", "another name"),
    ("[[Owner]]", "a list stands where a text belongs", "one text"),
]


@pytest.mark.parametrize(("relations", "message", "hint"), RELATIONS)
def test_a_relation_that_cannot_be_used(relations: str, message: str, hint: str) -> None:
    text = (
        f"{HEAD}entities:\n  Owner: {{fields: {{a: text}}}}\n  Pet:\n    fields: {{name: text}}\n"
        f"    belongs_to: {relations}\n"
    )
    (problem,) = problems_of(text)
    assert problem.line == 7
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize("written", ["Owner", "[Owner]", "{owner: Owner}", "{owner: {entity: OWNER}}"])
def test_a_relation_can_be_written_short(written: str) -> None:
    text = (
        f"{HEAD}entities:\n  Owner: {{fields: {{a: text}}}}\n  Pet:\n    fields: {{name: text}}\n"
        f"    belongs_to: {written}\n"
    )
    (relation,) = read(text).interview.entities[1].relations
    assert (relation.name, relation.entity, relation.required) == ("owner", "Owner", False)


def test_every_problem_is_listed_at_once_in_line_order() -> None:
    text = "nmae: X\nidea:\nentities:\n  Pet:\n    fields: {a: txet, b: choice}\n    belongs_to: [Own]\n"
    found = problems_of(text)
    assert [(problem.line, problem.where) for problem in found] == [
        (1, "nmae"),
        (1, "name"),
        (2, "idea"),
        (5, "entities.Pet.fields.a"),
        (5, "entities.Pet.fields.b"),
        (6, "entities.Pet.belongs_to[1]"),
    ]
    assert str(InterviewProblems(found)).startswith("The interview has 6 problems:\n- line 1, column 1: nmae")


def test_far_too_many_problems_are_counted_and_not_listed() -> None:
    found = problems_of("\n".join(f"key{number}: x" for number in range(1500)))
    assert len(found) == 1001
    assert found[-1].message == "502 more problems are not listed"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "entities:\n" + "".join(f"  E{number}: {{fields: {{a: text}}}}\n" for number in range(501)),
            "501 entities are too many",
        ),
        (
            "entities: {E: {fields: {" + ", ".join(f"f{number}: text" for number in range(201)) + "}}}",
            "201 fields are too many",
        ),
        (
            "entities: {E: {fields: {a: {type: choice, choices: ["
            + ", ".join(f"c{number}" for number in range(201))
            + "]}}}}",
            "201 choices are too many",
        ),
        (
            "entities: {E: {fields: {a: text}, belongs_to: [" + "E, " * 101 + "]}}",
            "101 relations are too many",
        ),
    ],
)
def test_a_model_has_limits(text: str, message: str) -> None:
    assert message in [problem.message for problem in problems_of(HEAD + text)]


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]\n" for level in range(1, 30)
    )
    tracemalloc.start()
    found = problems_of(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum("alias" in problem.message for problem in found) == 58
    assert peak < 5_000_000


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(), max_size=200))
@example("%YAML 9.9\n---\na")
@example('"\\U99999999"')
@example("{a: [}")
@example("!<")
@example("&a *a")
@example("? ? ? a")
def test_any_text_gives_problems_or_an_interview(text: str) -> None:
    assert usable(text) or problems_of(text)


_WORDS = st.one_of(
    st.text(max_size=12), st.sampled_from(["text", "number", "choice", "yes", "-1", "", "~", "a"])
)
_KEYS = st.sampled_from(
    ["name", "idea", "entities", "fields", "belongs_to", "Pet", "type", "choices", "default", "minimum", "x"]
)
_TREES = st.recursive(
    _WORDS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=4)),
    max_leaves=15,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(tree=_TREES, deep=st.booleans())
def test_any_structure_gives_problems_or_an_interview(*, tree: object, deep: bool) -> None:
    value = {"name": "X", "idea": "Y", "entities": {"Pet": {"fields": {"a": tree}}}} if deep else tree
    text = yaml.safe_dump(value, allow_unicode=True)
    assert usable(text) or problems_of(text)


_NAMES = st.text(alphabet=st.characters(blacklist_categories=["C", "Z"]), min_size=1, max_size=30)


@settings(max_examples=100)
@given(_NAMES, _NAMES)
def test_words_are_kept_as_they_were_written(name: str, field: str) -> None:
    value = {"name": name, "idea": name, "entities": {name: {"fields": {field: "text"}}}}
    if "~" in {name, field} or field.strip("_- ") == "" or name.strip("_- ") == "":
        return
    interview = read(json.dumps(value)).interview
    assert (interview.name, interview.idea) == (name, name)
    assert (interview.entities[0].name, interview.entities[0].fields[0].name) == (name, field)


def test_every_entry_is_a_statement_that_its_items_repeat() -> None:
    text = EXAMPLES[2].read_text(encoding="utf-8")
    interview = read(text).interview
    assert [statement.number for statement in interview.statements] == list(
        range(1, len(interview.statements) + 1)
    )
    words = [statement.words for statement in interview.statements]
    assert words[0] == interview.name
    assert {*interview.people, *interview.features} <= set(words)
    items = [item for entity in interview.entities for item in (entity, *entity.fields, *entity.relations)]
    assert sorted(item.because for item in items) == sorted(words[-len(items) :])
    assert "Pet: chip number: identifier, unique, at least 9 characters, at most 15 characters" in words
    assert "Pet: owner: belongs to Owner, required" in words
