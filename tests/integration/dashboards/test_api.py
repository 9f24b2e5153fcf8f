"""The HTTP API: what each route answers, and what it says when it cannot."""

from __future__ import annotations

import datetime as dt
import json
import threading
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from blocks.artifacts import artifact_store
from blocks.settings import settings
from dashboards.api.application import PREFIX, api
from db.engine import transaction
from db.recorder import Recorder
from db.records.log_lines import NewLogLine, store_log_lines
from db.spool import Spool
from flows import live_logs

if TYPE_CHECKING:
    from tests.integration.dashboards.conftest import World

HOSTILE = '<b>Pets</b> **bold** [x](javascript:alert(1)) :red[hi] $x$ "quoted"'


@pytest.fixture
def client() -> TestClient:
    """Asks the API where it is mounted; an error inside is an answer, as it is for everybody."""
    mounted = Starlette(routes=[Mount(PREFIX, api)])
    return TestClient(mounted, base_url=f"http://127.0.0.1{PREFIX}/", raise_server_exceptions=False)


def _problem(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert (response.status_code, document["status"], document["code"]) == (status, status, code)
    assert document["type"] == f"urn:leanvibe:problem:{code}"
    return document


def test_health_needs_no_database(client: TestClient, away: str) -> None:
    del away
    assert client.get("health").json() == {"status": "alive"}


def test_ready_with_a_migrated_database(client: TestClient, configured: str) -> None:
    del configured
    response = client.get("readiness")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


@pytest.mark.parametrize("path", ["readiness", "executions", f"executions/{uuid.UUID(int=1)}"])
def test_a_database_without_tables_is_named(client: TestClient, unmigrated: str, path: str) -> None:
    del unmigrated
    response = client.get(path)
    document = _problem(response, 503, "schema-outdated")
    assert "leanvibe db upgrade" in document["detail"]
    assert response.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    "path",
    [
        "readiness",
        "executions",
        *(f"executions/{uuid.UUID(int=1)}{p}" for p in ("", "/logs/counts", "/logs/export", "/archive")),
    ],
)
def test_a_database_that_is_away_is_named_without_its_password(
    client: TestClient, away: str, path: str
) -> None:
    del away
    document = _problem(client.get(path), 503, "database-unavailable")
    assert "127.0.0.1:1" in document["detail"]
    assert "secret" not in document["detail"]


def test_executions_come_newest_first(client: TestClient, world: World) -> None:
    items = client.get("executions").json()["items"]
    assert [item["id"] for item in items] == [str(world.waiting), str(world.completed)]
    assert items[1] | {"flow_run_id": "", "project_id": ""} == {
        "id": str(world.completed),
        "tenant": "acme",
        "project_id": "",
        "project": HOSTILE,
        "blueprint_version": 1,
        "flow_run_id": "",
        "requested_by": "ada@example.org",
        "status": "completed",
        "message": "",
        "progress": 100,
        "created_at": "2026-03-01T09:00:00Z",
        "started_at": "2026-03-01T09:00:01Z",
        "ended_at": "2026-03-01T09:01:00Z",
        "duration_s": 60.0,
    }


def test_the_list_is_as_long_as_asked_for(client: TestClient, world: World) -> None:
    items = client.get("executions", params={"limit": 1}).json()["items"]
    assert [item["id"] for item in items] == [str(world.waiting)]


@pytest.mark.parametrize("limit", ["0", "201", "many"])
def test_a_limit_out_of_bounds_is_refused_with_its_place(
    client: TestClient, configured: str, limit: str
) -> None:
    del configured
    document = _problem(client.get("executions", params={"limit": limit}), 422, "invalid-request")
    assert [mistake["where"] for mistake in document["mistakes"]] == ["query.limit"]


