"""Names that are changed and things taken away, everywhere an interview speaks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import Interview, InterviewEntity, NotUsed
from flows.language.fields import joined
from flows.language.names import key
from flows.language.relations import lowered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from flows.contracts import InterviewExample, InterviewField, InterviewRelation


def parts(entity: InterviewEntity) -> tuple[InterviewField | InterviewRelation, ...]:
    """Fields and relations of an entity."""
    return (*entity.fields, *entity.relations)


def with_entities(interview: Interview, changed: Iterable[InterviewEntity]) -> Interview:
    """The interview with these entities in place of those of the same name, new ones at the end."""
    fresh = {entity.name: entity for entity in changed}
    kept = [fresh.pop(entity.name, entity) for entity in interview.entities]
    return interview.model_copy(update={"entities": (*kept, *fresh.values())})


def rename_thing(interview: Interview, old: str, new: str, *, because: str) -> Interview:
    """Another name for a thing, in relations, rules, examples and among the people too."""
    entities = []
    for entity in interview.entities:
        relations = tuple(_renamed_target(relation, old, new) for relation in entity.relations)
        update: dict[str, object] = {"relations": relations}
        if entity.name == old:
            update |= {"name": new, "because": joined(entity.because, [because])}
        entities.append(entity.model_copy(update=update))
    people = tuple(lowered(new) if key(person) == key(old) else person for person in interview.people)
    roles = dict(zip(interview.people, people, strict=True))
    rules = tuple(
        rule.model_copy(
            update={
                "entity": new if rule.entity == old else rule.entity,
                "who": tuple(roles.get(who, who) for who in rule.who),
            }
        )
        for rule in interview.rules
    )
    examples = tuple(
        example.model_copy(update={"entity": new}) if example.entity == old else example
        for example in interview.examples
    )
    update = {"entities": tuple(entities), "people": people, "rules": rules, "examples": examples}
    return interview.model_copy(update=update)


def _renamed_target(relation: InterviewRelation, old: str, new: str) -> InterviewRelation:
    if relation.entity != old:
        return relation
    name = lowered(new) if key(relation.name) == key(old) else relation.name
    return relation.model_copy(update={"entity": new, "name": name})


def rename_field(interview: Interview, thing: str, old: str, new: str, *, because: str) -> Interview:
    """Another name for a field or a relation, also where others are compared with it or shown by it."""
    entities = []
    for entity in interview.entities:
        if entity.name == thing:
            entities.append(_with_renamed(entity, old, new, because))
        else:
            entities.append(_shown_by(entity, thing, {old: new}))
    return interview.model_copy(
        update={"entities": tuple(entities), "examples": _examples(interview, thing, {key(old): new})}
    )


def _with_renamed(entity: InterviewEntity, old: str, new: str, because: str) -> InterviewEntity:
    fields = []
    for field in entity.fields:
        comparisons = tuple(
            bound.model_copy(update={"field": new}) if key(bound.field) == key(old) else bound
            for bound in field.comparisons
        )
        update: dict[str, object] = {"comparisons": comparisons}
        if field.name == old:
            update |= {"name": new, "because": joined(field.because, [because])}
        fields.append(field.model_copy(update=update))
    relations = tuple(
        relation.model_copy(update={"name": new, "because": joined(relation.because, [because])})
        if relation.name == old
        else relation
        for relation in entity.relations
    )
    shown = new if entity.shown_by == old else entity.shown_by
    update = {"fields": tuple(fields), "relations": relations, "shown_by": shown}
    return _shown_by(entity.model_copy(update=update), entity.name, {old: new})


def remove_field(interview: Interview, thing: str, name: str, *, because: str) -> Interview:
    """Without a field or a relation, and without what only made sense with it."""
    entities = []
    for entity in interview.entities:
        if entity.name != thing:
            entities.append(_shown_by(entity, thing, {name: None}))
            continue
        update = {
            "fields": tuple(_uncompared(field, name) for field in entity.fields if field.name != name),
            "relations": tuple(relation for relation in entity.relations if relation.name != name),
            "shown_by": None if entity.shown_by == name else entity.shown_by,
            "because": joined(entity.because, [because]),
        }
        entities.append(_shown_by(entity.model_copy(update=update), thing, {name: None}))
    return interview.model_copy(
        update={"entities": tuple(entities), "examples": _examples(interview, thing, {key(name): None})}
    )


def _uncompared(field: InterviewField, name: str) -> InterviewField:
    kept = tuple(bound for bound in field.comparisons if key(bound.field) != key(name))
    return field.model_copy(update={"comparisons": kept})


def _shown_by(entity: InterviewEntity, thing: str, names: Mapping[str, str | None]) -> InterviewEntity:
    """The entity whose relations to the thing are shown by the field under its new name, or no more."""
    relations = tuple(
        relation.model_copy(update={"shows": names[relation.shows]})
        if relation.entity == thing and relation.shows is not None and relation.shows in names
        else relation
        for relation in entity.relations
    )
    return entity.model_copy(update={"relations": relations})


def _examples(
    interview: Interview, thing: str, names: Mapping[str, str | None]
) -> tuple[InterviewExample, ...]:
    made = []
    for example in interview.examples:
        if example.entity == thing:
            values = tuple(
                (names.get(key(name), name) or "", value)
                for name, value in example.values
                if names.get(key(name), name) is not None
            )
            made.append(example.model_copy(update={"values": values}))
        else:
            made.append(example)
    return tuple(made)


def remove_thing(interview: Interview, name: str) -> Interview:
    """Without a thing, and without every relation, rule and example about it."""
    entities = tuple(
        entity.model_copy(
            update={"relations": tuple(part for part in entity.relations if part.entity != name)}
        )
        for entity in interview.entities
        if entity.name != name
    )
    update = {
        "entities": entities,
        "rules": tuple(rule for rule in interview.rules if rule.entity != name),
        "examples": tuple(example for example in interview.examples if example.entity != name),
    }
    return interview.model_copy(update=update)


def taken_back(before: Interview, after: Interview, because: str) -> Interview:
    """The interview that says which of its statements nothing is left of, and why."""
    gone = _said(before) - _said(after)
    reason = f"taken back by '{because}'"
    known = {option.words for option in after.not_used}
    lost = tuple(
        NotUsed(words=statement.words, reason=reason)
        for statement in after.statements
        if statement.words in gone and statement.words not in known
    )
    return after.model_copy(update={"not_used": (*after.not_used, *lost)}) if lost else after


def _said(interview: Interview) -> set[str]:
    """Every sentence that an item comes from."""
    found: list[str] = [rule.because for rule in interview.rules]
    found += [example.because for example in interview.examples]
    for entity in interview.entities:
        found += [entity.because, *(part.because for part in parts(entity))]
    return {words for because in found for words in because.split("\n")}
