"""Whatever the text, a proposal comes back: soon, whole, and the same each time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.contracts import USER
from flows.language.prose import Proposal, propose

ROOT = Path(__file__).parents[4]
WORDS = (
    *(
        "members",
        "trainers",
        "book",
        "a",
        "the",
        "class",
        ",",
        ".",
        "and",
        "of",
        "with",
        "their",
        "who",
        "to",
    ),
    *(
        "confirm",
        "bookings",
        "can",
        "not",
        "is",
        ":",
        "'",
        "s",
        "price",
        "photo",
        "each",
        "recipe",
        "has",
        "we",
    ),
    *(
        "steps",
        "restaurant",
        "tables",
        "\n",
        "-",
        "pays",
        "for",
        "it",
        "them",
        "$",
        "{",
        "(",
        ")",
        "10",
        "users",
    ),
    *(
        "é",
        "ß",
        "patients'",
        "don't",
        "marks",
        "as",
        "paid",
        "report",
        "keeps",
        "track",
        "list",
        "by",
        "office",
    ),
)


def whole(proposal: Proposal) -> None:
    names = {entity.name for entity in proposal.entities}
    assert names
    assert len(names) == len(proposal.entities)
    for entity in proposal.entities:
        assert entity.fields
        parts = [known.name for known in entity.fields] + [relation.name for relation in entity.relations]
        assert len(parts) == len(set(parts))
        assert all(relation.entity in names | {USER} for relation in entity.relations)
    assert all(rule.entity in names for rule in proposal.rules)


@given(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.text(max_size=200),
    st.lists(st.text(max_size=60), max_size=4),
    st.lists(st.text(max_size=20), max_size=3),
)
@settings(max_examples=250)
def test_words_in_any_order_give_a_whole_proposal(
    idea: str, problem: str, features: list[str], people: list[str]
) -> None:
    whole(propose(name=problem[:20], idea=idea, problem=problem, features=features, people=people))


@given(st.text(max_size=400))
@settings(max_examples=250)
def test_any_text_gives_a_whole_proposal(idea: str) -> None:
    whole(propose(name="", idea=idea, problem="", features=(), people=()))


def test_a_long_text_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    idea = "members book classes and trainers confirm them with a price, a photo and a date. " * 60
    whole(
        propose(
            name="x", idea=idea, problem="book " * 1000, features=["of the with and, " * 60] * 100, people=[]
        )
    )
    assert time.process_time() - started < 10  # under a second where nothing else runs


def test_the_seed_of_hashes_changes_nothing() -> None:
    code = (
        "from flows.language.prose import propose\n"
        "idea = 'Members book classes with a trainer, rate them and see their invoices. Pets, plots and "
        "parts.'\n"
        "print(propose(name='x', idea=idea, problem='', features=(), people=()))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
