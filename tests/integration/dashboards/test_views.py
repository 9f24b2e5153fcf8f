"""Each page, run by Streamlit's own test runner."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from blocks.settings import settings
from dashboards import words
from db.engine import transaction
from flows.contracts import Intake
from flows.stages.blueprint.derive import derive
from flows.stages.blueprint.diagrams import er_diagram, graph
from flows.stages.blueprint.escaping import escaped

if TYPE_CHECKING:
    from tests.integration.dashboards.conftest import World

MAIN = Path(__file__).parents[3] / "dashboards" / "main.py"
HOSTILE = '<b>Pets</b> **bold** [x](javascript:alert(1)) :red[hi] $x$ "quoted"'


def _app(**query: str) -> AppTest:
    st.cache_data.clear()  # a blueprint never changes, but the tests' one does
    app = AppTest.from_file(str(MAIN), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def _html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def _markdown(app: AppTest) -> str:
    """Everything that Streamlit reads as Markdown."""
    kinds = (app.markdown, app.caption, app.subheader, app.header, app.title, app.error, app.info)
    return " ".join(str(element.value) for kind in kinds for element in kind)


def test_executions_are_listed_newest_first(world: World) -> None:
    app = _app()
    frame = app.dataframe[0].value
    assert list(frame["Execution"]) == [str(world.waiting)[:8], str(world.completed)[:8]]
    assert [list(status) for status in frame["Status"]] == [["waiting"], ["completed"]]
    assert list(frame["Progress"])[1] == 100
    assert list(frame["Project"]) == [HOSTILE, HOSTILE]
    assert frame["Duration"][1] == "00:01:00"
    assert "2 shown, 1 under way. Select a row to open it." in _markdown(app)


def test_no_execution_says_how_to_start_one(configured: str) -> None:
    del configured
    app = _app()
    assert "No execution yet" in _markdown(app)
    assert app.code[0].value == "leanvibe run examples/pet_sitting.yaml"


@pytest.mark.parametrize("query", [{}, {"execution": str(uuid.UUID(int=1))}])
def test_a_database_that_is_away_is_said_in_plain_words(away: str, query: dict[str, str]) -> None:
    del away
    app = _app(**query)
    assert app.error[0].value.startswith("**The database does not answer.**")
    assert "127.0.0.1:1" in app.code[0].value
    assert "secret" not in app.code[0].value


def test_a_database_without_tables_says_what_to_do(unmigrated: str) -> None:
    del unmigrated
    app = _app()
    assert app.error[0].value.startswith("**The database is not up to date.**")
    assert app.code[0].value == "leanvibe db upgrade"


def test_an_execution_is_shown_whole(world: World) -> None:
    app = _app(execution=str(world.completed))
    stages, checks = (table.value for table in app.dataframe)
    assert list(stages["Stage"])[:3] == ["intake", "blueprint", "approval"]
    assert [list(result) for result in checks["Result"]] == [["passed"], ["failed"]]
    assert "1 of 2 checks passed." in _markdown(app)
    assert world.sha256 in [code.value for code in app.code]
    link = app.get("link_button")[0].proto
    assert link.url == f"/api/v1/executions/{world.completed}/archive"
    assert words.size(1_150_000) in link.label
    assert len(app.get("plotly_chart")) == 1


def test_an_execution_that_failed_its_verification_offers_what_was_generated(unverified: uuid.UUID) -> None:
    app = _app(execution=str(unverified))
    assert "It failed its verification." in _markdown(app)
    link = app.get("link_button")[0].proto
    assert link.url == f"/api/v1/executions/{unverified}/archive?partial=true"
    assert link.label.startswith("Download what was generated (")


def test_an_execution_that_waits_says_how_to_decide(world: World) -> None:
    app = _app(execution=str(world.waiting))
    shown = _markdown(app)
    assert "waiting for a decision" in shown
    assert "The archive is here once it is released." in shown
    assert "The application has not been verified yet." in shown
    assert "No line of this kind yet." in shown
    assert f"leanvibe decide {world.waiting} approve" in [code.value for code in app.code]


def test_the_blueprint_is_shown_in_words_and_as_a_picture(world: World) -> None:
    plan = derive(
        Intake.model_validate(
            {
                "interview": {
                    "name": HOSTILE,
                    "idea": HOSTILE,
                    "entities": [{"name": "Pet", "fields": [{"name": HOSTILE, "kind": "text"}]}],
                },
                "completeness": 10,
            }
        )
    )
    with transaction(world.url) as connection:
        connection.execute(
            text("update blueprints set document = cast(:document as jsonb)"),
            {"document": plan.canonical_json()},
        )
    app = _app(execution=str(world.waiting))
    assert app.expander[0].label == "Blueprint version 1"
    summary = next(part.value for part in app.markdown if part.value.startswith("# "))
    assert escaped(HOSTILE) in summary
    assert "<b>" not in summary
    assert "```" not in summary
    assert app.get("graphviz_chart")[0].proto.spec == graph(plan)
    assert er_diagram(plan).strip() in [code.value for code in app.code]


def test_a_blueprint_that_cannot_be_read_is_said(world: World) -> None:
    assert "Another version of LeanVibe wrote this blueprint" in _markdown(_app(execution=str(world.waiting)))


def test_what_a_founder_wrote_is_never_read_as_markup(world: World) -> None:
    app = _app(execution=str(world.completed))
    for part in ("Pets", "bold", "javascript", "red[hi]"):
        assert part not in _markdown(app)
    assert "&lt;b&gt;Pets&lt;/b&gt;" in _html(app)
    assert "<b>" not in _html(app)
    assert HOSTILE in [text.value for text in app.text]


def test_log_lines_are_newest_first_and_filtered(world: World) -> None:
    app = _app(execution=str(world.completed))
    log = app.code[-1].value.split("\n")
    assert log[0].endswith("released")
    assert len(log) == 5
    app.selectbox(key="log_level").select("error").run()
    assert app.code[-1].value.startswith("09:00:03.000  ERROR     verification    a test is red\n    ")
    app.selectbox(key="log_level").select("debug")
    app.selectbox(key="log_stage").select("intake").run()
    assert app.code[-1].value.endswith(HOSTILE)
    assert "1 line, the newest first." in _markdown(app)


@pytest.mark.parametrize("text", ["", "x", "<script>"])
def test_an_address_without_an_execution_leads_to_the_list(world: World, text: str) -> None:
    del world
    app = _app(execution=text)
    assert "No execution is chosen" in _markdown(app)


def test_an_unknown_execution_is_said(world: World) -> None:
    del world
    app = _app(execution=str(uuid.UUID(int=9)))
    assert "There is no such execution" in _markdown(app)


def test_a_failed_execution_says_why(world: World) -> None:
    with transaction(world.url) as connection:
        connection.exec_driver_sql(
            "update executions set status = 'failed', message = '<i>2 tests</i> are red'"
        )
    app = _app(execution=str(world.waiting))
    assert app.error[0].value == "The execution failed."
    assert app.code[0].value == "<i>2 tests</i> are red"


def test_an_execution_that_has_not_begun_has_no_timeline(world: World) -> None:
    with transaction(world.url) as connection:
        connection.exec_driver_sql("delete from stage_runs")
        connection.exec_driver_sql("delete from gates")
    app = _app(execution=str(world.waiting))
    assert "No stage has begun yet." in _markdown(app)
    assert "No blueprint has come to the gate yet." in _markdown(app)


def test_a_page_that_breaks_says_so_without_its_inside() -> None:
    def broken_page() -> None:
        from dashboards.app import _script_failed

        assert _script_failed(RuntimeError("inner secret"))

    app = AppTest.from_function(broken_page, default_timeout=60).run()
    assert not app.exception
    assert app.error[0].value.startswith("**This page could not be shown.**")
    assert "secret" not in app.error[0].value


def test_a_page_is_whole_again_when_the_database_is_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", "postgresql://ada:secret@127.0.0.1:1/none")
    settings.cache_clear()
    app = _app(execution=str(world.completed))
    assert app.error
    assert not app.dataframe
    monkeypatch.setenv("LEANVIBE_DATABASE_URL", world.url)
    settings.cache_clear()
    app.run()
    assert not app.error
    assert app.code[-1].value


def test_a_live_page_stops_to_refresh_itself_at_the_end(world: World) -> None:
    app = _app(execution=str(world.waiting))
    assert "ended_executions" not in app.session_state
    with transaction(world.url) as connection:
        connection.exec_driver_sql("update executions set status = 'completed', ended_at = now()")
    app.run()
    assert app.session_state["ended_executions"] == {world.waiting: True}
    with transaction(world.url) as connection:
        connection.exec_driver_sql("update executions set status = 'running', ended_at = null")
    app.run()
    assert app.session_state["ended_executions"] == {world.waiting: False}


def test_a_page_shows_nothing_that_was_not_asked_for(world: World) -> None:
    app = _app(execution=str(world.waiting))
    assert "ession state" not in _markdown(app)
    assert [element.value for element in app.markdown] == [
        ":orange-badge[waiting]",
        ":orange-badge[waiting for a decision]",
    ]
