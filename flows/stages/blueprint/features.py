"""Which wish speaks of which entity, and of doing what with it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from flows.language.words import mentions, stems

Action: TypeAlias = Literal["list", "detail", "create", "edit", "delete"]
ACTIONS: tuple[Action, ...] = ("list", "detail", "create", "edit", "delete")

_VERBS: dict[Action, str] = {
    "list": "list browse search find see sees overview look looks filter plan show know which",
    "detail": "view read open opens show detail details see check",
    "create": "add create request register record book enter submit write order report open plan lend "
    "borrow rent schedule post propose make take review keep tell note",
    "edit": "edit change update correct confirm decline cancel mark move assign close approve accept "
    "reject finish complete return extend reschedule rename set",
    "delete": "delete remove erase discard",
}
_ACTIONS_OF = {action: frozenset(verbs.split()) for action, verbs in _VERBS.items()}


def asks_for(sentence: str, action: Action) -> bool:
    """Whether a sentence holds a verb of that action."""
    return not _ACTIONS_OF[action].isdisjoint(stems(sentence))


def asking(features: tuple[str, ...], name: str, action: Action) -> str | None:
    """The first wish that asks for the action on the named entity."""
    return next((wish for wish in features if mentions(wish, name) and asks_for(wish, action)), None)
