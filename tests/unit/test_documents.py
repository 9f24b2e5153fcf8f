"""What the documents say is there is there: links, commands, options, targets, settings, tables."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import prefect.settings
import pytest
import typer
import yaml
from sqlalchemy.dialects import postgresql

from blocks.settings import Settings
from dashboards.api.application import PREFIX, api
from db.models import Base
from db.models.executions import STATUSES
from db.policy.progress import WEIGHTS
from flows.contracts import Blueprint, FileSet
from flows.mvp import mvp
from flows.stages.intake.document import read
from flows.stages.verification import checks
from flows.stages.verification.application import Application
from flows.stages.verification.findings import Findings
from flows.stages.verification.sandbox import Limits
from flows.stages.verification.server import Server
from leanvibe.main import COMMANDS, app
from tests import documents
from tests.documents import DOCUMENTS, ROOT, anchors, blocks, links, shell_code

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE = ROOT / "docs" / "reference"
OURS_BY_TYPER = {"--help", "--install-completion", "--show-completion"}
every_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def _rows(text: str) -> list[list[str]]:
    """The cells of every table row but heads and rulers."""
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    return [[cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def _section(path: Path, heading: str) -> str:
    text = path.read_text(encoding="utf-8")
    return re.split(r"^## ", text.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


class TestLinks:
    @every_document
    def test_lead_somewhere(self, path: Path) -> None:
        for link in links(path):
            if re.match(r"https?:", link):
                continue
            target, _, anchor = link.partition("#")
            file = (path.parent / target).resolve() if target else path
            assert file.exists(), f"{path.name}: {link}"
            assert not anchor or anchor in anchors(file), f"{path.name}: {link}"

    def test_lead_to_every_page(self) -> None:
        linked = {
            (path.parent / link.partition("#")[0]).resolve() for path in DOCUMENTS for link in links(path)
        }
        pages = {path for path in DOCUMENTS if ROOT / "docs" in path.parents}
        assert pages <= linked


@functools.cache
def _commands() -> dict[str, Any]:
    """Every command by its words, such as `db url`."""
    root: Any = typer.main.get_command(app)
    context: Any = typer.Context(root)
    found: dict[str, Any] = {}
    for name in COMMANDS:
        command = root.get_command(context, name)
        group = getattr(command, "commands", None)
        found |= {f"{name} {part}": member for part, member in group.items()} if group else {name: command}
    return found


def _options(command: Any) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts if option.startswith("-")}


def _uses(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Each command of ours that a document shows, and the options it shows with it."""
    for line in shell_code(path):
        for found in re.finditer(r"(?<![\w.-])leanvibe ([a-z]+(?: [a-z]+)?)([^);]*)", line):
            words, rest = found[1], found[2].partition(" | ")[0]
            name = words if words in _commands() else words.partition(" ")[0]
            if name in COMMANDS and name not in _commands():  # a group alone, as a heading names it
                continue
            yield name, set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", rest))


class TestCommands:
    @every_document
    def test_that_are_shown_exist_with_their_options(self, path: Path) -> None:
        for name, options in _uses(path):
            assert name in _commands(), f"{path.name}: leanvibe {name}"
            unknown = options - _options(_commands()[name])
            assert not unknown, f"{path.name}: leanvibe {name} {unknown}"

    @pytest.mark.parametrize("name", _commands())
    def test_that_exist_are_in_the_reference_with_their_options(self, name: str) -> None:
        text = (REFERENCE / "command-line.md").read_text(encoding="utf-8")
        assert f"leanvibe {name}" in text
        for option in _options(_commands()[name]) - OURS_BY_TYPER:
            assert f"`{option}`" in text

    @every_document
    def test_of_make_are_targets(self, path: Path) -> None:
        targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
        shown = {name for line in shell_code(path) for name in re.findall(r"^make ([a-z-]+)", line)}
        assert shown <= targets

    def test_that_are_tested_can_be_collected(self) -> None:
        commands = [command for path in DOCUMENTS for command in documents.tested_commands(path)]
        assert "leanvibe doctor" in commands
        assert all(command.startswith("leanvibe ") for command in commands)


