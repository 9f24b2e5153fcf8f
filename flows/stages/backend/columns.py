"""Fields and relations as SQLAlchemy columns of the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import DIGITS, plain
from flows.rendering.layout import WIDTH, assigned, laid_out
from flows.rendering.layout import columns as width
from flows.rendering.literals import python
from flows.rendering.names import identifier
from flows.stages.backend.keys import UPLOAD

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

ON_DELETE = {"restrict": "RESTRICT", "set null": "SET NULL", "cascade": "CASCADE"}


def python_type(field: FieldPlan) -> str:
    """The type of the attribute, without None."""
    return field.enum if field.kind is FieldKind.CHOICE else PYTHON_TYPES[field.kind]


def model_type(field: FieldPlan) -> str:
    """The type of the column."""
    if field.kind is FieldKind.CHOICE:
        return laid_out("choice(", [field.enum, f'name="{field.name}_choice"'], ")", 8, 1)
    if field.kind in {FieldKind.DECIMAL, FieldKind.MONEY}:
        return f"ExactDecimal({DIGITS}, {field.scale})"
    return _PLAIN_COLUMNS.get(field.kind, f"sa.String({field.max_length})")


def model_column(field: FieldPlan) -> str:
    """The attribute's line in the model."""
    nullable = "" if field.required else " | None"
    settings = [model_type(field)]
    if field.unique:
        settings.append("unique=True")
    if field.status:
        settings.append(f"default={field.enum}.{field.default_member}")
    return _mapped(field.name, f"{python_type(field)}{nullable}", "mapped_column", settings)


def _mapped(name: str, inner: str, call: str, settings: list[str]) -> str:
    """`name: Mapped[inner] = call(settings)`, broken where the formatter would break it."""
    head = f"{name}: Mapped[{inner}] = "
    if len(head) + len(call) + 5 <= WIDTH:
        return laid_out(f"{head}{call}(", settings, ")", 4)
    if len(head) + 5 <= WIDTH:
        deeper = [setting.replace("\n", "\n    ") for setting in settings]
        return f"{head}(\n        {laid_out(f'{call}(', deeper, ')', 8)}\n    )"
    return laid_out(f"{name}: Mapped[\n        {inner}\n    ] = {call}(", settings, ")", 4)


def reference_column(entity: EntityPlan, relation: RelationPlan) -> str:
    """The foreign key's line in the model."""
    nullable = "" if relation.required else " | None"
    key = [f'"{relation.target.table}.id"', f'ondelete="{ON_DELETE[relation.on_delete]}"']
    if relation.late:
        key += ["use_alter=True", f'name="{late_name(entity, relation)}"']
    settings = [laid_out("sa.ForeignKey(", key, ")", 8, 1)]
    settings.append("unique=True" if relation.unique else "index=True")
    return _mapped(relation.column, f"int{nullable}", "mapped_column", settings)


def relationship(entity: EntityPlan, relation: RelationPlan) -> str:
    """The attribute that leads to the row, or the rows, of a relation."""
    target = relation.target.name
    if relation.many:
        return _mapped(relation.name, f'list["{target}"]', "relationship", _through(entity, relation))
    nullable = "" if relation.required else " | None"
    settings = [f"foreign_keys=[{relation.column}]"]
    if relation.target is UPLOAD:
        settings += ['cascade="all, delete-orphan"', "single_parent=True"]
    if relation.target is entity:
        settings.append(f'remote_side="{target}.id"')
    return _mapped(relation.name, f'"{target}{nullable}"', "relationship", settings)


def _through(entity: EntityPlan, relation: RelationPlan) -> list[str]:
    """How SQLAlchemy finds its way through the table between the two; between two alike it has to be told."""
    settings = [f"secondary={relation.table}"]
    if relation.target is entity:
        settings += [
            f'primaryjoin="{entity.name}.id == {relation.table}.c.{relation.near}"',
            f'secondaryjoin="{entity.name}.id == {relation.table}.c.{relation.far}"',
        ]
    return [*settings, f'order_by="{relation.target.name}.id"']


def link_table(entity: EntityPlan, relation: RelationPlan) -> str:
    """The table between the two sides of a many-to-many relation; its key finds rows by the near side."""
    lines = [f'"{relation.table}"', "Base.metadata"]
    for column, table, more in (
        (relation.near, entity.table, []),
        (relation.far, relation.target.table, ["index=True"]),
    ):
        key = laid_out("sa.ForeignKey(", [f'"{table}.id"', 'ondelete="CASCADE"'], ")", 8, 1)
        lines.append(laid_out("sa.Column(", [f'"{column}"', key, "primary_key=True", *more], ")", 4, 1))
    items = "".join(f"    {line},\n" for line in lines)
    return f"{relation.table} = sa.Table(\n{items})"


def checks(entity: EntityPlan) -> list[str]:
    """Check constraints: least and greatest values, lengths."""
    found: list[str] = []
    for field in entity.plain_fields:
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
    conditions += [
        (f"{_NAMES[item.how]}_{item.other}", f"{field.name} {item.sign} {item.other}")
        for item in field.comparisons
    ]
    return conditions


_NAMES = {"after": "after", "not before": "not_before", "before": "before", "not after": "not_after"}


def late_name(entity: EntityPlan, relation: RelationPlan) -> str:
    """Name of a foreign key that is added later: written out, as dropping it needs the name too."""
    return identifier(f"fk_{entity.table}_{relation.column}")


def members(field: FieldPlan) -> list[str]:
    """The members of a choice's enumeration; with what people see, where that is something else."""
    lines = []
    for member, choice, label in zip(
        field.members, field.choices, field.labels or field.choices, strict=True
    ):
        if label == choice:
            lines.append(assigned(member, python(choice), 4))
        else:
            lines.append(_labelled(member, python(choice), python(label)))
    return lines


def _labelled(member: str, choice: str, label: str) -> str:
    flat = f"{member} = {choice}, {label}"
    if width(flat) + 4 <= WIDTH:
        return flat
    return f"{member} = (\n        {choice},\n        {label},\n    )"


def needs(entity: EntityPlan) -> dict[str, bool]:
    """Which names the entity's modules import."""
    kinds = {field.kind for field in entity.fields}
    return {
        "dt": bool(kinds & {FieldKind.DATE, FieldKind.TIME, FieldKind.DATE_AND_TIME, FieldKind.DURATION}),
        "decimal": bool(kinds & {FieldKind.DECIMAL, FieldKind.MONEY}),
        "choice": FieldKind.CHOICE in kinds,
        "sa": bool(entity.relations or entity.uploads or checks(entity))
        or any(model_type(field).startswith("sa.") for field in entity.plain_fields),
    }
