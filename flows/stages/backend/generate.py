"""Writes the application's backend: models, schemas, services, JSON API, migrations and its tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.rendering import render_tree
from flows.stages.backend import columns, grants, migration, samples, schemas

if TYPE_CHECKING:
    from flows.contracts import Blueprint, FileSet

TEMPLATES = Path(__file__).parent / "templates"


def generate(blueprint: Blueprint) -> FileSet:
    """The backend's files."""
    return render_tree(
        TEMPLATES,
        blueprint,
        extra={
            "columns": columns,
            "migration": migration,
            "policy": grants,
            "samples": samples,
            "schemas": schemas,
        },
    )
