"""Writes the application's frontend: page modules, HTML templates, styles and the vendored htmx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.contracts import FileSet
from flows.rendering import render_tree
from flows.stages.frontend import inputs, landing, lists
from flows.stages.frontend.palette import palette

if TYPE_CHECKING:
    from flows.contracts import Blueprint

TEMPLATES = Path(__file__).parent / "templates"


def generate(blueprint: Blueprint) -> FileSet:
    """The frontend's files; none for a product that is an API alone."""
    if blueprint.profile == "api":
        return FileSet.of({})
    colours = palette(blueprint.colour, blueprint.slug)
    extra = {"inputs": inputs, "landing": landing, "lists": lists, "palette": colours}
    return render_tree(TEMPLATES, blueprint, extra=extra)