class TestSettings:
    def test_are_all_in_the_reference_with_their_defaults(self) -> None:
        shown = {
            row[0]: row[1]
            for row in _rows((REFERENCE / "settings.md").read_text(encoding="utf-8"))
            if row[0].startswith("LEANVIBE_")
        }
        fields = Settings.model_fields.items()
        assert shown == {
            f"LEANVIBE_{name.upper()}": "none" if field.default is None else str(field.default)
            for name, field in fields
        }

    @every_document
    def test_that_are_named_exist(self, path: Path) -> None:
        named = set(re.findall(r"\b(?:LEANVIBE|PREFECT)_[A-Z_]+\b", path.read_text(encoding="utf-8")))
        ours = {f"LEANVIBE_{name.upper()}" for name in Settings.model_fields}
        if '"LEANVIBE_DEBUG"' in (ROOT / "leanvibe" / "main.py").read_text():
            ours.add("LEANVIBE_DEBUG")
        for name in named - ours:
            assert hasattr(prefect.settings, name), f"{path.name}: {name}"


class TestDatabase:
    def test_every_table_is_in_the_reference(self) -> None:
        shown = re.findall(r"^## (\w+)$", (REFERENCE / "database.md").read_text(), re.MULTILINE)
        assert set(shown) == set(Base.metadata.tables)

    @pytest.mark.parametrize("table", sorted(Base.metadata.tables))
    def test_every_column_is_there_with_its_type(self, table: str) -> None:
        rows = _rows(_section(REFERENCE / "database.md", table))
        dialect: Any = postgresql.dialect()  # type: ignore[no-untyped-call]
        assert [(row[0], row[1]) for row in rows if row[0] != "column"] == [
            (
                column.name,
                column.type.compile(dialect=dialect)
                .lower()
                .replace("timestamp with time zone", "timestamptz"),
            )
            for column in Base.metadata.tables[table].columns
        ]


class TestPipeline:
    def test_parameters_are_those_of_the_flow(self) -> None:
        text = (REFERENCE / "pipeline.md").read_text(encoding="utf-8").partition("\n## ")[0]
        assert [row[0] for row in _rows(text)][1:] == list(mvp.parameters.properties)

    def test_stages_stand_in_their_order_with_their_shares(self) -> None:
        rows = _rows(_section(REFERENCE / "pipeline.md", "Stages"))[1:]
        assert [(row[1], row[3]) for row in rows] == [
            (stage, f"{share} %") for stage, share in WEIGHTS.items()
        ]

    def test_checks_are_those_of_the_verification_stage(self) -> None:
        application = Application(workdir=Path("unused"), limits=Limits(), venv=Path("unused"))
        blueprint = Blueprint(name="A", slug="a", idea="", entities=(), pages=(), endpoints=())
        with Server(application, database="unused") as server:
            steps = checks.steps(
                application,
                FileSet(files=()),
                blueprint,
                server=server,
                findings=Findings(),
                cache=Path("unused"),
            )
        rows = _rows(_section(REFERENCE / "pipeline.md", "Checks"))[1:]
        assert [row[0] for row in rows] == [step.name for step in steps]

    def test_statuses_are_those_of_executions(self) -> None:
        rows = _rows(_section(REFERENCE / "pipeline.md", "Statuses"))[1:]
        assert tuple(row[0] for row in rows) == STATUSES

    @pytest.mark.parametrize("path", [REFERENCE / "pipeline.md", ROOT / "docs" / "how-to" / "start-runs.md"])
    def test_schedules_are_those_of_the_deployments(self, path: Path) -> None:
        scheduled = {
            deployment["name"]: deployment["schedules"][0]["interval"] // 60
            for deployment in yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
            if deployment.get("schedules")
        }
        shown = {
            row[0]: int(row[1].split()[0])
            for row in _rows(path.read_text(encoding="utf-8"))
            if re.fullmatch(r"\d+ min(utes)?", row[1])
        }
        assert shown == scheduled


class TestExamples:
    def test_the_interview_of_the_tutorial_can_be_used(self) -> None:
        tutorial = ROOT / "docs" / "tutorial" / "first-application.md"
        words = next(block.body for block in blocks(tutorial) if block.language == "yaml")
        assert read(words).interview.name == "Morning bread"

    def test_the_addresses_of_the_http_api_are_its_routes(self) -> None:
        rows = _rows((REFERENCE / "http-api.md").read_text(encoding="utf-8"))[1:]
        routes = {f"GET {PREFIX}{path}" for path in api.openapi()["paths"]}
        assert {row[0] for row in rows} == routes

    def test_every_decision_is_listed(self) -> None:
        folder = ROOT / "docs" / "adr"
        decisions = sorted(path.name for path in folder.glob("0*.md"))
        assert links(folder / "README.md") == decisions
        assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))
