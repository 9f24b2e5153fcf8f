"""Tables as the first migration creates and drops them, which must not change when the models do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import DIGITS
from flows.rendering.layout import laid_out
from flows.rendering.literals import python
from flows.stages.backend.columns import ON_DELETE, late_name, model_type
from flows.stages.backend.keys import keys

if TYPE_CHECKING:
    from flows.rendering import ApplicationPlan, EntityPlan, FieldPlan, RelationPlan
    from flows.rendering.access import AccessPlan


def column(field: FieldPlan) -> str:
    """A field's column."""
    if field.kind is FieldKind.CHOICE:
        values = [
            *map(python, field.choices),
            f'name="{field.name}_choice"',
            "native_enum=False",
            "create_constraint=True",
        ]
        kind = laid_out("sa.Enum(", values, ")", 12, 1)
    elif field.kind in {FieldKind.DECIMAL, FieldKind.MONEY}:
        kind = f"sa.Numeric({DIGITS}, {field.scale})"
    else:
        kind = model_type(field)
    settings = [f'"{field.name}"', kind, f"nullable={not field.required}"]
    return laid_out("sa.Column(", settings, ")", 8, 1)


def role_column(access: AccessPlan) -> str:
    """The column of what a user may be."""
    values = [
        *(f'"{role.name}"' for role in access.roles),
        '"admin"',
        'name="role_choice"',
        "native_enum=False",
        "create_constraint=True",
    ]
    kind = laid_out("sa.Enum(", values, ")", 12, 1)
    return laid_out("sa.Column(", ['"role"', kind, "nullable=False"], ")", 8, 1)


def _key(relation: RelationPlan) -> list[str]:
    return [
        f'["{relation.column}"]',
        f'["{relation.target.table}.id"]',
        f'ondelete="{ON_DELETE[relation.on_delete]}"',
    ]


def key(relation: RelationPlan) -> str:
    """The foreign key in the table."""
    return laid_out("sa.ForeignKeyConstraint(", _key(relation), ")", 8, 1)


def reference(relation: RelationPlan) -> str:
    """The column of a relation's foreign key."""
    return number(relation.column, nullable=not relation.required)


def number(column: str, *, nullable: bool = False) -> str:
    """A column that holds the number of another row."""
    return laid_out("sa.Column(", [f'"{column}"', "sa.Integer()", f"nullable={nullable}"], ")", 8, 1)


def index(table: str, column: str) -> str:
    """The index that finds rows by a foreign key."""
    return laid_out("op.create_index(", ["None", f'"{table}"', f'["{column}"]'], ")", 4)


def unique_values(entity: EntityPlan) -> list[str]:
    """What the application says is taken; no two rows can be given one file."""
    files = {f"{field.name}_id" for field in entity.uploads}
    return [name for name in unique(entity) if name not in files]


def unique(entity: EntityPlan) -> list[str]:
    """The columns with no value twice."""
    fields = [field.name for field in entity.fields if field.unique]
    return fields + [relation.column for relation in keys(entity) if relation.unique]


def links(app: ApplicationPlan) -> list[tuple[EntityPlan, RelationPlan]]:
    """Relations with a table between the two."""
    return [(entity, relation) for entity in app.creation_order for relation in entity.links]


def link_key(column: str, table: str) -> str:
    """The foreign key of a table between two: when either row goes, so does the link."""
    settings = [f'["{column}"]', f'["{table}.id"]', 'ondelete="CASCADE"']
    return laid_out("sa.ForeignKeyConstraint(", settings, ")", 8, 1)


def late(app: ApplicationPlan) -> list[tuple[EntityPlan, RelationPlan]]:
    """Relations to a table that is created after the holder's."""
    return [
        (entity, relation) for entity in app.creation_order for relation in entity.references if relation.late
    ]


def letting_go(app: ApplicationPlan) -> list[tuple[EntityPlan, RelationPlan]]:
    """Relations that go in a circle: they are emptied before the tables are dropped."""
    return [
        (entity, relation)
        for entity in app.creation_order
        for relation in entity.references
        if relation.late or relation.target is entity
    ]


def early_key(entity: EntityPlan, relation: RelationPlan) -> str:
    """The foreign key inside the table, on SQLite alone."""
    settings = [*_key(relation), f'name="{late_name(entity, relation)}"']
    key = laid_out("sa.ForeignKeyConstraint(", settings, ")", 16, 1)
    lines = ["(", "    [", f"        {key},", "    ]", "    if SQLITE", "    else []", ")"]
    return "\n        ".join(lines)


def late_key(entity: EntityPlan, relation: RelationPlan) -> str:
    """The foreign key that is added when both tables are there."""
    settings = [
        f'"{late_name(entity, relation)}"',
        f'"{entity.table}"',
        f'"{relation.target.table}"',
        f'["{relation.column}"]',
        '["id"]',
        f'ondelete="{ON_DELETE[relation.on_delete]}"',
    ]
    return laid_out("op.create_foreign_key(", settings, ")", 8)
