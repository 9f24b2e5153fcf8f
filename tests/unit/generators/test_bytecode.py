"""Compiled templates are kept between processes, and never shown after the template changed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import jinja2
import pytest

from flows.rendering.bytecode import CompiledTemplates

if TYPE_CHECKING:
    from pathlib import Path


def rendered(folder: Path, cache: Path) -> str:
    """What a new process makes of the template."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), bytecode_cache=CompiledTemplates(cache), autoescape=True
    )
    return environment.get_template("a.txt").render(name="Ann")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "a.txt").write_text("Hello {{ name }}", "utf-8")
    return tmp_path


def test_a_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = folder / "__pycache__"
    assert rendered(folder, cache) == "Hello Ann"
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(jinja2.Environment, "_generate", None)
    assert rendered(folder, cache) == "Hello Ann"


def test_a_changed_template_is_compiled_anew(folder: Path) -> None:
    cache = folder / "__pycache__"
    rendered(folder, cache)
    (folder / "a.txt").write_text("Bye {{ name }}", "utf-8")
    assert rendered(folder, cache) == "Bye Ann"


def test_without_a_folder_to_write_to_it_is_compiled_each_time(folder: Path) -> None:
    (folder / "file").write_text("", "utf-8")
    assert rendered(folder, folder / "file") == "Hello Ann"


def test_python_told_to_keep_no_bytecode_keeps_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder, folder / "__pycache__") == "Hello Ann"
    assert not (folder / "__pycache__").exists()
