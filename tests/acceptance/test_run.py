"""`leanvibe run` from interview to tested application, as a user sees it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from db.policy.progress import STAGES
from tests import documents
from tests.acceptance.conftest import ROOT, wait_for

if TYPE_CHECKING:
    from tests.acceptance.conftest import User

KEPT = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CERT", "PIP_INDEX_URL", "HTTPS_PROXY", "https_proxy")
"""What a machine may need to reach its package index."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_an_example_becomes_a_tested_application(user: User, tmp_path: Path) -> None:
    ended = user.run("run", "examples/pet_sitting.yaml", "--approve", "--out", tmp_path / "out", "--json")
    assert ended.status == 0, ended.err
    seen = ended.json
    assert set(seen) == {
        "execution_id",
        "project_id",
        "flow_run_id",
        "status",
        "blueprint_version",
        "stages",
        "verification",
        "archive",
        "duration_s",
    }
    assert (seen["status"], seen["blueprint_version"]) == ("completed", 1)
    assert [stage["stage"] for stage in seen["stages"]] == list(STAGES)
    assert all((stage["status"], stage["attempt"]) == ("completed", 1) for stage in seen["stages"])
    assert seen["verification"]["failed"] == 0
    assert {check["name"] for check in seen["verification"]["checks"]} >= {
        "install",
        "migrate",
        "boot",
        "tests",
    }
    archive = Path(seen["archive"]["path"])
    content = archive.read_bytes()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (
        seen["archive"]["sha256"],
        seen["archive"]["bytes"],
    )
    assert zipfile.ZipFile(archive).testzip() is None
    assert (tmp_path / "out" / archive.stem / "README.md").is_file()
    for stage in STAGES:
        assert stage in ended.err

    status = user.run("status", seen["execution_id"][:8])
    assert (status.status, "completed" in status.out) == (0, True)
    again = user.run("status", seen["execution_id"], "--json")
    assert again.json["verification"] == seen["verification"]
    assert seen["execution_id"] in {
        view["execution_id"] for view in json.loads(user.run("status", "--json").out)
    }
    logs = user.run("logs", seen["execution_id"][:8], "--stage", "verification", "--level", "info")
    assert logs.status == 0
    assert all(" verification " in line for line in logs.out.splitlines() if not line.startswith("    "))
    assert user.run("logs", seen["execution_id"][:8], "--level", "critical").out == ""


def test_without_approval_it_waits_with_no_process_and_goes_on_after_the_decision(
    user: User, small: Path
) -> None:
    waiting = user.run("run", small, "--json")
    assert (waiting.status, waiting.json["status"]) == (3, "waiting")
    execution_id = waiting.json["execution_id"]
    wait_for("the run to leave its process", lambda: not user.flow_processes(), 30)

    decided = user.run("decide", execution_id[:8], "approve", "--json")
    assert (decided.status, decided.json["status"]) == (0, "completed"), decided.err
    before = {stage["stage"]: stage for stage in waiting.json["stages"]}
    for stage in decided.json["stages"]:
        assert (stage["status"], stage["attempt"]) == ("completed", 1)
        if stage["stage"] in {"intake", "blueprint"}:
            assert stage == before[stage["stage"]], "a finished stage ran again"

    late = user.run("decide", execution_id[:8], "reject")
    assert late.status == 1
    assert "has ended" in late.err


def test_changes_make_a_new_version_and_a_rejection_ends_the_execution(user: User, small: Path) -> None:
    small.write_text(small.read_text().replace("Tea club", "Coffee club"))
    execution_id = user.run("run", small, "--json").json["execution_id"]
    changed = user.run("decide", execution_id, "changes", "--comment", "also track the harvest", "--json")
    assert (changed.status, changed.json["status"], changed.json["blueprint_version"]) == (3, "waiting", 2)
    same_again = user.run("decide", execution_id, "changes", "--comment", "also track the harvest", "--json")
    assert (same_again.status, same_again.json["status"]) == (3, "waiting")
    for asked in (changed, same_again):
        approval = next(stage for stage in asked.json["stages"] if stage["stage"] == "approval")
        assert approval["status"] == "waiting"
    assert approval["attempt"] == 3, "each question is asked once"
    rejected = user.run("decide", execution_id, "reject", "--comment", "not now", "--json")
    assert (rejected.status, rejected.json["status"]) == (1, "cancelled")


