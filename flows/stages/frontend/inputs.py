"""Fields as form inputs and as shown values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import FieldKind
from flows.rendering.bounds import plain
from flows.rendering.literals import jinja
from flows.rendering.pattern_texts import examples
from flows.rendering.patterns import written
from flows.rendering.plan import NUMBERS, UPLOADS
from flows.stages.frontend.palette import TONES
from flows.stages.frontend.tones import tone

if TYPE_CHECKING:
    from flows.rendering import EntityPlan, FieldPlan, RelationPlan
    from flows.rendering.access import AccessPlan, StatesPlan, TransitionPlan

_INPUT_TYPES = {
    FieldKind.DATE: "date",
    FieldKind.TIME: "time",
    FieldKind.DATE_AND_TIME: "datetime-local",
    FieldKind.EMAIL: "email",
    FieldKind.PHONE: "tel",
    FieldKind.LINK: "url",
}

ACCEPTED_IMAGES = "image/png,image/jpeg,image/gif,image/webp"
"""What a browser offers to choose for a picture."""


def initial(name: str) -> str:
    """The letter that stands for the product on its icon."""
    return next((character.upper() for character in name if character.isalnum()), "•")


def status_tones(access: AccessPlan) -> dict[str, list[str]]:
    """Tone to the statuses of the application that have it: the same word is coloured the same everywhere."""
    statuses = dict.fromkeys(status for states in access.states.values() for status in states.field.choices)
    found: dict[str, list[str]] = {name: [] for name in TONES}
    for status in statuses:
        if named := tone(status):
            found[named].append(status)
    return found


def leads_from(transition: TransitionPlan, states: StatesPlan) -> str:
    """The condition that `row` has a status from which the action leads on."""
    return f"row.{states.field.name} in ({''.join(f'{jinja(status)}, ' for status in transition.sources)})"


def weight(transition: TransitionPlan) -> str:
    """How its button looks: one that leads to no good end warns, and asks again."""
    return {"bad": " caution", "good": "", "active": ""}.get(tone(transition.target), " quiet")


def facts(entity: EntityPlan, states: StatesPlan | None) -> list[FieldPlan]:
    """The fields that the page of a row lists: what its heading says already is left out."""
    status = states.field.name if states else ""
    return [field for field in entity.fields if field.name not in {entity.display, status}]


def groups(fields: list[FieldPlan]) -> tuple[list[FieldPlan], list[FieldPlan]]:
    """Values to enter, and files to send."""
    return (
        [field for field in fields if field.kind not in UPLOADS],
        [field for field in fields if field.kind in UPLOADS],
    )


def across(field: FieldPlan) -> bool:
    """Whether the field takes the whole width."""
    return field.kind is FieldKind.LONG_TEXT


def control(field: FieldPlan, entity: EntityPlan) -> str:
    """The call of the form macro that renders the field's input."""
    settings = [f'form, "{field.name}", {jinja(field.label)}']
    if field.required and field.kind is not FieldKind.YES_NO:
        settings.append("required=true")
    if field.description:
        settings.append(f"hint={jinja(field.description)}")
    if field.name == entity.display and _macro(field) in {"line", "choice"}:
        settings.append("across=true")
    settings += typed(field) + _bounds(field)
    return f"fields.{_macro(field)}({', '.join(settings)})"


def picker(relation: RelationPlan) -> str:
    """The call of the form macro that offers rows to choose from."""
    macro = "pickers" if relation.many else "picker"
    target = relation.target
    add = f'"/{target.slug}/new" if may("create", "{target.name}")'
    settings = [f'form, "{relation.key}", {jinja(relation.label)}, pickers["{relation.key}"]', "here", add]
    if relation.asked:
        settings.append("required=true")
    if relation.shows:
        settings.append(f'shows="{relation.shows}"')
    return f"fields.{macro}({', '.join(settings)})"


def _macro(field: FieldPlan) -> str:
    if field.kind in UPLOADS:
        return "upload"
    if field.kind is FieldKind.LONG_TEXT:
        return "area"
    if field.kind is FieldKind.YES_NO:
        return "checkbox"
    return "choice" if field.kind is FieldKind.CHOICE else "line"


def typed(field: FieldPlan) -> list[str]:
    """The kind of input, as settings of a macro."""
    if field.kind in _INPUT_TYPES:
        return [f'type="{_INPUT_TYPES[field.kind]}"']
    if field.kind in NUMBERS:
        step = "1" if not field.scale else f"0.{'0' * (field.scale - 1)}1"
        unit = [f"unit={jinja(field.currency)}"] if field.kind is FieldKind.MONEY else []
        return ['type="number"', f'step="{step}"', *unit]
    if field.kind is FieldKind.DURATION:
        return ['placeholder="1:30 or 90 min"']
    return []


def _bounds(field: FieldPlan) -> list[str]:
    bounds = []
    if field.minimum is not None:
        bounds.append(f'min="{plain(field.minimum)}"')
    if field.maximum is not None:
        bounds.append(f'max="{plain(field.maximum)}"')
    if field.max_length is not None:
        bounds.append(f"maxlength={field.max_length}")
    if field.min_length > 1:
        bounds.append(f"minlength={field.min_length}")
    return bounds + _shape(field)


def _shape(field: FieldPlan) -> list[str]:
    """What an answer looks like, beyond its size."""
    if field.pattern and _macro(field) == "line":
        like = examples(field.pattern, field.min_length, field.max_length or 0, 1)[0]
        return [f"pattern={jinja(written(field.pattern))}", f"title={jinja(f'like {like}')}"]
    if field.kind is FieldKind.IMAGE:
        return [f'accept="{ACCEPTED_IMAGES}"']
    return [f"options={options(field)}"] if field.kind is FieldKind.CHOICE else []


def options(field: FieldPlan) -> str:
    """The pairs of value and words that a choice or a yes/no can be, as a Jinja list."""
    pairs = [("yes", "Yes"), ("no", "No")]
    if field.kind is FieldKind.CHOICE:
        pairs = list(zip(field.choices, field.labels or field.choices, strict=True))
    return f"[{', '.join(f'({jinja(value)}, {jinja(label)})' for value, label in pairs)}]"


def cell(field: FieldPlan, states: StatesPlan | None = None) -> str:
    """The expression that shows the field of `row`."""
    value = f"row.{field.name}"
    if states and field.name == states.field.name:
        return f"show.status({value})"
    shown = {
        FieldKind.MONEY: f"{value} | money({jinja(field.currency)})",
        FieldKind.EMAIL: f'show.link({value}, "mailto:")',
        FieldKind.PHONE: f'show.link({value}, "tel:")',
        FieldKind.LINK: f"show.link({value})",
        FieldKind.CHOICE: f"show.badge({value})",
        FieldKind.LONG_TEXT: f"show.prose({value})",
        FieldKind.IMAGE: f'show.picture({value}, files ~ "{field.name}")',
        FieldKind.FILE: f'show.file({value}, files ~ "{field.name}")',
    }
    return shown.get(field.kind, f"{value} | plain")
