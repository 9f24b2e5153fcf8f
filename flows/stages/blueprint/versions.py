"""Stored blueprints, as far as this version of the factory can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from flows.contracts import Blueprint

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_blueprint(document: Mapping[str, Any] | None) -> Blueprint | None:
    """The blueprint of a stored document; None without one, or when another version wrote it otherwise."""
    if document is None:
        return None
    try:
        return Blueprint.model_validate(document)
    except ValidationError:
        return None