def test_ctrl_c_cancels_the_execution_and_leaves_no_process(user: User, small: Path) -> None:
    process = user.start("run", small, "--approve", "--json")
    wait_for("a process of the flow", user.flow_processes)
    process.send_signal(signal.SIGINT)
    ended = user.end(process)
    assert ended.status == 130, ended.err
    assert ended.json["status"] == "cancelled"
    assert not [stage for stage in ended.json["stages"] if stage["status"] == "running"]
    wait_for("the flow's processes to be gone", lambda: not user.flow_processes(), 30)
    assert user.run("status", ended.json["execution_id"], "--json").json["status"] == "cancelled"


def test_a_run_that_prefect_started_leaves_the_same_rows(user: User, small: Path) -> None:
    """As from Prefect's form or a schedule: only the deployment and its parameters are named."""
    program = (
        "import sys; from prefect.deployments import run_deployment; "
        "given = {'interview': sys.argv[1], 'approve': True}; "
        "print(run_deployment('mvp/mvp', parameters=given, timeout=0).id)"
    )
    parts = {part["name"]: part["detail"] for part in json.loads(user.run("doctor", "--json").out)}
    address = parts["Prefect server"].rpartition(" at ")[2]
    flow_run_id = subprocess.run(
        [sys.executable, "-c", program, small.read_text()],
        env=user.environment | {"PREFECT_API_URL": address},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout.strip()

    def completed() -> dict[str, object] | None:
        for view in json.loads(user.run("status", "--json").out):
            seen = user.run("status", view["execution_id"], "--json").json
            if seen["flow_run_id"] == flow_run_id and seen["status"] in {"completed", "failed"}:
                return seen
        return None

    seen = wait_for("the run", completed, 180)
    assert seen["status"] == "completed"
    assert [stage["status"] for stage in seen["stages"]] == ["completed"] * len(STAGES)


def test_the_archive_starts_elsewhere_by_its_own_readme(user: User, small: Path, tmp_path: Path) -> None:
    ended = user.run("run", small, "--approve", "--json")
    assert ended.status == 0, ended.err
    with zipfile.ZipFile(ended.json["archive"]["path"]) as archive:
        archive.extractall(tmp_path / "elsewhere")
    folder = tmp_path / "elsewhere" / "tea-club"
    install, serve = documents.blocks(folder / "README.md")[0].body.strip().splitlines()
    bare = {name: os.environ[name] for name in ("PATH", "HOME", *KEPT) if name in os.environ}
    subprocess.run(
        ["bash", "-c", install], cwd=folder, env=bare, check=True, capture_output=True, timeout=240
    )
    log = tmp_path / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            ["bash", "-c", f"exec {serve}"], cwd=folder, env=bare, stdout=output, stderr=output
        )
        try:
            address = wait_for("its address", lambda: re.search(r"http://127\.0\.0\.1:\d+", log.read_text()))
            page = wait_for("its first page", lambda: _page(address.group()))
        finally:
            server.terminate()
            server.wait(timeout=30)
    assert "Tea club" in page


def _page(address: str) -> str:
    try:
        return httpx.get(address, timeout=5).text
    except httpx.TransportError:
        return ""


@pytest.mark.parametrize(
    "command",
    [command for path in documents.DOCUMENTS for command in documents.tested_commands(path)],
)
def test_a_command_of_the_documents_works_as_written(user: User, tmp_path: Path, command: str) -> None:
    """In a folder that holds what the tutorial has its reader write."""
    tutorial = documents.ROOT / "docs" / "tutorial" / "first-application.md"
    interview = next(block.body for block in documents.blocks(tutorial) if block.language == "yaml")
    (tmp_path / "bakery.yaml").write_text(interview)
    environment = user.environment | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    ended = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
