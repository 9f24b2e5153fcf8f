"""Errors as RFC 9457 problem documents, each with a code that never changes."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from fastapi import Request  # noqa: TC002 - FastAPI reads the annotation
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from dashboards.errors import ArchiveMissing, InvalidCursor, SchemaOutdated
from db.errors import DatabaseError, DatabaseUnavailable, Refused
from db.errors import NotFound as RowNotFound
from storage.errors import NotFound as ObjectNotFound
from storage.errors import StorageError

if TYPE_CHECKING:
    from fastapi import FastAPI

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5

Code = Literal[
    "invalid-request",
    "invalid-cursor",
    "search-too-wide",
    "not-found",
    "execution-not-found",
    "archive-not-found",
    "method-not-allowed",
    "request-failed",
    "database-unavailable",
    "schema-outdated",
    "store-unavailable",
    "internal-error",
]

logger = logging.getLogger(__name__)


class Mistake(BaseModel):
    """One thing that is wrong with a request."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    where: str = Field(description="part of the request, as in query.limit", examples=["query.limit"])
    message: str = Field(examples=["Input should be greater than or equal to 1"])


class ProblemDocument(BaseModel):
    """Why a request was not answered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str = Field(examples=["urn:leanvibe:problem:execution-not-found"])
    title: str = Field(description="what this type of problem is", examples=["Not Found"])
    status: int = Field(examples=[404])
    code: Code = Field(description="stable name of the problem, for programs")
    detail: str = Field(description="what happened and what to do next, for people")
    mistakes: list[Mistake] = Field(default=[], description="each thing wrong with the request")


ERRORS: dict[type[Exception], tuple[HTTPStatus, Code]] = {
    RowNotFound: (HTTPStatus.NOT_FOUND, "execution-not-found"),
    ArchiveMissing: (HTTPStatus.NOT_FOUND, "archive-not-found"),
    ObjectNotFound: (HTTPStatus.NOT_FOUND, "archive-not-found"),
    InvalidCursor: (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-cursor"),
    Refused: (HTTPStatus.UNPROCESSABLE_ENTITY, "search-too-wide"),
    DatabaseUnavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "database-unavailable"),
    DatabaseError: (HTTPStatus.SERVICE_UNAVAILABLE, "database-unavailable"),
    SchemaOutdated: (HTTPStatus.SERVICE_UNAVAILABLE, "schema-outdated"),
    StorageError: (HTTPStatus.SERVICE_UNAVAILABLE, "store-unavailable"),
}
"""What each error of the packages below means over HTTP; the nearest class counts."""

HTTP_CODES: dict[int, Code] = {404: "not-found", 405: "method-not-allowed"}


def problem(
    status: int,
    code: Code,
    detail: str,
    *,
    mistakes: list[Mistake] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """The response that says so."""
    document = ProblemDocument(
        type=f"urn:leanvibe:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail,
        mistakes=mistakes or [],
    )
    return JSONResponse(
        document.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE, headers=headers
    )


def responses(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """How these problems are described in the OpenAPI document."""
    reference = {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}
    return {
        int(status): {"description": status.phrase, "content": {MEDIA_TYPE: {"schema": reference}}}
        for status in statuses
    }


def handle(api: FastAPI) -> None:
    """Answer every error of the API with a problem document."""
    for error_type, (status, code) in ERRORS.items():
        api.add_exception_handler(error_type, _handler(status, code))
    api.add_exception_handler(RequestValidationError, _invalid)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _unexpected)


def _handler(status: HTTPStatus, code: Code) -> Any:
    headers = {"Retry-After": str(RETRY_SECONDS)} if status is HTTPStatus.SERVICE_UNAVAILABLE else None

    def answer(_request: Request, error: Exception) -> JSONResponse:
        return problem(status, code, str(error), headers=headers)

    return answer


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Name each mistake, never what was sent."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    mistakes = [
        Mistake(where=".".join(str(part) for part in each["loc"]), message=each["msg"]) for each in found
    ]
    detail = "the request is not valid; `mistakes` says where and why"
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", detail, mistakes=mistakes)


def _http(_request: Request, error: Exception) -> JSONResponse:
    """What the router itself refuses: no such path, no such method."""
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    detail = "there is nothing here; /api/v1/openapi.json describes what there is"
    return problem(status, HTTP_CODES.get(status, "request-failed"), detail, headers=headers)


def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    """Say nothing of the inside; the server's log has the traceback."""
    logger.error("a request failed", exc_info=error)
    detail = "something went wrong that should not; the log of the dashboards says what"
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", detail)
