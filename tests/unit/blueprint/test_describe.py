"""A blueprint as people read it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.contracts import Intake, OpenQuestion
from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.describe import er_diagram, escaped, markdown

SAID = {
    "interview": {
        "name": "Pets & <Friends>",
        "idea": "We *look* after pets.\n# Not a heading",
        "people": ["owner"],
        "features": ["Owners register a pet", "Owners pay online"],
        "entities": [
            {"name": "Owner", "fields": [{"name": "name", "kind": "text", "required": True}]},
            {
                "name": "Pets",
                "description": "An [animal](javascript:alert(1))",
                "fields": [
                    {"name": "class", "kind": "choice", "choices": ["a|b", "c"], "default": "c"},
                    {"name": "fee", "kind": "money", "minimum": 0, "maximum": 9.5},
                    {"name": "code", "kind": "text", "unique": True, "min_length": 2, "max_length": 4},
                ],
                "relations": [
                    {"name": 'the "keeper"', "entity": "Owner", "required": True},
                    {"name": "vet", "entity": "Owner"},
                ],
            },
        ],
    },
    "completeness": 70,
    "open_questions": [{"number": 1, "words": "Cake", "question": "Which one?"}],
}


def test_the_summary_says_everything() -> None:
    text = markdown(derive(Intake.model_validate(SAID), feedback=("more cats",)))
    for line in (
        "# Pets &amp; &lt;Friends&gt;",
        r"We \*look\* after pets\. \# Not a heading",
        "2 entities, 19 pages, 12 API operations.",
        "## Pets",
        r"An \[animal\]\(javascript\:alert\(1\)\)",
        r"- **Class**: choice, one of a\|b, c, begins as c",
        "- **Fee**: money, in EUR, at least 0, at most 9.5",
        "- **Code**: text, unique, at least 2 characters, at most 4 characters",
        "- **Vet**: belongs to Owner, may be empty; emptied when that row is deleted",
        "- From the wish Owners register a pet: New\\: Owner, New\\: Pet",
        "- Pets has fee \\(money\\); no currency was named, so EUR is used",
        "1. Cake: Which one?",
        "- Owners pay online: taking payments needs a payment provider",
        "- Pets is Pet in the code: an entity is named in the singular",
    ):
        assert line.replace("## Pets", "## Pet") in text.splitlines(), line
    assert "2. more cats: This change was asked for" in text


def test_the_diagram_shows_entities_and_relations() -> None:
    assert er_diagram(derive(Intake.model_validate(SAID))) == (
        "erDiagram\n"
        "    Owner {\n        text name\n    }\n"
        "    Pet {\n        choice pet_class\n        money fee\n        text code UK\n    }\n"
        '    User |o--o{ Owner : "User"\n'
        '    Owner ||--o{ Pet : "The #34;keeper#34;"\n'
        '    Owner |o--o{ Pet : "Vet"\n'
    )


def test_a_plan_with_nothing_open_has_no_empty_sections() -> None:
    said = Intake.model_validate(
        {
            "interview": {
                "name": "X",
                "idea": "Y",
                "entities": [{"name": "Pet", "fields": [{"name": "name", "kind": "text"}]}],
            },
            "completeness": 10,
        }
    )
    text = markdown(derive(said))
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Pet", "## Decided for you"]
    assert text.endswith("delete\n")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_escaped_words_are_one_line_without_markup(words: str) -> None:
    line = escaped(words)
    assert len(line.splitlines()) <= 1
    bare = re.sub(r"\\[!-/:-@\[-`{-~]|&(?:amp|lt|gt);", "", line)
    assert not set(bare) & set("<>&*_`[]()#!|~\\$:@=\"'")


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=30), st.text(max_size=40))
def test_hostile_words_stay_words(name: str, words: str) -> None:
    said = Intake.model_validate(
        {
            "interview": {
                "name": name,
                "idea": words,
                "features": [words],
                "entities": [
                    {
                        "name": name,
                        "description": words,
                        "fields": [{"name": name, "kind": "text", "description": words}],
                        "relations": [{"name": f"{name} of", "entity": name}],
                    }
                ],
            },
            "completeness": 1,
        }
    )
    question = OpenQuestion(number=1, words=words, question=words)
    plan = derive(said.model_copy(update={"open_questions": (question,)}), feedback=(words,))
    headings = [line for line in markdown(plan).splitlines() if line.startswith("#")]
    assert len(headings) <= 6
    shape = re.compile(
        r"erDiagram\n    \w+ \{\n        text \w+\n    \}\n    \w+ \|o--o\{ \w+ : \"[^\"\n]*\"\n", re.ASCII
    )
    assert shape.fullmatch(er_diagram(plan))
