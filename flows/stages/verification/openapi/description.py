"""An OpenAPI document: its operations, and whether an answer is one that it describes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, best_match
from referencing.exceptions import Unresolvable

from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.openapi.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.stages.verification.client import Answer, Exchange

METHODS = ("get", "post", "put", "patch", "delete")
JSON = "application/json"
PROBLEM = "application/problem+json"
PROBLEM_FIELDS = ("type", "title", "status", "detail")
FIRST_ERROR = 400
NO_CONTENT = 204
SHOWN = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One method at one address of the document."""

    method: str
    path: str
    described: dict[str, Any]

    @property
    def name(self) -> str:
        """As it is written: GET /api/v1/pets/{row_id}."""
        return f"{self.method} {self.path}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """What an address of this operation looks like."""
        parts = re.split(r"\{[^}]*\}", self.path)
        return re.compile("[^/]+".join(map(re.escape, parts)))


class Description:
    """The document; raises CheckFailed when it is none or contradicts itself."""

    def __init__(self, document: Any) -> None:
        if not isinstance(document, dict) or not isinstance(document.get("paths"), dict):
            raise CheckFailed("the document describes no paths")
        # Closed: a property that an answer has and the document does not name is a lie as well.
        closed = dict(document)
        schemas = document.get("components", {}).get("schemas", {})
        closed["components"] = {"schemas": {name: _closed(schema) for name, schema in schemas.items()}}
        for name, schema in schemas.items():
            _check_schema(name, schema)
        self._document = closed
        # A fixed address is meant before one with a gap: /pets/export.csv is no /pets/{row_id}.
        self.operations = tuple(sorted(self._operations(), key=lambda operation: "{" in operation.path))

    def _operations(self) -> Iterator[Operation]:
        for path, item in self._document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(method=method.upper(), path=path, described=item[method])

    def operation(self, method: str, path: str) -> Operation | None:
        """The operation that an address belongs to."""
        return next(
            (
                operation
                for operation in self.operations
                if operation.method == method and operation.pattern.fullmatch(path)
            ),
            None,
        )

    def lie(self, exchange: Exchange) -> str | None:
        """What the document says wrong about this answer, on one line; None when all is as it says."""
        operation = self.operation(exchange.method, exchange.path)
        if operation is None:
            return f"{exchange.method} {exchange.path} is answered and not described"
        found = self._lie(operation, exchange.answer)
        return found and f"{operation.name}, {exchange.answer.status}: {found}"

    def _lie(self, operation: Operation, answer: Answer) -> str | None:
        responses = operation.described.get("responses", {})
        response = responses.get(str(answer.status), responses.get(f"{answer.status // 100}XX"))
        if response is None:
            return "is not described"
        if answer.status == NO_CONTENT:
            return "has a body" if answer.body else None
        if answer.status >= FIRST_ERROR and (wrong := _problem(answer)):
            return wrong
        content = response.get("content", {})
        known = next((kind for kind in content if fnmatchcase(answer.media_type, kind)), None)
        if known is None:
            kinds = ", ".join(content) or "none"
            return f"answers {answer.media_type or 'no media type'}, described is {kinds}"
        schema = content[known].get("schema")
        if schema is None or answer.media_type not in {JSON, PROBLEM}:
            return None
        return self._mismatch(schema, answer.json())

    def _mismatch(self, schema: dict[str, Any], value: Any) -> str | None:
        # Within the whole document, so that its #/components/… are found.
        within = {**self._document, "allOf": [schema]}
        validator = Draft202012Validator(within, format_checker=FORMATS)
        try:
            error = best_match(validator.iter_errors(value))
        except Unresolvable as missing:
            return f"the document refers to what it does not hold: {missing}"
        if error is None:
            return None
        message = error.message if len(error.message) <= SHOWN else f"{error.message[:SHOWN]}…"
        return f"{error.json_path} {message}"


def _problem(answer: Answer) -> str | None:
    """What an error is not that every error has to be: a problem document (RFC 9457)."""
    if answer.media_type != PROBLEM:
        return f"answers {answer.media_type or 'no media type'} and no problem document"
    document = answer.json()
    missing = [name for name in PROBLEM_FIELDS if not isinstance(document, dict) or name not in document]
    if missing:
        return f"the problem document has no {missing[0]}"
    if document["status"] != answer.status:
        return f"the problem document says {document['status']}"
    return None


def _check_schema(name: str, schema: Any) -> None:
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise CheckFailed(f"the schema {name} is none: {error.message[:SHOWN]}") from error


def _closed(schema: Any) -> Any:
    """The schema without room for what it does not name."""
    if isinstance(schema, dict) and "properties" in schema and "allOf" not in schema:
        return {"additionalProperties": False, **schema}
    return schema
