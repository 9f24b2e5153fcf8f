"""Writes the application's backend: models, schemas, services, JSON API, migrations and its tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.rendering import given, render_tree
from flows.stages.backend import (
    columns,
    edges,
    examples,
    expectations,
    factories,
    grants,
    journeys,
    migration,
    ordered,
    samples,
    schemas,
)
from flows.stages.backend.keys import keys

if TYPE_CHECKING:
    from flows.contracts import Blueprint, FileSet

TEMPLATES = Path(__file__).parent / "templates"

HELPERS = {
    "columns": columns,
    "edges": edges,
    "expectations": expectations,
    "factories": factories,
    "founder": examples,
    "keys": keys,
    "migration": migration,
    "ordered": ordered,
    "ways": journeys,
    "policy": grants,
    "given": given,
    "samples": samples,
    "schemas": schemas,
}
"""What the templates call, by the name they call it."""


def generate(blueprint: Blueprint) -> FileSet:
    """The backend's files."""
    return render_tree(TEMPLATES, blueprint, extra=HELPERS)
