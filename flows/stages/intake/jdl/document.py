"""A JDL file as a whole: text in, validated interview out, or every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import USER, Intake, Interview, InterviewEntity, InterviewRelation
from flows.stages.intake.jdl import vocabulary
from flows.stages.intake.jdl.declarations import Block, Entity, Relation
from flows.stages.intake.jdl.enums import check_enums
from flows.stages.intake.jdl.fields import documentation, leave_annotations, read_fields
from flows.stages.intake.jdl.model import Model, entity_key, modelled
from flows.stages.intake.jdl.names import entity_words, many
from flows.stages.intake.jdl.notes import Notes
from flows.stages.intake.jdl.options import read_blocks, read_options
from flows.stages.intake.jdl.parser import parse, place
from flows.stages.intake.jdl.relations import note_clashes, read_relations
from flows.stages.intake.jdl.tokens import MAX_WORDS, tokenize
from flows.stages.intake.jdl.trees import declared
from flows.stages.intake.problems import InterviewProblems, Problems
from flows.stages.intake.questions import completeness, open_questions
from flows.stages.intake.schema.base import NAME_LENGTH, SENTENCE_LENGTH
from flows.stages.intake.tree import DOCUMENT, MAX_BYTES, REFUSED, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lark import Token

    from flows.contracts import InterviewRule
    from flows.stages.intake.jdl.declarations import Declaration

_START = Mark(line=1, column=1)
_UNNAMED = "Application"
_NAMED_IN_IDEA = 5
_TEXTS = frozenset({"STRING", "REGEX", "JAVADOC"})
"""Tokens that may hold any character."""


def read_jdl(text: str, *, name: str = "") -> Intake:
    """Read a JDL file; `name`: of the product when the file says no baseName.

    Raises InterviewProblems with everything that is wrong.
    """
    problems = Problems()
    interview, notes = _read(text, name, problems)
    if len(problems) or interview is None:
        raise InterviewProblems(problems.listed())
    return Intake(
        interview=interview,
        completeness=completeness(interview),
        open_questions=notes.questions(open_questions(interview)),
    )


def _read(text: str, name: str, problems: Problems) -> tuple[Interview | None, Notes]:
    notes = Notes()
    if len(text.encode(errors="replace")) > MAX_BYTES:
        problems.add(_START, DOCUMENT, "the file is too big", f"Use at most {MAX_BYTES} bytes.")
        return None, notes
    tokens, comments = tokenize(text)
    if len(tokens) > MAX_WORDS:
        problems.add(
            place(tokens[MAX_WORDS]), DOCUMENT, "the file is too long", f"Use at most {MAX_WORDS} words."
        )
        return None, notes
    if not tokens:
        problems.add(
            _START, DOCUMENT, "the file declares nothing", "Write at least 'entity Pet { name String }'."
        )
        return None, notes
    _note_invisible([*tokens, *comments.tokens()], problems)
    parsed = parse(tokens, problems)
    declarations = tuple(declared(parsed.declarations))
    model = modelled(declarations, Model(problems=problems, notes=notes, comments=comments, lost=parsed.lost))
    if not parsed.lost and not any(isinstance(declaration, Entity) for declaration in declarations):
        problems.add(
            place(tokens[0]),
            DOCUMENT,
            "there is no entity",
            "Declare at least one: entity Pet { name String }.",
        )
    return _interview(declarations, name, model), notes


def _note_invisible(tokens: Iterable[Token], problems: Problems) -> None:
    """What is kept as text may hold no more than in YAML; elsewhere the parser refuses it."""
    for token in tokens:
        bad = REFUSED.search(token) if token.type in _TEXTS else None
        if bad is not None:
            problems.add(
                _inside(token, bad.start()),
                DOCUMENT,
                f"the text holds an invisible control character (U+{ord(bad.group()):04X})",
                "Remove it; save the file as plain UTF-8 text.",
            )


def _inside(token: Token, offset: int) -> Mark:
    """Where a character of a token stands, which may go over several lines."""
    start, before = place(token), token[:offset]
    lines = before.count("\n")
    beside = len(before.rpartition("\n")[2])
    return Mark(line=start.line + lines, column=beside + (1 if lines else start.column))


def _interview(declarations: tuple[Declaration, ...], name: str, model: Model) -> Interview:
    check_enums(model)
    lines = [declaration for declaration in declarations if isinstance(declaration, Relation)]
    held = read_relations(lines, model)
    entities = tuple(
        _entity(entity, tuple(held.get(key, ())), lines, model) for key, entity in model.entities.items()
    )
    rules = tuple(_named(rule, model) for rule in read_options(declarations, model))
    blocks = [declaration for declaration in declarations if isinstance(declaration, Block)]
    product = entity_words(read_blocks(blocks, model) or _shown(name) or _UNNAMED)
    _leave_unused(model)
    return Interview(
        name=product[:NAME_LENGTH],
        idea=_idea(product, entities),
        entities=entities,
        rules=rules,
        statements=model.notes.statements(),
        not_used=model.notes.not_used(),
    )


def _shown(filename: str) -> str:
    """A file may be called anything; what nobody can see of it is left out."""
    return "".join(character for character in filename if character.isprintable()).strip()


def _entity(
    entity: Entity, relations: tuple[InterviewRelation, ...], lines: list[Relation], model: Model
) -> InterviewEntity:
    where = f"entity {entity.name}"
    words = model.notes.say(entity.keyword, where, where)
    leave_annotations(entity.annotations, where, model)
    if entity.table is not None:
        model.notes.leave(entity.table, f"{where} ({entity.table})", vocabulary.TABLE_NAME)
    name = model.called(entity.name) or entity_words(entity.name)
    if name in vocabulary.PEOPLE_DETAILS and entity_key(entity.name) == entity_key(USER):
        relations = (*relations, _whose_profile(entity, name, words, model))
    read = InterviewEntity(
        name=name,
        description=documentation(entity.tokens(), where, model),
        fields=read_fields(entity, model),
        relations=relations,
        because=words,
    )
    note_clashes(read, lines, model)
    return read


def _whose_profile(entity: Entity, name: str, words: str, model: Model) -> InterviewRelation:
    """A file that adds fields to the built-in people means a row beside each of them."""
    model.notes.ask(
        entity.name,
        words,
        f"The people who sign in are built in, so these fields are kept in a {name} of each: is that right?",
    )
    return InterviewRelation(name="user", entity=USER, kind="one to one", source="inferred", because=words)


def _named(rule: InterviewRule, model: Model) -> InterviewRule:
    """The rule with its entity as the interview calls it; rules are collected by the entity's key."""
    return rule.model_copy(update={"entity": model.called(rule.entity) or rule.entity})


def _idea(product: str, entities: tuple[InterviewEntity, ...]) -> str:
    """A file has no idea of its own: say what is kept."""
    kept = [many(entity.name).lower() for entity in entities]
    if len(kept) > _NAMED_IN_IDEA:
        kept = [*kept[:_NAMED_IN_IDEA], "more"]
    listed = " and ".join([", ".join(kept[:-1]), kept[-1]] if len(kept) > 1 else kept)
    return f"{product} keeps {listed}."


def _leave_unused(model: Model) -> None:
    for enum in model.enums.values():
        if enum.name not in model.used:
            model.notes.leave(enum.keyword, enum.words, "no field is of this type")
    for constant in model.constants.values():
        if constant.name not in model.used:
            words = f"{constant.name} = {constant.value}"
            model.notes.leave(constant.name, words, "no validation uses it")
    for comment in model.comments.unused():
        text = " ".join(comment.text.split())[:SENTENCE_LENGTH]
        if text:
            model.notes.leave(comment.token, text, "it stands beside nothing that can be documented")
