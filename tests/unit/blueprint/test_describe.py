"""A blueprint as people read it."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.contracts import Intake, OpenQuestion
from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.describe import markdown
from flows.stages.blueprint.escaping import escaped

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
                    {
                        "name": "code",
                        "kind": "text",
                        "unique": True,
                        "min_length": 2,
                        "max_length": 4,
                        "pattern": "\\w+",
                    },
                    {"name": "born", "kind": "date", "comparisons": [{"how": "not after", "field": "died"}]},
                    {"name": "died", "kind": "date"},
                    {"name": "photo", "kind": "image", "max_bytes": 5000},
                    {
                        "name": "state",
                        "kind": "choice",
                        "choices": ["new", "gone"],
                        "labels": ["New one", "Gone"],
                        "status": True,
                    },
                ],
                "relations": [
                    {"name": 'the "keeper"', "entity": "Owner", "required": True},
                    {"name": "vet", "entity": "Owner"},
                    {"name": "friend", "entity": "Pets", "kind": "many to many"},
                ],
            },
        ],
        "rules": [{"who": ["owner"], "actions": ["see"], "entity": "Pets", "own": True, "because": "r"}],
        "examples": [{"entity": "pet", "values": [["name", "Rex"], ["code", "ab"]]}],
        "not_used": [{"words": "service *", "reason": "no"}],
    },
    "completeness": 70,
    "open_questions": [{"number": 1, "words": "Cake", "question": "Which one?"}],
}


def test_the_summary_says_everything() -> None:
    text = markdown(derive(Intake.model_validate(SAID), feedback=("more cats",)))
    for line in (
        "# Pets &amp; &lt;Friends&gt;",
        r"We \*look\* after pets\. \# Not a heading",
        "2 entities, 2 roles, 19 pages, 13 API operations.",
        "### Pet",
        r"An \[animal\]\(javascript\:alert\(1\)\)",
        r"- **Class**: choice, one of a\|b, c, begins as c",
        "- **Fee**: money, in EUR, at least 0, at most 9.5",
        r"- **Code**: text, unique, at least 2 characters, at most 4 characters, matches \\w\+",
        "- **Born**: date, not after died",
        "- **Photo**: image, at most 5000 bytes",
        "- **State**: choice, one of New one, Gone, required, begins as new, changed by actions only",
        "- **Vet**: belongs to Owner, may be empty; emptied when that row is deleted",
        r"- **The \"keeper\"**: belongs to Owner, required; a row in use cannot be deleted",
        (
            "- **Friend**: any number of Pet, each of which may have several; "
            "the links go when either side is deleted"
        ),
        "- **Owner**: may sign up, described by an Owner",
        "| | Owner | Admin |",
        "| **Pet** | own: see, create, edit, mark as gone | see, create, edit, delete, mark as gone |",
        "- A row of **Pet** belongs to the people at the_keeper → user and vet → user",
        "- From Owners register a pet: Owner may create pet, page New\\: Pet",
        "- By default, the admin may do everything: 9 items",
        "- Pet: code ab",
        "1. Cake: Which one?",
        "- Owners pay online: taking payments needs a payment provider",
        "- Pets is Pet in the code: an entity is named in the singular",
        "- service \\*: no",
    ):
        assert line in text.splitlines(), line
    assert "more cats: This change was asked for" in text
    assert "What changed" not in text


def test_what_changed_comes_first() -> None:
    before = derive(Intake.model_validate(SAID))
    after = derive(Intake.model_validate(SAID), feedback=("more cats",))
    text = markdown(after, before=before)
    assert "## What changed\n\n- New question about “more cats”\\: This change" in text
    assert text.index("## What changed") < text.index("## Open questions")
    assert "## What changed\n\n- Nothing\n" in markdown(before, before=before)


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
    assert [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")] == [
        "How it hangs together",
        "What it keeps",
        "Who uses it",
        "Who may do what",
        "Whose a row is",
        "Decided for you",
    ]
    assert text.endswith("items\n")


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_escaped_words_are_one_line_without_markup(words: str) -> None:
    line = escaped(words)
    assert len(line.splitlines()) <= 1
    bare = re.sub(r"\\[!-/:-@\[-`{-~]|&(?:amp|lt|gt);", "", line)
    assert not set(bare) & set("<>&*_`[]()#!|~\\$:@=\"'")


@settings(max_examples=100)
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
    text = markdown(plan, before=plan)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert len(headings) <= 12
    assert text.count("```") == 2
