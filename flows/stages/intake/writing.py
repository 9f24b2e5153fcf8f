"""An interview as a YAML document that is read as the same interview again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from flows.contracts import ANYONE, MEMBERS, USER
from flows.language.rules import read_rules
from flows.stages.intake.comparisons import HOW
from flows.stages.intake.problems import clean
from flows.stages.intake.statements import one_line
from flows.stages.intake.targets import called_after

if TYPE_CHECKING:
    from flows.contracts import (
        Interview,
        InterviewEntity,
        InterviewExample,
        InterviewField,
        InterviewRelation,
        InterviewRule,
    )

_VERBS = {"belongs to": "belongs_to", "one to one": "has_one", "many to many": "many_to_many"}
_FIELD_KEYS = (
    *("required", "unique", "minimum", "maximum", "min_length", "max_length", "min_bytes", "max_bytes"),
    *("pattern", "choices", "status", "default", "currency", "description"),
)
_RELATION_KEYS = ("required", "back", "back_required", "shows", "description")


def written(interview: Interview) -> str:
    """The document, spelled out; what has no meaning here stands in remarks before it."""
    remarks = [f"# Not used: {one_line(clean(left.words))} ({left.reason})" for left in interview.not_used]
    document = _document(interview)
    text = yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None
    )
    return "\n".join([*remarks, text])


class _Sentences(list[str]):
    """A list whose items stand on a line each."""


class _Dumper(yaml.SafeDumper):
    """Writes short lists and groups in brackets, sentences below each other."""


_Dumper.add_representer(
    _Sentences,
    lambda dumper, items: dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=False),
)


def _document(interview: Interview) -> dict[str, Any]:
    look = {"name": interview.look.name, "colours": list(interview.look.colours)}
    parts: dict[str, Any] = {
        "name": interview.name,
        "idea": interview.idea,
        "problem": interview.problem,
        "profile": "" if interview.profile == "web" else interview.profile,
        "people": list(interview.people),
        "features": _Sentences(interview.features),
        "look": {key: said for key, said in look.items() if said},
        "rules": _Sentences(dict.fromkeys(_sentence(rule, interview) for rule in interview.rules)),
        "entities": {entity.name: _entity(entity, interview) for entity in interview.entities},
        "examples": _examples(interview.examples),
    }
    return {key: value for key, value in parts.items() if value}


def _entity(entity: InterviewEntity, interview: Interview) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if entity.description:
        parts["description"] = entity.description
    if entity.shown_by is not None:
        parts["shown_by"] = entity.shown_by
    if entity.fields:
        parts["fields"] = {field.name: _field(field) for field in entity.fields}
    for relation in entity.relations:
        parts.setdefault(_VERBS[relation.kind], {})[relation.name] = _relation(relation, entity, interview)
    return parts


def _field(field: InterviewField) -> str | dict[str, Any]:
    said = _said(field, _FIELD_KEYS)
    for key in ("minimum", "maximum"):
        if key in said and said[key].is_integer():
            said[key] = int(said[key])
    if field.choices:
        said["choices"] = dict(zip(field.choices, field.labels, strict=False)) or list(field.choices)
    for key, how in HOW.items():
        others = [one.field for one in field.comparisons if one.how == how]
        if others:
            said[key] = others
    return {"type": field.kind.value, **said} if said else field.kind.value


def _said(item: InterviewField | InterviewRelation, keys: tuple[str, ...]) -> dict[str, Any]:
    """What is not as it would be if nothing had been said; zero is something said."""
    empty = type(item).model_fields
    return {key: value for key in keys if (value := getattr(item, key)) != empty[key].default}


def _relation(
    relation: InterviewRelation, entity: InterviewEntity, interview: Interview
) -> str | dict[str, Any]:
    target = "user" if relation.entity == USER else relation.entity
    said = _said(relation, _RELATION_KEYS)
    if relation.back is None and _could_be_the_way_back(relation, entity, interview):
        said["back"] = called_after(entity.name, many=True)
    return {"entity": target, **said} if said else target


def _could_be_the_way_back(
    relation: InterviewRelation, entity: InterviewEntity, interview: Interview
) -> bool:
    """Whether another relation, the other way round, would be taken for the other side of this one."""
    return relation.kind == "many to many" and any(
        other.entity == entity.name
        and other.kind == relation.kind
        and one.name == relation.entity != entity.name
        for one in interview.entities
        for other in one.relations
    )


def _sentence(rule: InterviewRule, interview: Interview) -> str:
    """The words a rule was read from; of one that comes from no sentence, words that say it."""
    entities, people = interview.entities, interview.people
    for words in rule.because.split("\n"):
        found = read_rules([words], entities=entities, people=people).rules
        if rule in found:
            return words
    who = {ANYONE: "Anyone", MEMBERS: "Everybody who signs in"}
    subject = " and ".join(who.get(role, role) for role in rule.who)
    verb = "can" if rule.allowed else "cannot"
    actions = " and ".join("change the status of" if act == "change status" else act for act in rule.actions)
    rows = " ".join(["their own" if rule.own else "every", " or ".join(rule.statuses), rule.entity])
    return one_line(f"{'Only ' if rule.only else ''}{subject} {verb} {rule.verb or actions} {rows}")


def _examples(examples: tuple[InterviewExample, ...]) -> dict[str, Any]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for example in examples:
        row: dict[str, Any] = {}
        for name, value in example.values:
            before = row.get(name)
            row[name] = (
                value if before is None else [*(before if isinstance(before, list) else [before]), value]
            )
        rows.setdefault(example.entity, []).append(row)
    return rows
