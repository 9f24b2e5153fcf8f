"""What comes back for a JDL file that is wrong: every mistake, each at its place, none hiding the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.stages.intake.jdl import read_jdl
from flows.stages.intake.problems import InterviewProblems, render

if TYPE_CHECKING:
    from flows.contracts import Problem


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InterviewProblems) as caught:
        read_jdl(text)
    return caught.value.problems


def places_of(text: str) -> list[tuple[int | None, int | None]]:
    return [(problem.line, problem.column) for problem in problems_of(text)]


EVERYTHING = """\
entity Pet {
  name Strng required
  age
  weight Double min(0
  chip String maxlenght(20)
  owner String requird
  color String minlength(5) maxlength(2)
  a Integer minlength(3) min(FOO)
}
entty Foo { x String }
enum Size { S, M, S L(two words) XL }
relationship OneToMan { Pet{b} to Owner{c} }
relationship OneToMany {
  Pet{owner requird} to Owner{pet}
  Pet{friend} too Pet
  Pet{x} to Pett{y}
}
entity Owner {
  first String
entity Other {
  § y String
  z Size
}
}
readOnly Nobody
entity 5A { q String }
entity Last { d Strnig }
/* open
"""


def test_every_mistake_is_found_at_once() -> None:
    assert places_of(EVERYTHING) == [
        *((2, 8), (3, 3), (4, 22), (5, 15), (6, 16), (7, 3), (8, 13), (8, 30)),
        *((10, 11), (11, 19), (11, 27), (12, 14), (14, 13), (15, 15), (16, 13)),
        *((20, 1), (21, 3), (24, 1), (25, 10), (26, 8), (27, 17), (28, 1)),
    ]


def test_a_mistake_is_shown_with_its_line_and_what_would_be_right() -> None:
    text = "entity Pet {\n  name Strng\n}"
    shown = render(problems_of(text), file="app.jdl", text=text)
    assert shown.splitlines()[:3] == [
        "app.jdl:2:8: 'Strng' is no type of a field",
        "  2 |   name Strng",
        "    |        ^",
    ]
    assert shown.splitlines()[3].startswith("  Did you mean 'String'? The types are: String, Integer,")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "the file declares nothing", "entity Pet"),
        ("enum A { B }", "there is no entity", "entity Pet"),
        ("entity Pet { name }", "'}' does not belong here", "a name"),
        ("entity Pet { name String", "the file ends in the middle", "}"),
        ("entity Pet { name String } }", "this } closes nothing", "Leave it out"),
        ("entity Pet { a String }\nentity pet { b String }", "declared twice, first on line 1", "together"),
        ("entity Pet { a String }\nenum A { X }\nenum A { Y }", "declared twice", "together"),
        ("entity Pet { firstName String first_name String }", "a second field 'first name'", "Keep one"),
        ("entity Pet { a String min(3) }", "'min' means nothing for a field of kind 'text'", "minlength"),
        ("entity Pet { a Integer pattern(/a/) }", "'pattern' means nothing", "required"),
        ("entity Pet { a UUID maxlength(3) }", "means nothing for a field of kind 'identifier'", "unique"),
        ("entity Pet { a Integer min(5) max(LOW) }\nLOW = 4", "the least value 5 is above", "Swap"),
        ("entity Pet { a Integer min(99999999999999999999) }", "no number can be within", "Stay within"),
        ("entity Pet { a String maxlength(0) }", "'maxlength(0)' is no size", "1 or more"),
        ("entity Pet { a String minlength(1.5) }", "is no size", "whole number"),
        ("entity Pet { a String minlength(999999) }", "is too big", "at most"),
        (f"entity Pet {{ a BigDecimal min({'9' * 400}) }}", "is too big", "Stay within"),
        ("entity Pet { a Sort }\nenum Sort { }", "'Sort' has no values", "at least one"),
        ("entity Pet { a Sort }\nenum Sort { A a }", "'a' is there twice", "Keep one"),
        ("entity Pet { a Sort }\nenum Srt { A }", "'Sort' is no type of a field", "'Srt'"),
        (f"entity {'P' * 61} {{ a String }}", "is too long: 61 characters", "at most 60"),
        (f"entity Pet {{ {'p' * 10_000} String }}", "is too long: 10000 characters", "at most 60"),
        (f'entity Pet {{ a B }} enum B {{ C("{"x" * 61}") }}', "is too long", "at most 60"),
        ('entity Pet { a B } enum B { C("a\x07b") }', "control character", "save the file as plain UTF-8"),
        ("/** a\u202eb */ entity Pet { a String }", "control character (U+202E)", "Remove it"),
        (
            "entity A { b String }\nrelationship ManyToOne { A{b} to A }",
            "a field and a relation 'b'",
            "Rename",
        ),
        (
            "entity A { x String } entity B { x String }\nrelationship ManyToOne { A to B A{b} to A }",
            "A has two relations 'b'",
            "another name",
        ),
        ("entity A { x String }\nrelationship ManyToOne { A{b} to C }", "there is no entity 'C'", "entity C"),
        ("entity A { x String }\nrelationship ManyToOne { A{b} B }", "'B' does not belong here", "'to'"),
        ("entity A { x String }\nLOW = B", "'B' does not belong here", "a number"),
        ('entity A { x B } enum B { C("d) }', "does not end on its line", 'Write "'),
        ("entity A { x String pattern(/a) }", "does not end on its line", "pattern(/[a-z]+/)"),
        ("relationships ManyToOne { A to B }", "'relationships' begins no declaration", "'relationship'"),
        ("entiti A\nentity B", "'entiti' begins no declaration", "'entity'"),
    ],
)
def test_a_mistake_is_named_with_what_would_be_right(text: str, message: str, hint: str) -> None:
    problems = problems_of(text)
    assert message in problems[0].message
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    "text",
    [
        "entity A { b 5 }\nentity B { x C }\nenum C { ( }\nrelationship ManyToOne { B{c} to A }",
        "entity 5A { x String }\nentity B { x String }\nrelationship ManyToOne { B{c} to A }\nreadOnly A",
        "enum 5A { X }\nentity B { a A }",
        "LOW 3 = 5\nentity B { a Integer min(LOW) }",
    ],
)
def test_what_a_broken_declaration_would_declare_is_not_unknown(text: str) -> None:
    assert not [problem for problem in problems_of(text) if "there is no" in problem.message]


def test_a_broken_field_does_not_hide_its_neighbours() -> None:
    assert places_of("entity A {\n  a Strin, ( , b Integr\n  c Lon\n}") == [(2, 5), (2, 12), (2, 18), (3, 5)]


def test_too_much_is_refused_with_a_number() -> None:
    fields = " ".join(f"f{number} String" for number in range(201))
    assert "201 fields are too many" in problems_of(f"entity A {{ {fields} }}")[0].message
    values = " ".join(f"V{number}" for number in range(201))
    assert "201 values are too many" in problems_of(f"entity A {{ a B }} enum B {{ {values} }}")[0].message
    entities = "\n".join(f"entity A{number}" for number in range(501))
    assert "501 entities are too many" in problems_of(entities)[0].message
    lines = "\n".join(f"A{{r{number}}} to A" for number in range(101))
    text = f"entity A {{ a String }}\nrelationship ManyToOne {{\n{lines}\n}}"
    assert "too many relations" in problems_of(text)[0].message
    assert "the file is too long" in problems_of("x " * 100_001)[0].message
    assert "the file is too big" in problems_of("/" * (1024 * 1024 + 1))[0].message
