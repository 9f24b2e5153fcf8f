"""Names the generated modules need for themselves, and what the founder's are called instead."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_CLASSES = frozenset(
    {
        "Annotated",
        "Base",
        "BaseModel",
        "Crud",
        "DatabaseSession",
        "Decimal",
        "Dependant",
        "Field",
        "Form",
        "HTMLResponse",
        "Input",
        "Mapped",
        "Output",
        "Page",
        "Path",
        "Query",
        "Record",
        "Reference",
        "Request",
        "Response",
        "Rows",
        "Search",
        "Session",
        "Sortable",
        "StrEnum",
        "Submitted",
    }
)

_FIELDS = frozenset(
    {
        # of every row, and of SQLAlchemy's and Pydantic's base classes
        *("id", "created_at", "updated_at", "metadata", "registry", "model_config", "type_annotation_map"),
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


def field_name(owner: str, name: str, taken: Iterable[str]) -> str:
    """The field's name, or `<owner>_<name>` when the generated modules need that name for themselves."""
    if name not in _FIELDS and not name.startswith(("model_", "_")):
        return name
    used = frozenset(taken)
    candidate = f"{owner}_{name.strip('_')}"
    while candidate in used:
        candidate += "_value"
    return candidate


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
