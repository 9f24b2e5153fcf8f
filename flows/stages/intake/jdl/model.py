"""The declarations of a file by name; doubles and names that cannot be used are noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from flows.stages.intake import values
from flows.stages.intake.jdl import vocabulary
from flows.stages.intake.jdl.declarations import Constant, Entity, Enum
from flows.stages.intake.jdl.names import entity_words
from flows.stages.intake.jdl.notes import Notes
from flows.stages.intake.jdl.parser import place
from flows.stages.intake.jdl.tokens import Comments
from flows.stages.intake.problems import Problems, quoted
from flows.stages.intake.schema.base import NAME_LENGTH
from flows.stages.intake.schema.interview import MAX_ENTITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lark import Token

    from flows.stages.intake.jdl.declarations import Declaration

_MOST_COMPARED = 100
Named = TypeVar("Named", Entity, Enum, Constant)


@dataclass(slots=True, kw_only=True)
class Model:
    """What a file declares, and where to note what is read from it."""

    problems: Problems
    notes: Notes
    comments: Comments
    lost: frozenset[str]
    """Words of declarations that could not be read: what they would declare is not unknown."""

    entities: dict[str, Entity] = field(default_factory=dict)
    enums: dict[str, Enum] = field(default_factory=dict)
    constants: dict[str, Constant] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    """Names of enums and constants that a field uses."""

    def called(self, name: str) -> str | None:
        """The entity of that name as the interview calls it; None when the file has none."""
        key = entity_key(name)
        if key not in self.entities:
            return None
        if key == entity_key(vocabulary.PEOPLE):
            return next(free for free in vocabulary.PEOPLE_DETAILS if entity_key(free) not in self.entities)
        return entity_words(self.entities[key].name)

    def meant(self, word: str, options: Iterable[str], *, otherwise: str = "") -> str:
        """The hint that names what is spelled most like a word.

        Comparing takes time, so a file with very many problems or names gets no more of these.
        """
        known = list(options) if len(self.problems) < _MOST_COMPARED else []
        near = values.nearest(word, known[:_MOST_COMPARED])
        return f"Did you mean '{near}'? " if near else otherwise

    def problem(self, token: Token, where: str, message: str, hint: str) -> None:
        """Note what is wrong at a token."""
        self.problems.add(place(token), where, message, hint.rstrip())


def entity_key(name: str) -> str:
    """What two spellings of one entity have in common."""
    return values.folded(entity_words(name))


def modelled(declarations: Iterable[Declaration], model: Model) -> Model:
    """Fill the model with the declarations that have a name."""
    for declaration in declarations:
        if isinstance(declaration, Entity):
            _add(declaration, model.entities, "entity", model)
        elif isinstance(declaration, Enum):
            _add(declaration, model.enums, "enum", model)
        elif isinstance(declaration, Constant):
            _add(declaration, model.constants, "constant", model)
    for name in (vocabulary.PEOPLE, vocabulary.ROLES):
        _leave_built_in(name, model)
    if len(model.entities) > MAX_ENTITIES:
        last = list(model.entities.values())[MAX_ENTITIES]
        model.problem(
            last.name,
            "document",
            f"{len(model.entities)} entities are too many",
            f"Use at most {MAX_ENTITIES}.",
        )
    return model


def _add(declaration: Named, known: dict[str, Named], kind: str, model: Model) -> None:
    name = declaration.name
    where = f"{kind} {name}"
    # Constants and enums are told apart by case as in JDL, entities are not: they become tables.
    key = entity_key(name) if kind == "entity" else str(name)
    if key in known:
        first = known[key].name
        model.problem(
            name,
            where,
            f"{quoted(name)} is declared twice, first on line {first.line}",
            "Put them together under one name, or rename one of them.",
        )
    elif usable(name, where, model):
        known[key] = declaration


def usable(name: Token, where: str, model: Model) -> bool:
    """Whether a name is short enough to become a column; noted when not."""
    if len(name) > NAME_LENGTH:
        model.problem(
            name,
            where,
            f"{quoted(name)} is too long: {len(name)} characters",
            f"Use at most {NAME_LENGTH} characters.",
        )
        return False
    return True


def _leave_built_in(name: str, model: Model) -> None:
    """JHipster files may declare the built-in entities, without a field, to relate to them."""
    declared = model.entities.get(entity_key(name))
    if declared is not None and not declared.fields:
        del model.entities[entity_key(name)]
        reason = vocabulary.PEOPLE_BUILT_IN if name == vocabulary.PEOPLE else vocabulary.ROLES_BUILT_IN
        model.notes.leave(declared.keyword, f"entity {declared.name}", reason)
