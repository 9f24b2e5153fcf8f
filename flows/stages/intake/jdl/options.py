"""Options, settings and blocks: the product's name, what is read only, and the list of what is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import MEMBERS, InterviewRule
from flows.stages.intake import values
from flows.stages.intake.jdl import vocabulary
from flows.stages.intake.jdl.declarations import Block, Option, Use
from flows.stages.intake.jdl.model import entity_key
from flows.stages.intake.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lark import Token

    from flows.stages.intake.jdl.declarations import Declaration, Entity
    from flows.stages.intake.jdl.model import Model

_NAME = "baseName"
_DECLARING = ["entity", "enum", "relationship", "application", "deployment"]


def read_options(declarations: Iterable[Declaration], model: Model) -> tuple[InterviewRule, ...]:
    """The rules that options make; every other option is listed as not used."""
    rules: dict[str, InterviewRule] = {}
    for option in _options(declarations):
        if isinstance(option, Use):
            reasons = [vocabulary.USE.get(what, vocabulary.OPTIONS["dto"]) for what in option.what]
            model.notes.leave(option.keyword, option.words, "; ".join(dict.fromkeys(reasons)))
        elif option.name == vocabulary.READ_ONLY:
            words = model.notes.say(option.name, "option", option.words)
            rules |= {entity: _read_only(entity, words) for entity in _meant(option, model)}
        else:
            _leave(option, model)
    for entity in model.entities.values():
        rules |= _annotated(entity, model)
    return tuple(rules.values())


def _options(declarations: Iterable[Declaration]) -> Iterable[Option | Use]:
    for declaration in declarations:
        if isinstance(declaration, Block):
            yield from declaration.options
        elif isinstance(declaration, Option | Use):
            yield declaration


def _leave(option: Option, model: Model) -> None:
    near = values.nearest(option.name, _DECLARING)
    if option.name in model.lost:
        return
    if option.name not in vocabulary.OPTIONS and near is not None:
        model.problem(
            option.name, "document", f"{quoted(option.name)} begins no declaration", f"Did you mean '{near}'?"
        )
    else:
        reason = vocabulary.OPTIONS.get(option.name, vocabulary.UNKNOWN_OPTION)
        model.notes.leave(option.name, option.words, reason)


def _meant(option: Option, model: Model) -> list[str]:
    """The keys of the entities that an option is for."""
    everything = any(name in {"*", "all"} for name in option.entities)
    chosen = list(model.entities) if everything else [_key(name, model) for name in option.entities]
    excepted = {entity_key(name) for name in option.excepted}
    return [key for key in chosen if key and key not in excepted]


def _key(name: Token, model: Model) -> str:
    key = entity_key(name)
    if key in model.entities:
        return key
    if name not in model.lost:
        names = (str(entity.name) for entity in model.entities.values())
        meant = model.meant(name, names, otherwise="Name an entity of the file, or * for all.")
        model.problem(name, vocabulary.READ_ONLY, f"there is no entity {quoted(name)}", meant)
    return ""


def _annotated(entity: Entity, model: Model) -> dict[str, InterviewRule]:
    rules = {}
    for annotation in entity.annotations:
        words = f"entity {entity.name}, {annotation.words}"
        if annotation.name.casefold() == vocabulary.READ_ONLY.casefold():
            key = entity_key(entity.name)
            rules[key] = _read_only(key, model.notes.say(annotation.at, f"entity {entity.name}", words))
    return rules


def _read_only(entity: str, words: str) -> InterviewRule:
    """Whoever signed in may see it; nobody but the admin, who may do everything, changes it."""
    return InterviewRule(who=(MEMBERS,), actions=("see",), entity=entity, because=words)


def read_blocks(blocks: Iterable[Block], model: Model) -> str:
    """The product's name as the first application with a name says it, '' when none does."""
    named = ""
    for block in blocks:
        rest = []
        for key, value in block.settings:
            if key == _NAME and not named:
                named = value.strip('"')
                model.notes.say(key, "name", f"{_NAME} {value}")
            else:
                rest.append(f"{key} {value}")
        deployed = block.keyword == "deployment"
        reason = vocabulary.DEPLOYMENT if deployed else vocabulary.CONFIGURATION
        if rest:
            model.notes.leave(block.keyword, f"{block.keyword}: {', '.join(rest)}", reason)
        for token, words in block.entities:
            model.notes.leave(token, words, vocabulary.EVERY_ENTITY)
    return named
