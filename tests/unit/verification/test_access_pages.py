"""Attacks through the pages: what is asked, and which answers are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from flows.contracts import VISITOR, AccessCell
from flows.rendering import plan
from flows.rendering.verified import access_tables
from flows.stages.blueprint.derive import derive
from flows.stages.intake.document import read
from flows.stages.verification.access.check import sentence
from flows.stages.verification.access.pages import Pages
from flows.stages.verification.access.rules import Expected
from flows.stages.verification.access.world import Row
from flows.stages.verification.client import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.stages.verification.client import Client

INTERVIEW = """
name: Notes
idea: Writers keep notes.
people: [writer]
entities:
  Note: {fields: {title: text, scan: file}}
"""
FORM = '<form method="post"><input type="hidden" name="csrf" value="proof"></form>'
REFUSED = Expected(allowed=False, statuses=frozenset({404}))


class Scripted:
    """A client whose answers are told by method and path; keeps what was sent."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.sent: dict[str, bytes | None] = {}

    def ask(self, method: str, path: str, *, body: bytes | None = None, headers: object = None) -> Answer:
        assert headers
        self.sent[f"{method} {path}"] = body
        return self.answers.get(f"{method} {path}", answer(404))


def answer(status: int, text: str = "", **headers: str) -> Answer:
    return Answer(status=status, headers=headers, body=text.encode())


def attempt(verb: str, through: Any, **answers: Answer) -> tuple[tuple[int, bool], dict[str, Any]]:
    """What comes of an attack on note 7, and what was sent."""
    (note,) = plan(derive(read(INTERVIEW))).entities
    row = Row(entity=note, number=7, creator=1, status="", sent={})
    scripted = Scripted({"GET /sign-in": answer(200, FORM), **answers})
    found = Pages(cast("Client", scripted), {"writer": {"session": "kept"}}).attempt(
        "writer", verb, through, row, REFUSED
    )
    return found, scripted.sent


def test_a_form_is_sent_with_proof_and_changes_nothing_if_it_is_let_in() -> None:
    found, sent = attempt("edit", "form", **{"POST /notes/7/edit": answer(422)})
    assert found == (422, False)
    assert sent["POST /notes/7/edit"] == b"csrf=proof&version=0"


def test_a_change_of_status_is_a_form_of_its_own() -> None:
    found, sent = attempt(
        "send_back", "form", **{"POST /notes/7/send-back": answer(303, location="/notes/7")}
    )
    assert found == (303, False)
    assert "POST /notes/7/send-back" in sent


def test_the_files_of_a_row_are_asked_for_too() -> None:
    assert attempt("see", "page")[0] == (404, True)
    assert attempt("see", "page", **{"GET /notes/7/files/scan": answer(200)})[0] == (200, False)


@pytest.mark.parametrize(
    ("text", "ok"), [('<a href="/notes/8">x</a>', True), ('<a href="/notes/7">x</a>', False)]
)
def test_a_list_may_be_shown_without_the_row(text: str, ok: bool) -> None:  # noqa: FBT001  parametrized
    assert attempt("list", "page", **{"GET /notes": answer(200, text)})[0] == (200, ok)


@pytest.mark.parametrize(("text", "ok"), [("id,title\r\n8,7\r\n", True), ("id,title\r\n7,x\r\n", False)])
def test_a_table_may_be_sent_without_the_row(text: str, ok: bool) -> None:  # noqa: FBT001  parametrized
    assert attempt("export", "page", **{"GET /notes/export.csv": answer(200, text)})[0] == (200, ok)


def test_being_asked_to_sign_in_is_being_refused() -> None:
    asked = answer(303, location="/sign-in?next=%2Fnotes")
    assert attempt("list", "page", **{"GET /notes": asked})[0] == (401, True)


def test_the_matrix_and_the_sentence_say_by_what_it_was_tried() -> None:
    cell = AccessCell(
        entity="Note",
        role=VISITOR,
        relation="stranger",
        verb="edit",
        through="form",
        expected="refused",
        answered=200,
        ok=False,
    )
    assert sentence(cell) == "a visitor may not edit a stranger's Note by form, the answer was 200"
    assert "| edit, by form | **refused 200** |" in access_tables([cell])
