"""Writes what operators look at: health checks, metrics, structured logs, a dashboard and alerts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.rendering import render_tree

if TYPE_CHECKING:
    from flows.contracts import Blueprint, FileSet

TEMPLATES = Path(__file__).parent / "templates"


def generate(blueprint: Blueprint) -> FileSet:
    """The observability files."""
    return render_tree(TEMPLATES, blueprint)
