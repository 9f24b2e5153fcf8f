"""Relationship blocks: every line seen from the entity that holds the reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import USER, InterviewRelation
from flows.contracts.interview import RelationKind
from flows.stages.intake import values
from flows.stages.intake.jdl import vocabulary
from flows.stages.intake.jdl.declarations import Relation, Side
from flows.stages.intake.jdl.fields import documentation, leave_annotations
from flows.stages.intake.jdl.model import entity_key, usable
from flows.stages.intake.jdl.names import in_words, many
from flows.stages.intake.problems import quoted
from flows.stages.intake.schema.base import SENTENCE_LENGTH
from flows.stages.intake.schema.entity import MAX_RELATIONS

if TYPE_CHECKING:
    from flows.contracts import InterviewEntity
    from flows.stages.intake.jdl.model import Model

_KINDS: dict[str, RelationKind] = {
    "OneToMany": "belongs to",
    "ManyToOne": "belongs to",
    "OneToOne": "one to one",
    "ManyToMany": "many to many",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """A relation whose sides are told apart by who holds the reference."""

    line: Relation
    holder: Side
    target: Side
    kind: RelationKind

    @property
    def entity(self) -> str:
        """Key of the entity that holds the reference."""
        return entity_key(self.holder.entity)


def read_relations(lines: list[Relation], model: Model) -> dict[str, list[InterviewRelation]]:
    """Relations by the key of the entity that holds them; what cannot be used is noted."""
    held: dict[str, list[InterviewRelation]] = {}
    for line in lines:
        if line.kind not in _KINDS:
            _note_unknown_kind(line, model)
        elif _known(line.source, line, model) and _known(line.target, line, model):
            ends = _ends(line, model)
            if ends is not None:
                _hold(ends, held.setdefault(ends.entity, []), model)
    return held


def _note_unknown_kind(line: Relation, model: Model) -> None:
    meant = model.meant(line.kind, vocabulary.RELATIONSHIPS)
    model.problem(
        line.kind,
        "relationship",
        f"{quoted(line.kind)} is no kind of relationship",
        f"{meant}The kinds are: {', '.join(vocabulary.RELATIONSHIPS)}.",
    )


def _known(side: Side, line: Relation, model: Model) -> bool:
    if model.called(side.entity) is not None or entity_key(side.entity) in _BUILT_IN:
        return True
    if side.entity not in model.lost:
        names = (str(entity.name) for entity in model.entities.values())
        meant = model.meant(side.entity, names, otherwise=f"Declare it: entity {side.entity} {{ … }}.")
        model.problem(
            side.entity, f"relationship {line.kind}", f"there is no entity {quoted(side.entity)}", meant
        )
    return False


_BUILT_IN = {entity_key(name) for name in (vocabulary.PEOPLE, vocabulary.ROLES)}


def _ends(line: Relation, model: Model) -> Ends | None:
    """Who holds the reference; None when nobody can, which is noted."""
    source, target = line.source, line.target
    if any(_is(side, vocabulary.ROLES, model) for side in (source, target)):
        model.notes.leave(source.entity, line.words, vocabulary.ROLES_BUILT_IN)
        return None
    turned = line.kind == "OneToMany"
    if _is(source, vocabulary.PEOPLE, model) and line.kind in {"OneToOne", "ManyToMany"}:
        turned = True
    holder, held = (target, source) if turned else (source, target)
    if _is(holder, vocabulary.PEOPLE, model):
        words = model.notes.say(source.entity, f"relationship {line.kind}", line.words)
        model.notes.ask(
            source.entity,
            words,
            "The people who sign in cannot refer to a thing: "
            f"should {in_words(held.entity)} belong to a person instead?",
        )
        return None
    return Ends(line=line, holder=holder, target=held, kind=_KINDS[line.kind])


def _is(side: Side, built_in: str, model: Model) -> bool:
    """Whether a side means one of JHipster's own entities: people always, even when the file adds fields."""
    if entity_key(side.entity) != entity_key(built_in):
        return False
    return built_in == vocabulary.PEOPLE or model.called(side.entity) is None


