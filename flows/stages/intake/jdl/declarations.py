"""Declarations of a JDL file as values; every word still knows its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from lark import Token

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """`@dto(mapstruct)`; `words` is all of it on one line."""

    at: Token
    name: Token
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """`maxlength(20)`; `value` is None for required and unique, and a name when it is a constant."""

    name: Token
    value: Token | None

    @property
    def words(self) -> str:
        """As it was written."""
        return str(self.name) if self.value is None else f"{self.name}({self.value})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of an entity."""

    annotations: tuple[Annotation, ...]
    name: Token
    type: Token
    validations: tuple[Validation, ...]

    def tokens(self) -> Iterator[Token]:
        """Every word beside which its documentation may stand."""
        yield from (annotation.at for annotation in self.annotations)
        yield from (self.name, self.type)
        for validation in self.validations:
            yield from (token for token in (validation.name, validation.value) if token is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """An entity, its body included."""

    annotations: tuple[Annotation, ...]
    keyword: Token
    name: Token
    table: Token | None
    fields: tuple[Field, ...]

    def tokens(self) -> Iterator[Token]:
        """Every word beside which its documentation may stand."""
        yield from (annotation.at for annotation in self.annotations)
        yield from (self.keyword, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumValue:
    """A choice, and in brackets what people see."""

    name: Token
    label: Token | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enum:
    """A list of choices."""

    keyword: Token
    name: Token
    values: tuple[EnumValue, ...]

    @property
    def words(self) -> str:
        """All of it on one line."""
        values = (
            str(value.name) if value.label is None else f"{value.name}({value.label})"
            for value in self.values
        )
        return f"enum {self.name}: {', '.join(values)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a relation: the entity and, in braces, what it calls the other one."""

    annotations: tuple[Annotation, ...]
    entity: Token
    name: Token | None
    shows: Token | None
    required: Token | None

    @property
    def words(self) -> str:
        """As it was written, without its annotations."""
        if self.name is None:
            return str(self.entity)
        shows = f"({self.shows})" if self.shows else ""
        return f"{self.entity}{{{self.name}{shows}{' required' if self.required else ''}}}"

    def tokens(self) -> Iterator[Token]:
        """Every word beside which its documentation may stand."""
        yield from (annotation.at for annotation in self.annotations)
        yield from (
            token for token in (self.entity, self.name, self.shows, self.required) if token is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One line of a relationship block."""

    kind: Token
    keyword: Token
    source: Side
    target: Side
    extras: tuple[Token, ...]

    @property
    def words(self) -> str:
        """As it was written, with the kind before it."""
        extras = f" with {', '.join(self.extras)}" if self.extras else ""
        return f"relationship {self.kind}: {self.source.words} to {self.target.words}{extras}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A number with a name."""

    name: Token
    value: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """`paginate Post, Tag with pagination`; `words` is all of it on one line."""

    name: Token
    entities: tuple[Token, ...]
    excepted: tuple[Token, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """`use pagination, mapstruct for Post`."""

    what: tuple[Token, ...]
    words: str
    keyword: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An application or a deployment: settings (key token, value as written), options and entity lists."""

    keyword: Token
    settings: tuple[tuple[Token, str], ...]
    options: tuple[Option | Use, ...]
    entities: tuple[tuple[Token, str], ...]


Declaration: TypeAlias = Entity | Enum | Relation | Constant | Option | Use | Block
