"""What sentences say about who may do what, as rules of an interview."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flows.contracts import ADMIN, MEMBERS, FieldKind, InterviewRule
from flows.contracts.interview import RuleAction
from flows.language.prose.archetypes import usual_fields
from flows.language.prose.people import SERVING, STAFF, is_staff
from flows.language.prose.verbs import ANSWERING, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.language.prose.cast import Cast
    from flows.language.prose.sketch import Sketch, Thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Permission:
    """One role may do one thing with things of a sort."""

    role: str
    action: RuleAction
    thing: str
    because: str
    own: bool = False
    verb: str = ""
    to_status: str | None = None
    statuses: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Permissions:
    """What was said, in its order, nothing twice."""

    _said: dict[tuple[str, str, str, str, bool], Permission] = field(default_factory=dict)

    def add(self, permission: Permission) -> None:
        """Take one in; what is for all rows makes the one for own rows needless."""
        place = (permission.role, permission.action, permission.thing, permission.verb, permission.own)
        self._said.setdefault(place, permission)

    def rules(self, sketch: Sketch, cast: Cast) -> tuple[InterviewRule, ...]:
        """As rules; only for things whose rows are somebody's or whose statuses somebody changes."""
        made = []
        for thing in sketch.things.values():
            about = [permission for permission in self._said.values() if permission.thing == thing.key]
            made += list(_rules(thing, about, cast))
        return tuple(made)


def _rules(thing: Thing, about: list[Permission], cast: Cast) -> Iterator[InterviewRule]:
    private = thing.archetype.sort == "deed"
    creating = {one.role: one for one in about if one.action == "create"}
    seeing = {one.role: one for one in about if one.action == "see" and not one.own}
    own = {one.role: one for one in about if one.action == "see" and one.own and one.role not in seeing}
    if private:
        # What those who serve write of others is for the others too.
        anybody = not any(_is_served(role) for role in cast.roles)
        alone = anybody or (_is_account(thing) and any(map(is_staff, cast.roles)))
        served = (one for role, one in creating.items() if (alone or _is_served(role)) and role not in seeing)
        own |= {one.role: replace(one, action="see", own=not is_staff(one.role)) for one in served}
        # Who answers them has to see them, whatever has become of them.
        answering = (one for one in about if one.action == "change status" and not one.own)
        seeing |= {
            one.role: replace(one, action="see", verb="", to_status=None, statuses=())
            for one in answering
            if one.role not in own | seeing
        }
    narrow = own if private else {}
    for one in about:
        if one.action != "see":
            yield _rule(one, thing, cast)
    # When nobody is said to see rows, all may: so a wish to see them is a rule only beside narrower ones.
    for one in (*narrow.values(), *(seeing.values() if narrow else ())):
        yield _rule(one, thing, cast)
    if narrow:
        yield from _answering(thing, about, creating, cast)
    if narrow and not creating:
        first = next(iter(narrow.values()))
        yield _rule(replace(first, role=_house(cast), action="create", own=False), thing, cast)


def _is_account(thing: Thing) -> bool:
    """Whether it is about money between who makes it and the house, like an invoice."""
    fields = usual_fields(thing.archetype.says)
    return any(known.kind is FieldKind.MONEY and known.required for known in fields)


def _answering(
    thing: Thing, about: list[Permission], creating: dict[str, Permission], cast: Cast
) -> Iterator[InterviewRule]:
    """Nobody confirms their own booking where somebody of the house can: unless it is said who does."""
    house = next(filter(is_staff, cast.roles), None)
    status = thing.status_field()
    if house is None or status is None or not creating or any(map(is_staff, creating)):
        return
    asked = next(iter(creating.values()))
    if all(one.role != house for one in about if one.action == "see"):
        yield _rule(replace(asked, role=house, action="see"), thing, cast)
    moved = {one.to_status for one in about if one.action == "change status"}
    for verb in ANSWERING:
        to_status = STATUSES[verb]
        if to_status in status.choices and to_status not in moved and to_status != status.default:
            answer = Permission(
                role=house,
                action="change status",
                thing=thing.key,
                because=asked.because,
                verb=verb,
                to_status=to_status,
                statuses=(status.default,) if status.default else (),
            )
            yield _rule(answer, thing, cast)


def _is_served(role: str) -> bool:
    return role == MEMBERS or role.rpartition(" ")[2] not in SERVING | STAFF


def _house(cast: Cast) -> str:
    """Who enters what others only see: whoever works for the house, else the admin."""
    return next((role for role in cast.roles if not _is_served(role)), ADMIN)


def _rule(permission: Permission, thing: Thing, cast: Cast) -> InterviewRule:
    return InterviewRule(
        who=(ADMIN if permission.role == ADMIN else cast.roles.get(permission.role, MEMBERS),),
        actions=(permission.action,),
        entity=thing.name,
        own=permission.own,
        statuses=permission.statuses,
        verb=permission.verb,
        to_status=permission.to_status,
        source="inferred",
        because=permission.because,
    )
