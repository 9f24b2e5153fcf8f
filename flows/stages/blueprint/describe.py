"""A blueprint for people: a summary in plain words, and a picture of its entities."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import Blueprint, BlueprintEntity, BlueprintField, BlueprintRelation

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(words: str) -> str:
    """Founder's words as one line of Markdown that shows them and means nothing else."""
    line = " ".join(_visible(words).split())
    html = "".join(_ENTITIES.get(character, character) for character in line)
    # A backslash keeps Markdown from reading a sign, also the autolinks and mentions some renderers add.
    return re.sub(r"&(?:amp|lt|gt);|[^\w\s]|_", lambda found: _sign(found.group()), html)


def markdown(blueprint: Blueprint) -> str:
    """The summary a founder decides on; all of the founder's words escaped."""
    counts = (
        f"{_count(len(blueprint.entities), 'entity', 'entities')}, "
        f"{_count(len(blueprint.pages), 'page', 'pages')}, "
        f"{_count(len(blueprint.endpoints), 'API operation', 'API operations')}"
    )
    lines = [f"# {escaped(blueprint.name)}", "", escaped(blueprint.idea), "", f"{counts}.", ""]
    for entity in blueprint.entities:
        lines.extend(_entity(entity))
    lines.extend(_section("Decided for you", list(_decided(blueprint))))
    lines.extend(
        _section(
            "Open questions",
            [
                f"{question.number}. {escaped(question.words)}: {escaped(question.question)}"
                for question in blueprint.open_questions
            ],
        )
    )
    lines.extend(
        _section(
            "Not built", [f"- {escaped(wish.words)}: {escaped(wish.reason)}" for wish in blueprint.not_built]
        )
    )
    lines.extend(
        _section(
            "Repaired names",
            [
                f"- {escaped(repair.written)} is {escaped(repair.used)} in the code: {escaped(repair.reason)}"
                for repair in blueprint.repairs
            ],
        )
    )
    return "\n".join(lines).rstrip("\n") + "\n"


def er_diagram(blueprint: Blueprint) -> str:
    """Mermaid text of the entities, their fields and relations."""
    lines = ["erDiagram"]
    for entity in blueprint.entities:
        lines.append(f"    {entity.name} {{")
        for field in entity.fields:
            kind = re.sub(r"[ /]", "_", field.kind.value)
            lines.append(f"        {kind} {field.name}{' UK' if field.unique else ''}")
        lines.append("    }")
    for entity in blueprint.entities:
        for relation in entity.relations:
            left = "||" if relation.required else "|o"
            lines.append(f'    {relation.target} {left}--o{{ {entity.name} : "{_mermaid(relation.label)}"')
    return "\n".join(lines) + "\n"


def _entity(entity: BlueprintEntity) -> list[str]:
    lines = [f"## {escaped(entity.label)}", ""]
    if entity.description:
        lines += [escaped(entity.description), ""]
    lines += [f"- **{escaped(field.label)}**: {_field(field)}" for field in entity.fields]
    lines += [f"- **{escaped(relation.label)}**: {_relation(relation)}" for relation in entity.relations]
    return [*lines, ""]


def _field(field: BlueprintField) -> str:
    said = [field.kind.value]
    if field.currency:
        said.append(f"in {field.currency}")
    if field.choices:
        said.append("one of " + ", ".join(escaped(choice) for choice in field.choices))
    said += [word for word, wanted in (("required", field.required), ("unique", field.unique)) if wanted]
    for words, limit in (
        ("at least {:g}", field.minimum),
        ("at most {:g}", field.maximum),
        ("at least {:g} characters", field.min_length),
        ("at most {:g} characters", field.max_length),
    ):
        if limit is not None:
            said.append(words.format(limit))
    if field.default is not None:
        said.append(f"begins as {escaped(field.default)}")
    return ", ".join(said)


def _relation(relation: BlueprintRelation) -> str:
    if relation.required:
        return f"belongs to {relation.target}, required; a row in use cannot be deleted"
    return f"belongs to {relation.target}, may be empty; emptied when that row is deleted"


def _decided(blueprint: Blueprint) -> Iterator[str]:
    for entity in blueprint.entities:
        parts: tuple[BlueprintField | BlueprintRelation, ...] = (*entity.fields, *entity.relations)
        for part in parts:
            if part.source != "stated" or "; " in part.because:
                yield f"- {escaped(part.because)}"
    read = [page for page in blueprint.pages if page.source == "inferred"]
    for wish in dict.fromkeys(page.because for page in read):
        titles = ", ".join(escaped(page.title) for page in read if page.because == wish)
        yield f"- From the wish {escaped(wish)}: {titles}"
    habits = sum(page.source == "default" for page in blueprint.pages)
    if habits:
        yield f"- By default: {_count(habits, 'page', 'pages')} to list, see, enter, change and delete"


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""] if lines else []


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _sign(sign: str) -> str:
    if sign in _ENTITIES.values() or not sign.isascii() or sign in ",;?":
        return sign
    return f"\\{sign}"


def _visible(words: str) -> str:
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in words)


def _mermaid(words: str) -> str:
    """A quoted label: signs that Mermaid or HTML could read become numeric entities."""
    line = " ".join(_visible(words).split())
    return "".join(
        sign if sign.isalnum() or sign in " ,.-" or not sign.isascii() else f"#{ord(sign)};" for sign in line
    )
