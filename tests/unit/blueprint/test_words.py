"""What a description in words gives a plan: an item of several sentences, and the field a row is known by."""

from __future__ import annotations

from flows.contracts import FieldKind, Intake, Interview, Statement
from flows.language import read_things
from flows.stages.blueprint.derive import derive

SENTENCES = ("has a title and a code word.", "Title is required.", "It is known by its code word.")


def test_every_sentence_that_says_something_of_a_field_is_traced_to_it() -> None:
    reading = read_things({"Pet": " ".join(SENTENCES)}, people=[])
    statements = tuple(
        Statement(number=number, where="things.Pet", words=words)
        for number, (_, _, words) in enumerate(reading.sentences, start=1)
    )
    interview = Interview(name="Pets", idea="Pets", entities=reading.entities, statements=statements)
    plan = derive(Intake(interview=interview, completeness=50))
    assert [trace.words for trace in plan.traces] == list(SENTENCES)
    assert ["field Pet.title" in trace.items for trace in plan.traces] == [True, True, False]
    assert "field Pet.code_word" in plan.traces[2].items
    assert plan.entities[0].display_field == "code_word"
    assert plan.entities[0].fields[0].kind is FieldKind.TEXT