def test_an_execution_has_all_its_parts(client: TestClient, world: World) -> None:
    found = client.get(f"executions/{world.completed}").json()
    stages = {stage["stage"]: stage for stage in found["stages"]}
    assert len(stages) == 9
    assert (stages["verification"]["status"], stages["verification"]["duration_s"]) == ("completed", 29.0)
    assert stages["approval"]["started_at"] == "2026-03-01T09:00:02Z"
    assert (stages["release"]["status"], stages["release"]["attempt"]) == ("pending", 0)
    assert [(check["name"], check["ok"]) for check in found["checks"]] == [("boot", True), ("tests", False)]
    assert found["gate"] == {
        "round": 1,
        "blueprint_version": 1,
        "requested_at": "2026-03-01T09:00:03Z",
        "decision": "approved",
        "decided_by": "ada@example.org",
        "decided_at": "2026-03-01T09:00:20Z",
        "beforehand": False,
        "comment": HOSTILE,
    }
    assert found["archive"]["sha256"] == world.sha256


def test_an_execution_that_waits_has_an_open_gate_and_no_archive(client: TestClient, world: World) -> None:
    found = client.get(f"executions/{world.waiting}").json()
    assert (found["status"], found["gate"]["decision"], found["archive"]) == ("waiting", None, None)


@pytest.mark.parametrize("part", ["", "/logs", "/archive"])
def test_an_unknown_execution_is_not_found(client: TestClient, configured: str, part: str) -> None:
    del configured
    _problem(client.get(f"executions/{uuid.UUID(int=9)}{part}"), 404, "execution-not-found")


def test_an_id_that_is_none_is_refused(client: TestClient, configured: str) -> None:
    del configured
    document = _problem(client.get("executions/../x%00"), 404, "not-found")
    assert "openapi.json" in document["detail"]
    _problem(client.get("executions/1'or'1"), 422, "invalid-request")


def test_log_pages_hold_every_line_once(client: TestClient, world: World) -> None:
    seen: list[str] = []
    cursor, more = None, True
    while more:
        page = client.get(
            f"executions/{world.completed}/logs",
            params={"limit": 2} | ({} if cursor is None else {"cursor": cursor}),
        ).json()
        seen += [line["message"] for line in page["items"]]
        cursor, more = page["next_cursor"], page["more"]
    assert seen[:3] == ["the pipeline begins", HOSTILE, "slow"]
    assert len(seen) == 5
    path = f"executions/{world.completed}/logs"
    after = client.get(path, params={"cursor": cursor}).json()
    assert after == {
        "items": [],
        "previous_cursor": cursor,
        "next_cursor": cursor,
        "more": False,
        "degraded": False,
    }
    before = client.get(path, params={"cursor": cursor, "direction": "before", "limit": 2}).json()
    assert [line["message"] for line in before["items"]] == seen[2:4]
    assert before["more"] is True
    newest = client.get(path, params={"direction": "before", "limit": 3}).json()
    assert [line["message"] for line in newest["items"]] == seen[2:]


def test_a_cursor_of_another_execution_is_refused(client: TestClient, world: World) -> None:
    page = client.get(f"executions/{world.completed}/logs", params={"limit": 1}).json()
    path = f"executions/{world.waiting}/logs"
    _problem(client.get(path, params={"cursor": page["next_cursor"]}), 422, "invalid-cursor")


def test_all_lines_are_exported_one_on_each_row(client: TestClient, world: World) -> None:
    response = client.get(f"executions/{world.completed}/logs/export", params={"level": "info"})
    assert response.headers["content-type"] == "application/x-ndjson"
    rows = [json.loads(row) for row in response.text.split("\n")[:-1]]
    assert [row["message"] for row in rows][:2] == [HOSTILE, "slow"]
    assert len(rows) == 4
    _problem(client.get(f"executions/{uuid.UUID(int=9)}/logs/export"), 404, "execution-not-found")


