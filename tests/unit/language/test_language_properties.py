"""Whatever is written: nothing breaks, nothing is dropped, and every part is where it is said to be."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.contracts import Interview
from flows.language import apply_changes, read_rules, read_things, sentences
from flows.language.sentences import one_line
from tests.unit.language.accounting import unaccounted

PEOPLE = ("owner", "sitter")
OTHERS = {"Pet": "has a name and a status (new, old or gone)", "Sitter": "has a name. Belongs to an owner."}
ENTITIES = read_things(OTHERS, people=PEOPLE).entities
INTERVIEW = Interview(name="Pets", idea="Pets", people=PEOPLE, entities=ENTITIES)

PIECES = """
    has a name required ( ) , . ; : and or not must be is are can cannot that which at least most
    up to between 1 2.5 -3 99999999999999999999 % € EUR in of by with many one several no two share
    default usually after before Pet pets sitter owner status new old gone " ' — - / {{ }} {% %}
    <b> \\ $ # \u202e \u200f é the an it belongs goes from unless once only nobody anyone sees
    delete rename remove add make known as yes/no which who how whether all both itself 7*7 }} ' OR
    1=1
"""
STRUCTURE = (*PIECES.split(), "\n", "\t", "\n- ")
JUMBLE = st.lists(st.sampled_from(STRUCTURE), max_size=40).map(" ".join)
TEXTS = st.one_of(JUMBLE, st.text(max_size=200), st.text(alphabet=string.punctuation + " ab1", max_size=80))

NAMES = st.sampled_from(
    ("start date", "price", "colour", "number of seats", "e-mail", "chip number", "weight in kg", "nick name")
)
FACETS = st.sampled_from(
    (
        *("", " (required)", " (optional)", " (unique, required)", " (text, required)", " (at least 1)"),
        *(
            " in EUR",
            " between 1 and 5",
            " (up to 80 characters)",
            " (small, medium or large)",
            " (e.g. seven)",
        ),
        *(
            " after the end day",
            " that people remember",
            " (requird)",
            ", required",
            " (yes/no)",
            ": tall or tiny",
        ),
        *(
            " that is unique",
            " - in words of its own",
            " (max 3 MB)",
            " as on the label",
            " (long text; usually blue)",
        ),
    )
)
LEADS = st.sampled_from(("a ", "an ", "the ", "", "a unique ", "a required ", "optionally a ", "its "))
MEMBERS = st.builds(lambda lead, name, facet: lead + name + facet, LEADS, NAMES, FACETS)
RELATIONS = st.sampled_from(
    (
        "belongs to a Pet",
        "belongs to a Pet as buddy and to a Sitter",
        "may belong to an owner",
        "has many pets",
    )
)
OPENINGS = st.sampled_from(("has ", "It has ", "must have ", "A booking has ", ""))
LISTS = st.builds(
    lambda opening, members, joint, last: (
        opening + joint.join(members[:-1]) + (last if members[1:] else "") + members[-1]
    ),
    OPENINGS,
    st.lists(MEMBERS, min_size=1, max_size=4),
    st.sampled_from((", ", "; ", ",\n")),
    st.sampled_from((" and ", ", and ", ", ")),
)
DESCRIPTIONS = st.lists(st.one_of(LISTS, RELATIONS), min_size=1, max_size=3).map(". ".join)


@settings(max_examples=150)
@given(text=TEXTS)
@example(text="(" * 5000)
@example(text="has a " + "very " * 2000 + "long name")
@example(text='"' * 4001 + "has a name")
@example(text="a (b (c (d (e (f (g (h)))))))")
@example(text="has a name, " * 800)
@example(text="9" * 10_000 + " or more")
@example(text="a" * 10_000)
@example(text=". ! ? " * 1500)
@example(text="is not " * 900)
@example(text="a stay that")
@example(text="that")
@example(text="\u202ehas a name\u202c, {{ 7*7 }}, {% raw %}, ${jndi:x}, '; DROP TABLE users; --")
def test_whatever_is_written_is_read_or_asked_about(text: str) -> None:
    reading = read_things({**OTHERS, "Booking": text}, people=PEOPLE)
    said = {words for _, _, words in reading.sentences} | {*OTHERS, "Booking"}
    for entity in reading.entities:
        for item in (entity, *entity.fields, *entity.relations):
            assert {*item.because.split("\n")} <= said
    for thing, part in reading.unread:
        whole = {**OTHERS, "Booking": text}[thing]
        assert one_line(whole[part.offset :]).startswith(part.words)
        assert part.nearest


@settings(max_examples=150)
@given(text=TEXTS)
@example(text="Owners can " + "see and " * 2000 + "see pets")
@example(text="can " * 2000)
@example(text="Only " * 500 + "owners can see pets")
def test_whatever_is_written_as_a_rule_gives_rules_or_is_asked_about(text: str) -> None:
    reading = read_rules([text], entities=ENTITIES, people=PEOPLE)
    if one_line(text) and any(character.isalnum() for character in text):
        assert reading.rules or reading.unread
    assert all(rule.entity in OTHERS and rule.actions for rule in reading.rules)
    assert all(index == 0 for index, _ in reading.unread)


@settings(max_examples=150)
@given(text=TEXTS)
@example(text="rename " + "Pet to " * 500)
@example(text="add a " + "Vet with " * 500)
def test_whatever_is_asked_for_changes_something_or_is_asked_about(text: str) -> None:
    reading = apply_changes(INTERVIEW, [text])
    assert reading.changed or reading.interview == INTERVIEW
    if list(sentences(text)):
        assert reading.changed or reading.unread


@settings(max_examples=300)
@given(text=DESCRIPTIONS)
def test_no_word_of_a_description_is_dropped(text: str) -> None:
    reading = read_things({**OTHERS, "Booking": text}, people=PEOPLE)
    assert unaccounted(text, reading) == []


@settings(max_examples=100)
@given(text=TEXTS)
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    found = sentences(text)
    for offset, words in found:
        assert one_line(text[offset:]).startswith(words)
    together = "".join(words for _, words in found)
    assert [c for c in together if c.isalpha()] == [c for c in text if c.isalpha()] or _has_bullet(text)


def _has_bullet(text: str) -> bool:
    """A letter with a bracket, `a) `, at the start of a line is a bullet and no word."""
    return any(line.lstrip()[1:2] == ")" or line.lstrip()[2:3] in {")", "."} for line in text.splitlines())


@pytest.mark.parametrize("size", [50, 200])
def test_many_things_are_read(size: int) -> None:
    things = {f"Thing {number}": "has a name (required), a price in EUR" for number in range(size)}
    assert len(read_things(things, people=()).entities) == size
