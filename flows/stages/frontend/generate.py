"""Writes the application's frontend: page modules, HTML templates, styles and the vendored htmx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.rendering import render_tree
from flows.stages.frontend import inputs

if TYPE_CHECKING:
    from flows.contracts import Blueprint, FileSet

TEMPLATES = Path(__file__).parent / "templates"


def generate(blueprint: Blueprint) -> FileSet:
    """The frontend's files."""
    return render_tree(TEMPLATES, blueprint, extra={"inputs": inputs, "hue": inputs.hue(blueprint.slug)})