def _hold(ends: Ends, held: list[InterviewRelation], model: Model) -> None:
    line, where = ends.line, f"relationship {ends.line.kind}"
    words = model.notes.say(line.source.entity, where, line.words)
    relation = _relation(ends, words, model)
    _leave_rest(ends, model)
    for side in (ends.holder, ends.target):
        if side.name is not None and not usable(side.name, where, model):
            return
    same = next((known for known in held if values.folded(known.name) == values.folded(relation.name)), None)
    if same is None:
        held.append(relation)
        if len(held) == MAX_RELATIONS + 1:
            model.problem(
                ends.holder.entity, where, "these are too many relations", f"Use at most {MAX_RELATIONS}."
            )
    elif (same.entity, same.kind) == (relation.entity, relation.kind):
        held[held.index(same)] = _together(same, relation)
        if words != same.because:
            model.notes.leave(line.source.entity, words, f"it says again what {quoted(same.because)} says")
    else:
        model.problem(
            ends.holder.name or ends.holder.entity,
            where,
            f"{ends.holder.entity} has two relations {quoted(relation.name)}",
            "Give one of them another name: Order{buyer} to Customer.",
        )


def _together(first: InterviewRelation, second: InterviewRelation) -> InterviewRelation:
    """Two lines about one relation, one from each side."""
    return first.model_copy(
        update={
            "required": first.required or second.required,
            "back": first.back or second.back,
            "back_required": first.back_required or second.back_required,
            "shows": first.shows or second.shows,
            "description": first.description or second.description,
        }
    )


def _relation(ends: Ends, words: str, model: Model) -> InterviewRelation:
    holder, target = ends.holder, ends.target
    plural = ends.kind == "many to many"
    name = in_words(holder.name or target.entity)
    back = None if target.name is None else in_words(target.name)
    if back is not None and ends.kind != "one to one":
        back = many(back)
    documented = (ends.line.source.tokens(), ends.line.target.tokens())
    where = f"relationship {ends.line.kind}"
    description = "\n".join(
        text for tokens in documented if (text := documentation(tokens, where, model))
    ) or model.comments.of((ends.line.keyword, ends.line.kind))
    return InterviewRelation(
        name=many(name) if plural else name,
        entity=USER if _is(target, vocabulary.PEOPLE, model) else model.called(target.entity) or "",
        kind=ends.kind,
        required=holder.required is not None,
        back=back,
        back_required=target.required is not None,
        shows=_shows(ends, model),
        description=description[:SENTENCE_LENGTH],
        because=words,
    )


def _shows(ends: Ends, model: Model) -> str | None:
    """The field that stands for the target in pickers, when the target has it."""
    shown = ends.holder.shows
    if shown is None:
        return None
    reason = ""
    if _is(ends.target, vocabulary.PEOPLE, model):
        if shown in {"name", "email"}:
            return str(shown)
        reason = "people are shown by their name"
    elif shown.casefold() == "id":
        reason = "rows are shown by what speaks, not by their number"
    else:
        fields = model.entities[entity_key(ends.target.entity)].fields
        found = next((field.name for field in fields if in_words(field.name) == in_words(shown)), None)
        if found is not None:
            return in_words(found)
        reason = f"{ends.target.entity} has no field of that name"
    model.notes.leave(shown, f"{ends.line.words}: ({shown})", reason)
    return None


def _leave_rest(ends: Ends, model: Model) -> None:
    line = ends.line
    for side in (line.source, line.target):
        leave_annotations(side.annotations, line.words, model)
    if ends.target.shows is not None:
        reason = f"the list of them on {ends.target.entity} shows its usual columns"
        model.notes.leave(ends.target.shows, f"{line.words}: ({ends.target.shows})", reason)
    for extra in line.extras:
        if extra != "builtInEntity":
            model.notes.leave(extra, f"{line.words}: with {extra}", vocabulary.OWN_ID)


def note_clashes(entity: InterviewEntity, lines: list[Relation], model: Model) -> None:
    """Note relations that have the name of a field of the same entity."""
    fields = {values.folded(field.name) for field in entity.fields}
    for relation in entity.relations:
        if values.folded(relation.name) in fields:
            line = next(line for line in lines if line.words == relation.because)
            model.problem(
                line.source.entity,
                f"relationship {line.kind}",
                f"{entity.name} has a field and a relation {quoted(relation.name)}",
                "Rename one of the two.",
            )
