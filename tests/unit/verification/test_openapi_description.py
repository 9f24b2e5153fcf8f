"""An OpenAPI document held against answers: what it leaves out or says wrong is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.stages.verification.client import Answer, Exchange
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.openapi.check import lies
from flows.stages.verification.openapi.description import JSON, PROBLEM, Description

PET = {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}
PROBLEM_SCHEMA = {"type": "object", "required": ["status"]}


def response(name: str, media_type: str = JSON) -> dict[str, Any]:
    return {"content": {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def document(**changes: Any) -> dict[str, Any]:
    found = {"200": response("Pet"), "404": response("Problem", PROBLEM)}
    return {
        "openapi": "3.1.0",
        "paths": {
            "/api/v1/pets/{row_id}": {"get": {"responses": found}, "delete": {"responses": {"204": {}}}},
            "/api/v1/pets/export.csv": {"get": {"responses": {"200": {"content": {"text/csv": {}}}}}},
        },
        "components": {"schemas": {"Pet": PET, "Problem": PROBLEM_SCHEMA}},
    } | changes


def exchange(
    status: int,
    value: Any = None,
    media_type: str = JSON,
    *,
    path: str = "/api/v1/pets/1",
    method: str = "GET",
) -> Exchange:
    body = b"" if value is None else value if isinstance(value, bytes) else json.dumps(value).encode()
    headers = {"content-type": f"{media_type}; charset=utf-8"} if body else {}
    return Exchange(method=method, path=path, answer=Answer(status=status, headers=headers, body=body))


def problem(status: int, **more: Any) -> dict[str, Any]:
    return {"type": "about:blank", "title": "Not Found", "status": status, "detail": "None.", **more}


def test_answers_as_described_are_no_lies() -> None:
    description = Description(document())
    for honest in (
        exchange(200, {"id": 1}),
        exchange(404, problem(404), PROBLEM),
        exchange(204, method="DELETE"),
        exchange(200, b"id\n1\n", "text/csv", path="/api/v1/pets/export.csv"),
    ):
        assert description.lie(honest) is None


@pytest.mark.parametrize(
    ("told", "lie"),
    [
        (exchange(200, {"id": "1"}), "GET /api/v1/pets/{row_id}, 200: $.id '1' is not of type 'integer'"),
        (exchange(200, {}), "200: $ 'id' is a required property"),
        (exchange(200, {"id": 1, "secret": 2}), "('secret' was unexpected)"),
        (exchange(200, b"id", "text/csv"), "answers text/csv, described is application/json"),
        (exchange(403, problem(403), PROBLEM), "403: is not described"),
        (exchange(404, {"detail": "None."}), "404: answers application/json and no problem document"),
        (exchange(404, problem(500), PROBLEM), "404: the problem document says 500"),
        (exchange(404, {"status": 404}, PROBLEM), "404: the problem document has no type"),
        (exchange(204, {}, method="DELETE"), "204: has a body"),
        (exchange(200, {}, path="/api/v1/cats"), "GET /api/v1/cats is answered and not described"),
    ],
)
def test_lies_are_named(told: Exchange, lie: str) -> None:
    assert (Description(document()).lie(told) or "").endswith(lie)


def test_a_reference_to_nothing_is_named() -> None:
    empty = Description(document(components={"schemas": {}}))
    assert "refers to what it does not hold" in (empty.lie(exchange(200, {"id": 1})) or "")


@pytest.mark.parametrize(
    "broken", [[], {"paths": None}, document(components={"schemas": {"Pet": {"type": "number of pets"}}})]
)
def test_what_is_no_document_is_red(broken: Any) -> None:
    with pytest.raises(CheckFailed):
        Description(broken)


def test_operations_that_never_answered_with_success_are_named() -> None:
    description = Description(document())
    seen = [exchange(200, {"id": 1}), exchange(200, b"id", "text/csv", path="/api/v1/pets/export.csv")]
    silent = ("DELETE /api/v1/pets/{row_id} was never answered with success",)
    assert lies(description, seen, {"pets"}) == silent
    assert lies(description, [*seen, exchange(204, method="DELETE")], {"pets"}) == ()
