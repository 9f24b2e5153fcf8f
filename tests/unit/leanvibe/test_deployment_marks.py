"""When the deployments have to be put into the server again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanvibe.services.deployments import MANIFEST, entrypoints, fingerprint, names, server_identity

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
name: leanvibe
deployments:
  - name: one
    entrypoint: flows/a.py:first
    schedules:
      - slug: nightly
  - name: "two"
    entrypoint: flows/a.py:second
"""


def project(root: Path) -> Path:
    (root / "flows").mkdir()
    (root / "flows" / "a.py").write_text("first = 1")
    (root / "prefect.yaml").write_text(TEXT)
    return root


def test_names_and_files_are_read_from_the_manifest() -> None:
    assert names(TEXT) == {"one", "two"}
    assert entrypoints(TEXT) == ["flows/a.py"]


def test_our_own_manifest_names_deployments_and_existing_files() -> None:
    text = MANIFEST.read_text()
    assert "mvp" in names(text)
    assert all((MANIFEST.parent / path).exists() for path in entrypoints(text))


def test_the_fingerprint_follows_manifest_flows_pool_and_server(tmp_path: Path) -> None:
    root = project(tmp_path)
    first = fingerprint(root, "pool", "server")
    assert fingerprint(root, "pool", "server") == first
    assert fingerprint(root, "other", "server") != first
    assert fingerprint(root, "pool", "other") != first
    (root / "flows" / "a.py").write_text("first = 2")
    assert fingerprint(root, "pool", "server") != first


def test_a_new_prefect_database_is_another_server(tmp_path: Path) -> None:
    missing = server_identity(tmp_path, "")
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "prefect.db").write_text("")
    assert server_identity(tmp_path, "") != missing
    assert server_identity(tmp_path, "http://p/api") == "http://p/api"
