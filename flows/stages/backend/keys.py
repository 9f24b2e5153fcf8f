"""Columns that hold the number of another row: of relations, and of files, which are rows too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.rendering import EntityPlan, RelationPlan

if TYPE_CHECKING:
    from flows.rendering import FieldPlan

UPLOAD = EntityPlan(
    name="Upload",
    attribute="upload",
    table="uploads",
    slug="",
    label="File",
    label_plural="Files",
    description="",
    display="",
    called={},
    fields=(),
)
"""The table of files, as what a file's column leads to."""


def _upload_key(field: FieldPlan) -> RelationPlan:
    return RelationPlan(
        name=field.name,
        label=field.label,
        target=UPLOAD,
        kind="one to one",
        required=field.required,
        on_delete="restrict",
        back_label="",
    )


def keys(entity: EntityPlan) -> tuple[RelationPlan, ...]:
    """Every such column of an entity's table."""
    return entity.references + tuple(map(_upload_key, entity.uploads))
