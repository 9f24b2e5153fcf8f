"""Fields and relations as SQLAlchemy columns, for the models and for the migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import DIGITS, plain
from flows.rendering.layout import WIDTH, laid_out
from flows.rendering.literals import python
from flows.rendering.names import identifier

if TYPE_CHECKING:
    from flows.rendering import ApplicationPlan, EntityPlan, FieldPlan, RelationPlan

PYTHON_TYPES = {
    FieldKind.TEXT: "str",
    FieldKind.LONG_TEXT: "str",
    FieldKind.NUMBER: "int",
    FieldKind.DECIMAL: "Decimal",
    FieldKind.MONEY: "Decimal",
    FieldKind.DATE: "dt.date",
    FieldKind.TIME: "dt.time",
    FieldKind.DATE_AND_TIME: "dt.datetime",
    FieldKind.DURATION: "dt.timedelta",
    FieldKind.YES_NO: "bool",
    FieldKind.EMAIL: "str",
    FieldKind.PHONE: "str",
    FieldKind.LINK: "str",
    FieldKind.IDENTIFIER: "str",
}

_PLAIN_COLUMNS = {
    FieldKind.LONG_TEXT: "sa.Text()",
    FieldKind.NUMBER: "sa.BigInteger()",
    FieldKind.DATE: "sa.Date()",
    FieldKind.TIME: "sa.Time()",
    FieldKind.DATE_AND_TIME: "sa.DateTime()",
    FieldKind.DURATION: "sa.Interval()",
    FieldKind.YES_NO: "sa.Boolean()",
}

_DELETE = {"restrict": "RESTRICT", "set null": "SET NULL", "cascade": "CASCADE"}


def python_type(field: FieldPlan) -> str:
    """The type of the attribute, without None."""
    return field.enum if field.kind is FieldKind.CHOICE else PYTHON_TYPES[field.kind]


def _model_type(field: FieldPlan) -> str:
    if field.kind is FieldKind.CHOICE:
        return laid_out("choice(", [field.enum, f'name="{field.name}_choice"'], ")", 8, 1)
    if field.kind in {FieldKind.DECIMAL, FieldKind.MONEY}:
        return f"ExactDecimal({DIGITS}, {field.scale})"
    return _PLAIN_COLUMNS.get(field.kind, f"sa.String({field.max_length})")


def model_column(field: FieldPlan) -> str:
    """The attribute's line in the model."""
    nullable = "" if field.required else " | None"
    settings = [_model_type(field)]
    if field.unique:
        settings.append("unique=True")
    return _mapped(field.name, f"{python_type(field)}{nullable}", "mapped_column", settings)


def _mapped(name: str, inner: str, call: str, settings: list[str]) -> str:
    """`name: Mapped[inner] = call(settings)`, broken where the formatter would break it."""
    head = f"{name}: Mapped[{inner}] = {call}("
    if len(head) + 4 > WIDTH:
        head = f"{name}: Mapped[\n        {inner}\n    ] = {call}("
    return laid_out(head, settings, ")", 4)


def reference_column(entity: EntityPlan, relation: RelationPlan) -> str:
    """The foreign key's line in the model."""
    nullable = "" if relation.required else " | None"
    key = [f'"{relation.target.table}.id"', f'ondelete="{_DELETE[relation.on_delete]}"']
    if relation.late:
        key += ["use_alter=True", f'name="{late_name(entity, relation)}"']
    settings = [laid_out("sa.ForeignKey(", key, ")", 8, 1), "index=True"]
    return _mapped(relation.column, f"int{nullable}", "mapped_column", settings)


def relationship(entity: EntityPlan, relation: RelationPlan) -> str:
    """The attribute that leads to the row it belongs to."""
    target = relation.target.name
    nullable = "" if relation.required else " | None"
    settings = [f"foreign_keys=[{relation.column}]"]
    if relation.target is entity:
        settings.append(f'remote_side="{target}.id"')
    return _mapped(relation.name, f'"{target}{nullable}"', "relationship", settings)


def checks(entity: EntityPlan) -> list[str]:
    """Check constraints: least and greatest values, lengths."""
    found: list[str] = []
    for field in entity.fields:
        found += [
            laid_out("sa.CheckConstraint(", [f'"{condition}"', f'name="{field.name}_{part}"'], ")", 8, 1)
            for part, condition in _conditions(field)
        ]
    return found


def table_arguments(checks: list[str]) -> str:
    """The checks as the model's `__table_args__`."""
    if len(checks) == 1:
        flat = f"__table_args__ = ({checks[0]},)"
        if "\n" not in flat and len(flat) + 4 <= WIDTH:
            return flat
    items = "".join(f"        {check},\n" for check in checks)
    return f"__table_args__ = (\n{items}    )"


def _conditions(field: FieldPlan) -> list[tuple[str, str]]:
    conditions = []
    if field.minimum is not None:
        conditions.append(("least", f"{field.name} >= {plain(field.minimum)}"))
    if field.maximum is not None:
        conditions.append(("greatest", f"{field.name} <= {plain(field.maximum)}"))
    if field.max_length is not None:
        bounds = f"BETWEEN {field.min_length} AND {field.max_length}"
        conditions.append(("length", f"length({field.name}) {bounds}"))
    return conditions


def migration_column(field: FieldPlan) -> str:
    """The column in the migration, which must not change when the model does."""
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
        kind = _model_type(field)
    settings = [f'"{field.name}"', kind, f"nullable={not field.required}"]
    return laid_out("sa.Column(", settings, ")", 8, 1)


def _key(relation: RelationPlan) -> list[str]:
    return [
        f'["{relation.column}"]',
        f'["{relation.target.table}.id"]',
        f'ondelete="{_DELETE[relation.on_delete]}"',
    ]


def migration_key(relation: RelationPlan) -> str:
    """The foreign key in the migration."""
    return laid_out("sa.ForeignKeyConstraint(", _key(relation), ")", 8, 1)


def late_name(entity: EntityPlan, relation: RelationPlan) -> str:
    """Name of a foreign key that is added later: written out, as dropping it needs the name too."""
    return identifier(f"fk_{entity.table}_{relation.column}")


def late(app: ApplicationPlan) -> list[tuple[EntityPlan, RelationPlan]]:
    """Relations to a table that is created after the holder's."""
    return [
        (entity, relation) for entity in app.creation_order for relation in entity.relations if relation.late
    ]


def letting_go(app: ApplicationPlan) -> list[tuple[EntityPlan, RelationPlan]]:
    """Relations that go in a circle: they are emptied before the tables are dropped."""
    return [
        (entity, relation)
        for entity in app.creation_order
        for relation in entity.relations
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
        f'ondelete="{_DELETE[relation.on_delete]}"',
    ]
    return laid_out("op.create_foreign_key(", settings, ")", 8)


def needs(entity: EntityPlan) -> dict[str, bool]:
    """Which names the entity's modules import."""
    kinds = {field.kind for field in entity.fields}
    return {
        "dt": bool(kinds & {FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME, FieldKind.DURATION}),
        "decimal": bool(kinds & {FieldKind.DECIMAL, FieldKind.MONEY}),
        "choice": FieldKind.CHOICE in kinds,
        "sa": bool(entity.relations or checks(entity))
        or any(_model_type(field).startswith("sa.") for field in entity.fields),
    }
