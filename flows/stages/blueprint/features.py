"""What people do, by the verbs of a wish: the words that mean to list, see, enter, change or delete."""

from __future__ import annotations

from typing import Literal, TypeAlias

Action: TypeAlias = Literal["list", "detail", "create", "edit", "delete"]
ACTIONS: tuple[Action, ...] = ("list", "detail", "create", "edit", "delete")

_VERBS: dict[Action, str] = {
    "list": "list browse search find see sees overview look looks filter plan show know which follow track",
    "detail": "view read open opens show detail details see check follow",
    "create": "add create apply ask book borrow buy collect comment enter give invite keep lend log make "
    "note offer open order pick plan post propose publish rate record register rent report request reserve "
    "review schedule sell send share submit suggest take tell track upload write",
    "edit": "edit change update correct confirm decline cancel mark move assign close approve accept "
    "reject finish complete return extend reschedule rename set adjust maintain manage reply answer",
    "delete": "delete remove erase discard",
}
_ACTIONS_OF = {action: frozenset(verbs.split()) for action, verbs in _VERBS.items()}
_SEEING = _ACTIONS_OF["list"] | _ACTIONS_OF["detail"]
# Done to a thing that has such a status, these change it; done to another, they are no edit of its fields.
_MOVING = "confirm decline cancel close approve accept reject finish complete return publish start"
_MOVES = frozenset(_MOVING.split())
# A verb may say several things; the first one of these is what a wish most likely means by it.
_DEEDS = (
    ("delete", _ACTIONS_OF["delete"]),
    ("edit", _ACTIONS_OF["edit"] - _MOVES),
    ("create", _ACTIONS_OF["create"] - _MOVES),
    ("see", _SEEING),
)


def deed(verb: str) -> str | None:
    """What a verb does to a row: see, create, edit or delete; None when it is none of these verbs."""
    return next((action for action, verbs in _DEEDS if verb in verbs), None)
