"""The API's routes: what may be asked, and which query answers."""

from __future__ import annotations

import uuid  # noqa: TC003 - FastAPI reads the annotations of the routes
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Header, Query
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response

from dashboards.api import answers, archives, logs, models, problems
from dashboards.errors import ArchiveMissing
from dashboards.reading import check_readiness, reading
from db.queries import executions
from db.queries.detail import detail
from db.queries.results import artifact

PREFIX = "/api/v1"
MOST_EXECUTIONS = 200

_AWAY = HTTPStatus.SERVICE_UNAVAILABLE
_WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
_NONE = HTTPStatus.NOT_FOUND

api = FastAPI(
    title="LeanVibe",
    version="1",
    description="Executions of the MVP factory: their progress, log lines and archives. Read-only.",
    docs_url=None,  # the documentation pages load their scripts from elsewhere
    redoc_url=None,
)
problems.handle(api)
api.include_router(logs.router)


@api.get("/health", tags=["monitoring"])
def health() -> models.Health:
    """Answer as long as the process lives."""
    return models.Health()


@api.get("/readiness", tags=["monitoring"], responses=problems.responses(_AWAY))
def readiness() -> models.Readiness:
    """Answer when the database does and is migrated."""
    check_readiness()
    return models.Readiness()


@api.get("/executions", tags=["executions"], responses=problems.responses(_WRONG, _AWAY))
def list_executions(
    limit: Annotated[int, Query(ge=1, le=MOST_EXECUTIONS, description="how many")] = 20,
) -> models.Executions:
    """List the newest executions, the newest first."""
    with reading() as connection:
        return answers.executions(executions.newest(connection, limit=limit), answers.now())


@api.get(
    "/executions/{execution_id}", tags=["executions"], responses=problems.responses(_NONE, _WRONG, _AWAY)
)
def get_execution(execution_id: uuid.UUID) -> models.ExecutionDetail:
    """Get an execution with its stages, checks, gate and archive."""
    with reading() as connection:
        return answers.detail(detail(connection, execution_id), answers.now())


@api.get(
    "/executions/{execution_id}/archive",
    tags=["executions"],
    response_class=Response,
    responses={
        200: {
            "description": "The archive; its ETag is its sha256.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        },
        304: {"description": "The caller has it: If-None-Match names its ETag."},
        **problems.responses(_NONE, _WRONG, _AWAY),
    },
)
def download_archive(
    execution_id: uuid.UUID,
    if_none_match: Annotated[str | None, Header(description="ETags the caller has")] = None,
    *,
    partial: Annotated[bool, Query(description="what was generated and failed its verification")] = False,
) -> Response:
    """Download the archive of an execution."""
    with reading() as connection:
        executions.execution(connection, execution_id)
        archive = artifact(connection, execution_id, "partial archive" if partial else "archive")
    if archive is None and partial:
        raise ArchiveMissing("no application of this execution failed its verification")
    if archive is None:
        raise ArchiveMissing("this execution has released no archive; it has one once it is completed")
    return archives.download(archive, known=if_none_match)


def _openapi() -> dict[str, Any]:
    """The document, with the schema that every problem refers to."""
    if api.openapi_schema is None:
        document = get_openapi(
            title=api.title,
            version=api.version,
            description=api.description,
            routes=api.routes,
            servers=[{"url": PREFIX}],
        )
        schemas = document["components"]["schemas"]
        template = "#/components/schemas/{model}"
        described = problems.ProblemDocument.model_json_schema(ref_template=template)
        schemas |= described.pop("$defs")
        schemas[problems.ProblemDocument.__name__] = described
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        api.openapi_schema = document
    return api.openapi_schema


api.openapi = _openapi  # type: ignore[method-assign] # FastAPI's documented way to extend the document
