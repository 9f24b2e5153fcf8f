"""Names the generated modules need for themselves, and what the founder's are called instead."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from flows.contracts import FieldKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flows.contracts import BlueprintEntity, BlueprintField, BlueprintRelation

_CLASSES = frozenset(
    {
        "Annotated",
        "ApiToken",
        "AuditEvent",
        "Base",
        "BaseModel",
        "BrowserSession",
        "Crud",
        "CurrentActor",
        "DatabaseSession",
        "Decimal",
        "Dependant",
        "Field",
        "Finder",
        "Form",
        "HTMLResponse",
        "Input",
        "Mapped",
        "Output",
        "OwnedBy",
        "Page",
        "PasswordReset",
        "Path",
        "Query",
        "Record",
        "Reference",
        "Request",
        "Response",
        "Rows",
        "Search",
        "Session",
        "SignInAttempt",
        "Sortable",
        "StrEnum",
        "Submitted",
        "Upload",
        "User",
    }
)

_TABLES = frozenset(
    {
        "alembic_version",
        "api_tokens",
        "audit_events",
        "password_resets",
        "sessions",
        "sign_in_attempts",
        "uploads",
        "users",
    }
)
"""Tables that every application has."""

_FIELDS = frozenset(
    {
        # of every row, and of SQLAlchemy's and Pydantic's base classes
        *("id", "version", "created_at", "updated_at", "created_by", "updated_by", "created_by_id"),
        *("updated_by_id", "metadata", "registry", "model_config", "type_annotation_map"),
        *("construct", "copy", "dict", "from_orm", "json", "parse_file", "parse_obj", "parse_raw", "schema"),
        *("schema_json", "update_forward_refs", "validate"),
        # modules and functions that the class bodies use
        *("decimal", "dt", "fields", "mapped_column", "orm", "relationship", "sa"),
        # parameters of a list
        *("page", "q", "size", "sort", "overrides", "csrf", "self", "cls"),
    }
)


def class_name(name: str) -> str:
    """The entity's class name, or `<name>Entry` when the generated modules use that name."""
    return f"{name}Entry" if name in _CLASSES else name


def attribute_names(entity: BlueprintEntity) -> dict[str, str]:
    """What each field and relation of an entity is called in the code: its own name wherever that is free.

    A name brings others with it (the column `pet_id` of the relation `pet`), and none of all these may be
    used twice or be one that the generated modules need for themselves.
    """
    written = [item.name for item in entity.fields] + [relation.name for relation in entity.relations]
    brought = [_of_field(item) for item in entity.fields] + [_of_relation(item) for item in entity.relations]
    taken = set(written)
    called: dict[str, str] = {}
    for name, endings in zip(written, brought, strict=True):
        used = name
        if not _is_free(name, endings, taken - {name}):
            used = f"{entity.attribute}_{name.strip('_')}"
            while not _is_free(used, endings, taken):
                used += "_value"
        called[name] = used
        taken |= {used, *(used + ending for ending in endings)}
    return called


def _is_free(name: str, endings: tuple[str, ...], taken: set[str]) -> bool:
    if name in _FIELDS or name.startswith(("model_", "_")):
        return False
    return taken.isdisjoint({name, *(name + ending for ending in endings)})


def _of_field(item: BlueprintField) -> tuple[str, ...]:
    """Endings of the names that come with a field."""
    return ("_id", "_remove") if item.kind in {FieldKind.IMAGE, FieldKind.FILE} else ()


def _of_relation(relation: BlueprintRelation) -> tuple[str, ...]:
    """Endings of the names that come with a relation."""
    return ("_id", "_ids") if relation.kind == "many to many" else ("_id",)


def link_table(holder: str, relation: str, taken: Collection[str]) -> str:
    """Name of the table between the two sides of a many-to-many relation, unlike any other."""
    name = identifier(f"{holder}_{relation}")
    while name in taken:
        name = identifier(f"{name}_links")
    return name


def table_name(table: str, attribute: str) -> str:
    """The entity's table, or `<attribute>_entries` when every application has a table of that name."""
    return f"{attribute}_entries" if table in _TABLES else table


def member_names(choices: Iterable[str]) -> tuple[str, ...]:
    """One upper-case enumeration member per choice, distinct, at most 40 characters."""
    names: list[str] = []
    for number, choice in enumerate(choices, start=1):
        ascii_text = unicodedata.normalize("NFKD", choice).encode("ascii", "ignore").decode()
        name = re.sub(r"[^A-Z0-9]+", "_", ascii_text.upper()).strip("_")[:32].strip("_")
        if not name:
            name = f"CHOICE_{number}"
        elif name[0].isdigit():
            name = f"CHOICE_{name}"
        if name in names:
            name = f"{name[:34]}_{number}"
        names.append(name)
    return tuple(names)


def enum_name(owner: str, field: str, classes: Collection[str]) -> str:
    """Class name of a field's enumeration: both names, cut short with a hash when that is too long."""
    name = owner + "".join(part.capitalize() for part in field.split("_"))
    if len(name) > 32:  # noqa: PLR2004 - with the longest field name it fits on a line
        name = name[:24] + hashlib.sha256(name.encode()).hexdigest()[:8].upper()
    return f"{name}Choice" if name in classes else name


def identifier(name: str, *, length: int = 63) -> str:
    """The name itself, or its start and a hash when Postgres would cut it short (63 bytes)."""
    if len(name) <= length:
        return name
    return f"{name[: length - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
