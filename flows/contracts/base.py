"""The base of every exchanged value, the stages, and the kinds of fields."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

Source = Literal["stated", "inferred", "default"]
"""Where an item of a blueprint comes from: the founder's words, our reading of them, or the house's habit."""

GENERATOR_VERSION = "0.3.0"
"""Names the generator in blueprints, manifests and result keys; raised when its output changes."""


class Stage(StrEnum):
    """The pipeline's nine stages, in their order."""

    INTAKE = "intake"
    BLUEPRINT = "blueprint"
    APPROVAL = "approval"
    BACKEND = "backend"
    FRONTEND = "frontend"
    INFRASTRUCTURE = "infrastructure"
    OBSERVABILITY = "observability"
    VERIFICATION = "verification"
    RELEASE = "release"


class FieldKind(StrEnum):
    """What a field of an entity holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    DATE_AND_TIME = "date and time"
    DURATION = "duration"
    YES_NO = "yes/no"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    IMAGE = "image"
    FILE = "file"
    IDENTIFIER = "identifier"


class Contract(BaseModel):
    """Base of every exchanged value: frozen, strict about unknown names, hashed over canonical JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def canonical_json(self) -> str:
        """The one JSON text of this value: keys sorted, no spaces, UTF-8 characters as they are."""
        return json.dumps(
            self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    def digest(self) -> str:
        """Hex digest of the canonical JSON."""
        return hashlib.sha256(self.canonical_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read back what `canonical_json` wrote; raises pydantic.ValidationError."""
        return cls.model_validate_json(text)


def json_object(value: Contract) -> dict[str, Any]:
    """The value as plain JSON types, for a database column or an API answer."""
    return value.model_dump(mode="json")