def test_lines_that_come_are_streamed_until_the_execution_has_ended(client: TestClient, world: World) -> None:
    line = NewLogLine(
        producer=uuid.UUID(int=70),
        sequence=0,
        execution_id=world.completed,
        stage="release",
        task_run_id=None,
        level=20,
        logger="flows",
        message="late",
        extras=None,
        occurred_at=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC),
    )

    def store() -> None:
        with transaction(world.url) as connection:
            store_log_lines(connection, [line])

    # The client gives the answer only when the stream has ended, so the line has to come by itself.
    timer = threading.Timer(0.5, store)
    timer.start()
    response = client.get(f"executions/{world.completed}/logs/live")
    timer.join()
    rows = [json.loads(row) for row in response.text.split("\n")[:-1]]
    assert [row["line"]["message"] for row in rows] == ["late"]
    assert rows[0]["gap"] is None
    assert not live_logs._shared


def test_lines_are_counted_by_stage_and_level(client: TestClient, world: World) -> None:
    items = client.get(f"executions/{world.completed}/logs/counts").json()["items"]
    assert {"stage": "verification", "level": "error", "lines": 1} in items
    assert sum(item["lines"] for item in items) == 5


def test_lines_are_found_by_words_and_time(client: TestClient, world: World) -> None:
    path = f"executions/{world.completed}/logs"
    found = client.get(path, params={"words": "test red"}).json()["items"]
    assert [line["level"] for line in found] == ["error"]
    found = client.get(path, params={"since": "2026-03-01T09:00:02", "until": "2026-03-01T09:00:03Z"}).json()
    assert [line["message"] for line in found["items"]] == ["slow"]


def test_without_the_database_lines_come_from_the_spool(client: TestClient, away: str) -> None:
    execution_id = uuid.UUID(int=5)
    lines = [
        NewLogLine(
            producer=uuid.UUID(int=7),
            sequence=number,
            execution_id=execution_id,
            stage="intake",
            task_run_id=None,
            level=20 + 10 * number,
            logger="flows",
            message=f"line {number}",
            extras=None,
            occurred_at=dt.datetime(2026, 3, 1, 9, 0, number, tzinfo=dt.UTC),
        )
        for number in range(3)
    ]
    Recorder(url=away, spool=Spool(settings().spool, producer="a")).log_lines(lines)
    path = f"executions/{execution_id}/logs"
    first = client.get(path, params={"limit": 2}).json()
    assert [line["message"] for line in first["items"]] == ["line 0", "line 1"]
    assert (first["degraded"], first["more"]) == (True, True)
    second = client.get(path, params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [line["message"] for line in second["items"]] == ["line 2"]
    urgent = client.get(path, params={"level": "warning", "direction": "before", "limit": 1}).json()
    assert [line["message"] for line in urgent["items"]] == ["line 2"]
    assert client.get(f"executions/{uuid.UUID(int=6)}/logs").json()["items"] == []


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"level": "info"}, 4),
        ({"level": "error"}, 1),
        ({"stage": "verification"}, 2),
        ({"stage": "backend"}, 0),
    ],
)
def test_log_lines_are_filtered(client: TestClient, world: World, params: dict[str, str], count: int) -> None:
    page = client.get(f"executions/{world.completed}/logs", params=params).json()
    assert len(page["items"]) == count


def test_an_execution_without_lines_has_no_cursor(client: TestClient, world: World) -> None:
    page = client.get(f"executions/{world.waiting}/logs").json()
    assert page == {
        "items": [],
        "previous_cursor": None,
        "next_cursor": None,
        "more": False,
        "degraded": False,
    }


@pytest.mark.parametrize("cursor", ["", "x", "A" * 63, "A" * 65, "/" * 64, "f" * 64])
def test_a_cursor_that_was_never_given_is_refused(client: TestClient, world: World, cursor: str) -> None:
    response = client.get(f"executions/{world.completed}/logs", params={"cursor": cursor})
    _problem(response, 422, "invalid-cursor")


@pytest.mark.parametrize("params", [{"level": "loud"}, {"stage": "x' or 1=1"}, {"limit": "1001"}])
def test_an_unknown_filter_is_refused(client: TestClient, world: World, params: dict[str, str]) -> None:
    response = client.get(f"executions/{world.completed}/logs", params=params)
    document = _problem(response, 422, "invalid-request")
    assert document["mistakes"][0]["where"] == f"query.{next(iter(params))}"


