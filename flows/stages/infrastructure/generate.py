"""Writes what carries the application: packaging, containers, continuous integration, backups, README."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.rendering import render_tree
from flows.stages.infrastructure import documents

if TYPE_CHECKING:
    from flows.contracts import Blueprint, FileSet

TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = frozenset({"scripts/backup.sh", "scripts/edited.py", "scripts/restore.sh"})


def generate(blueprint: Blueprint) -> FileSet:
    """The infrastructure's files."""
    return render_tree(TEMPLATES, blueprint, extra={"documents": documents}, executable=SCRIPTS)
