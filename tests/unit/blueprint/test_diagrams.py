"""Pictures of a blueprint: every cardinality, statuses, and words that stay words."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.diagrams import er_diagram, graph, state_diagram
from tests.unit.blueprint.said import belongs, entity, field, intake, status

PLAN = derive(
    intake(
        entity("Owner", field("name", unique=True)),
        entity(
            "Pet",
            status("new", "in care"),
            belongs_to=(
                belongs('the "keeper"', "Owner", required=True),
                belongs("vet", "Owner"),
                belongs("passport", "Pet", kind="one to one", required=True),
                belongs("twin", "Pet", kind="one to one"),
                belongs("friend", "Pet", kind="many to many"),
                belongs("tag", "Owner", kind="many to many", required=True),
                belongs("editor", "User"),
            ),
        ),
    )
)


def test_the_diagram_shows_entities_people_and_cardinalities() -> None:
    assert er_diagram(PLAN) == (
        "erDiagram\n"
        "    Owner {\n        text name UK\n    }\n"
        "    Pet {\n        choice status\n    }\n"
        "    User {\n        email email UK\n        text name\n        text role\n    }\n"
        '    Owner ||--o{ Pet : "The #34;keeper#34;"\n'
        '    Owner |o--o{ Pet : "Vet"\n'
        '    Pet |o--o| Pet : "Passport"\n'
        '    Pet |o--o| Pet : "Twin"\n'
        '    Pet }o--o{ Pet : "Friend"\n'
        '    Owner }|--o{ Pet : "Tag"\n'
        '    User |o--o{ Pet : "Editor"\n'
    )


def test_statuses_are_a_diagram_of_their_own() -> None:
    assert state_diagram(PLAN.entity("Owner")) == ""
    assert state_diagram(PLAN.entity("Pet")) == (
        "stateDiagram-v2\n"
        '    state "new" as s0\n'
        '    state "in care" as s1\n'
        "    [*] --> s0\n"
        "    s0 --> s1 : Mark as in care\n"
    )


def test_the_graph_names_every_entity_and_relation() -> None:
    text = graph(PLAN)
    assert '    "Owner" [label="Owner\\nName\\l"]' in text
    assert '    "User" [label="People who sign in", style="rounded"]' in text
    edge = '    "Pet" -> "Owner" [label="The \\"keeper\\"", arrowhead="tee", arrowtail="crow"]'
    assert edge in text
    many = derive(intake(entity("Wide", *(f"field {number}" for number in range(20)))))
    assert "and 8 more" in graph(many)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed here")
def test_graphviz_reads_the_graph() -> None:
    subprocess.run(["dot", "-Tsvg"], input=graph(PLAN), text=True, capture_output=True, check=True)


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=90))
def test_hostile_words_stay_words(name: str, words: str) -> None:
    plan = derive(
        intake(entity(name, field(words), status("a", words), belongs_to=(belongs(f"{words} of", name),)))
    )
    shape = re.compile(
        r"erDiagram\n    \w+ \{\n        text \w+\n        choice \w+\n    \}\n"
        r"    \w+ \|o--o\{ \w+ : \"[^\"\n]*\"\n",
        re.ASCII,
    )
    assert shape.fullmatch(er_diagram(plan))
    string = r'"(?:[^"\\\n]|\\["\\nl])*"'
    node = rf"    {string}(?: -> {string})? \[(?:\w+={string}(?:, )?)+\]|    \w+ \[.*\]"
    lines = graph(plan).splitlines()
    assert (lines[0], lines[-1]) == ("digraph blueprint {", "}")
    assert all(re.fullmatch(node, line) for line in lines[1:-1])
    states = state_diagram(plan.entities[0]).splitlines()
    allowed = re.compile(
        r'stateDiagram-v2|    state "[^"\n]*" as s\d|    \[\*\] --> s\d|    s\d --> s\d : [^:"\n]*', re.ASCII
    )
    assert all(allowed.fullmatch(line) for line in states)