def test_the_archive_is_an_attachment_named_by_its_checksum(client: TestClient, world: World) -> None:
    response = client.get(f"executions/{world.completed}/archive")
    assert response.status_code == 200
    assert response.content == artifact_store().get(world.key)
    assert response.headers["etag"] == f'"{world.sha256}"'
    assert response.headers["content-length"] == str(len(response.content))
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''pets.zip"
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("template", "status"), [('"{}"', 304), ('W/"{}", "x"', 304), ("*", 304), ('"x"', 200)]
)
def test_an_archive_the_caller_has_is_not_sent_again(
    client: TestClient, world: World, template: str, status: int
) -> None:
    known = {"If-None-Match": template.format(world.sha256)}
    response = client.get(f"executions/{world.completed}/archive", headers=known)
    assert response.status_code == status
    assert bool(response.content) is (status == 200)


def test_an_archive_that_is_not_there_yet_is_not_found(client: TestClient, world: World) -> None:
    _problem(client.get(f"executions/{world.waiting}/archive"), 404, "archive-not-found")


def test_what_failed_its_verification_can_be_downloaded(client: TestClient, unverified: uuid.UUID) -> None:
    found = client.get(f"executions/{unverified}").json()
    assert found["archive"] is None
    response = client.get(f"executions/{unverified}/archive?partial=true")
    assert response.status_code == 200
    assert response.headers["etag"] == f'"{found["partial_archive"]["sha256"]}"'
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''pets-partial.zip"
    _problem(client.get(f"executions/{unverified}/archive"), 404, "archive-not-found")


def test_what_was_released_has_no_partial_archive(client: TestClient, world: World) -> None:
    assert client.get(f"executions/{world.completed}").json()["partial_archive"] is None
    _problem(client.get(f"executions/{world.completed}/archive?partial=true"), 404, "archive-not-found")


def test_an_archive_that_left_the_store_is_not_found(client: TestClient, world: World) -> None:
    artifact_store().delete(world.key)
    _problem(client.get(f"executions/{world.completed}/archive"), 404, "archive-not-found")


def test_an_archive_that_was_changed_is_not_sent(client: TestClient, world: World) -> None:
    artifact_store().put(world.key, b"something else")
    document = _problem(client.get(f"executions/{world.completed}/archive"), 404, "archive-not-found")
    assert "not the one that was released" in document["detail"]


def test_nothing_can_be_written(client: TestClient, world: World) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        _problem(client.request(method, f"executions/{world.completed}"), 405, "method-not-allowed")


def test_an_error_inside_says_nothing_of_the_inside(
    client: TestClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("inner secret")

    monkeypatch.setattr("db.queries.executions.newest", broken)
    response = client.get("executions")
    _problem(response, 500, "internal-error")
    assert "secret" not in response.text
    with transaction(world.url):
        assert client.get("health").status_code == 200


def test_the_openapi_document_describes_every_problem(client: TestClient) -> None:
    document = client.get("openapi.json").json()
    assert document["servers"] == [{"url": PREFIX}]
    assert set(document["paths"]) == {
        "/health",
        "/readiness",
        "/executions",
        "/executions/{execution_id}",
        "/executions/{execution_id}/logs",
        "/executions/{execution_id}/logs/counts",
        "/executions/{execution_id}/logs/export",
        "/executions/{execution_id}/logs/live",
        "/executions/{execution_id}/archive",
    }
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert set(response["content"]) == {"application/problem+json"}
    schemas = document["components"]["schemas"]
    references = {
        word.rstrip('"},]')
        for word in client.get("openapi.json").text.split("#/components/schemas/")[1:]
        for word in [word.partition('"')[0]]
    }
    assert references <= set(schemas)
    assert "HTTPValidationError" not in schemas
