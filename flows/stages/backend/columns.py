"""Fields and relations as SQLAlchemy columns, for the models and for the migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import DIGITS, plain
from flows.rendering.layout import laid_out
from flows.rendering.literals import python

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, FieldPlan, RelationPlan

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
        return f'choice({field.enum}, name="{field.name}_choice")'
    if field.kind in {FieldKind.DECIMAL, FieldKind.MONEY}:
        return f"ExactDecimal({DIGITS}, {field.scale})"
    return _PLAIN_COLUMNS.get(field.kind, f"sa.String({field.max_length})")


def model_column(field: FieldPlan) -> str:
    """The attribute's line in the model."""
    nullable = "" if field.required else " | None"
    settings = [_model_type(field)]
    if field.unique:
        settings.append("unique=True")
    head = f"{field.name}: Mapped[{python_type(field)}{nullable}] = mapped_column("
    return laid_out(head, settings, ")", 4)


def reference_column(relation: RelationPlan) -> str:
    """The foreign key's line in the model."""
    nullable = "" if relation.required else " | None"
    key = [f'"{relation.target.table}.id"', f'ondelete="{_DELETE[relation.on_delete]}"']
    if relation.late:
        key.append("use_alter=True")
    head = f"{relation.column}: Mapped[int{nullable}] = mapped_column("
    foreign_key = f"sa.ForeignKey({', '.join(key)})"
    flat = laid_out(head, [foreign_key, "index=True"], ")", 4)
    if len(foreign_key) + 9 <= 100 or "\n" not in flat:  # noqa: PLR2004 - the width of a line
        return flat
    return laid_out(head, [laid_out("sa.ForeignKey(", key, ")", 8), "index=True"], ")", 4)


def relationship(entity: EntityPlan, relation: RelationPlan) -> str:
    """The attribute that leads to the row it belongs to."""
    target = relation.target.name
    nullable = "" if relation.required else " | None"
    settings = [f"foreign_keys=[{relation.column}]"]
    if relation.target is entity:
        settings.append(f'remote_side="{target}.id"')
    head = f'{relation.name}: Mapped["{target}{nullable}"] = relationship('
    return laid_out(head, settings, ")", 4)


def checks(entity: EntityPlan) -> list[str]:
    """Check constraints: least and greatest values, lengths."""
    found: list[str] = []
    for field in entity.fields:
        found += [
            laid_out("sa.CheckConstraint(", [f'"{condition}"', f'name="{field.name}_{part}"'], ")", 8, 1)
            for part, condition in _conditions(field)
        ]
    return found


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


def migration_key(relation: RelationPlan) -> str:
    """The foreign key in the migration."""
    settings = [
        f'["{relation.column}"]',
        f'["{relation.target.table}.id"]',
        f'ondelete="{_DELETE[relation.on_delete]}"',
    ]
    return laid_out("sa.ForeignKeyConstraint(", settings, ")", 8, 1)


def late_key(entity: EntityPlan, relation: RelationPlan) -> str:
    """The foreign key that is added when both tables are there."""
    settings = [
        f'op.f("fk_{entity.table}_{relation.column}")',
        f'"{relation.target.table}"',
        f'["{relation.column}"]',
        '["id"]',
        f'ondelete="{_DELETE[relation.on_delete]}"',
    ]
    return laid_out("table.create_foreign_key(", settings, ")", 8)


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
