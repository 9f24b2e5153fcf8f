"""What people do: the records that it leaves, whose things are, and who may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.contracts import MEMBERS
from flows.language.plurals import singular
from flows.language.prose import archetypes
from flows.language.prose.cast import HOUSE, is_house
from flows.language.prose.grants import Permission, Permissions
from flows.language.prose.noticing import Noticing, is_attribute
from flows.language.prose.occasions import EQUALS, MAKING, OCCASIONS
from flows.language.prose.people import SERVED, STAFF, is_staff
from flows.language.prose.sketch import Tie
from flows.language.prose.verbs import ADMINISTERING, ANSWERS, CHOOSING, MANAGING, OWNING, STATUSES

if TYPE_CHECKING:
    from flows.contracts.interview import RuleAction
    from flows.language.prose.cast import Cast
    from flows.language.prose.deeds import Deed, Said
    from flows.language.prose.occasions import Occasion
    from flows.language.prose.phrases import Phrase
    from flows.language.prose.sketch import Sketch, Thing

_TIES = ("with", "for", "from", "at", "in", "on", "to", "of")
_VIEWING = frozenset({"see", "view", "check", "look", "oversee", "monitor", "overview"})
_CHANGING: tuple[RuleAction, ...] = ("create", "edit", "delete")


_JUDGING = frozenset({"review", "rate", "vote", "answer"})
"""Done to a record that somebody else made, these make no record of their own."""
_ONLY_USUAL = frozenset({"invited", "sent", "filled", "returned"})
"""Statuses of things that know them; done to others, the verb means something else."""


class Acting:
    """Adds to a sketch what the deeds of sentences mean."""

    def __init__(self, sketch: Sketch, cast: Cast, noticing: Noticing, spoken: frozenset[str]) -> None:
        self._sketch, self._cast, self._noticing, self._spoken = sketch, cast, noticing, spoken
        self.permissions = Permissions()

    def act(self, said: Said) -> None:
        """The deeds of one sentence; what is not done means nothing."""
        for deed in said.deeds:
            if deed.negated or deed.verb == "have":
                continue
            roles = self._roles(deed)
            self._chosen(deed, said)
            records = self._records(deed, said)
            for record in records:
                self._made(record, roles, said)
            if deed.verb in STATUSES or deed.becomes:
                self._moved(deed, roles, said)
            made = bool(records) and deed.verb in OCCASIONS
            if not made and (deed.verb not in STATUSES or deed.verb in OWNING):
                self._owned(deed, roles, said)
            if deed.verb == "assign":
                self._assigned(deed, said)
            self._seen(deed, roles, said)
        self._listed(said)

    def _listed(self, said: Said) -> None:
        """`Players, tournaments and matches`: people who stand in a list and do nothing are kept."""
        for at, phrase in enumerate(said.phrases):
            in_list = phrase.joined or any(following.joined for following in said.phrases[at + 1 : at + 2])
            if (
                in_list
                and phrase.many
                and phrase.preposition in {"", ":"}
                and self._cast.role_of(phrase) is None
            ):
                self._person(phrase, said)

    def _roles(self, deed: Deed) -> tuple[str, ...]:
        """Keys of the roles that do it; MEMBERS for everybody, () when it is not said who."""
        if deed.everybody:
            return (MEMBERS,)
        if deed.house:
            return (HOUSE,) if HOUSE in self._cast.roles else ()
        found = (self._cast.role_of(subject) for subject in deed.subjects)
        return tuple(dict.fromkeys(role for role in found if role is not None))

    def _chosen(self, deed: Deed, said: Said) -> None:
        """Who is found, booked or looked after is worth a row."""
        if deed.verb in CHOOSING or deed.verb in {"keep", "track"}:
            for phrase in deed.direct:
                self._person(phrase, said)
        if deed.verb in OCCASIONS:
            for phrase in deed.tied("with"):
                self._person(phrase, said)

    def _person(self, phrase: Phrase, said: Said) -> Thing | None:
        """People as a thing, when a phrase names some that are no staff of the house."""
        if not self._cast.names_person(phrase) or phrase.head in STAFF or is_house(phrase):
            return None
        role = self._cast.role_of(phrase)
        name = singular(self._cast.roles[role]) if role else phrase.nouns[-1]
        return self._sketch.add(name, archetypes.of_person(phrase.head), said.words)

    def _records(self, deed: Deed, said: Said) -> list[Thing]:
        """What the verb leaves behind, tied to what it was done to."""
        named = self._named_records(deed, said)
        if named and deed.verb in _JUDGING:
            return []
        for record in named:
            self._tie(record, deed, [], said)
        if named:
            return named
        occasion = self._occasion(deed)
        if occasion is None:
            return []
        done_to = [phrase for phrase in deed.direct if self._fits(phrase, occasion, said)]
        done_to = done_to or [phrase for phrase in deed.tied(*_TIES) if self._fits(phrase, occasion, said)]
        of_house = occasion.noun == "review" and any(is_house(phrase) for phrase in deed.direct)
        if not done_to and not of_house and not (occasion.alone and not deed.objects):
            return []
        made = self._new_record(occasion, done_to, said)
        if made is None:
            return []
        self._tie(made, deed, done_to, said)
        return [made]

    def _occasion(self, deed: Deed) -> Occasion | None:
        money = any(phrase.head == "money" for phrase in deed.direct)
        return OCCASIONS.get("donate" if money and deed.verb in {"give", "contribute"} else deed.verb)

    def _named_records(self, deed: Deed, said: Said) -> list[Thing]:
        """`make a reservation`, `book an appointment`: the record is said itself."""
        if deed.verb not in MAKING and deed.verb not in OCCASIONS:
            return []
        found = (self._noticing.thing(phrase, said) for phrase in deed.direct)
        return [thing for thing in found if thing is not None and thing.archetype.is_deed]

    def _is(self, thing: Thing | None, phrase: Phrase) -> bool:
        return thing is not None and self._sketch.find(phrase.name) is thing

    def _fits(self, phrase: Phrase, occasion: Occasion, said: Said) -> bool:
        """Whether the verb is done to something that leaves such a record."""
        if self._says_of(phrase) or (occasion.tied_by and phrase.preposition not in occasion.tied_by):
            return False
        person = self._cast.names_person(phrase)
        if occasion.only_of is not None:
            thing = self._noticing.thing(phrase, said)
            return thing is not None and not occasion.only_of.isdisjoint(
                (phrase.head, *thing.archetype.nouns)
            )
        return person or self._noticing.thing(phrase, said, kept_by=occasion.noun) is not None

    def _says_of(self, phrase: Phrase) -> bool:
        """Whether a noun only says something of a thing; a work day that is planned does not."""
        return self._sketch.find(phrase.name) is None and is_attribute(phrase)

    def _new_record(self, occasion: Occasion, done_to: list[Phrase], said: Said) -> Thing | None:
        """By the noun that the text uses for it, else the usual one."""
        noun = next((noun for noun in occasion.also if noun in self._spoken), occasion.noun)
        if noun == "rental" and all(self._cast.names_person(phrase) for phrase in done_to):
            noun = "booking"
        return self._sketch.add(noun, archetypes.of_noun(noun), said.words)

    def _tie(self, record: Thing, deed: Deed, done_to: list[Phrase], said: Said) -> None:
        for phrase in done_to:
            self._tie_to(record, phrase, said, required=len(done_to) == 1)
        for phrase in deed.tied(*_TIES):
            if phrase not in done_to:
                self._tie_to(record, phrase, said, required=False)

    def _tie_to(self, record: Thing, phrase: Phrase, said: Said, *, required: bool) -> None:
        if self._cast.names_person(phrase):
            person = self._person(phrase, said)
            if person is not None:
                record.tie(
                    Tie(to=person.key, name=person.key, because=said.words, required=required, is_person=True)
                )
            return
        thing = None if self._says_of(phrase) else self._noticing.thing(phrase, said)
        if thing is not None and not self._is(record, phrase):
            record.tie(Tie(to=thing.key, name=thing.key, because=said.words, required=required))

    def _made(self, record: Thing, roles: tuple[str, ...], said: Said) -> None:
        """Whose record it is, and that they may make it."""
        for role in roles:
            if not is_staff(role):
                self._belongs(record, role, said, required=len(roles) == 1)
            self.permissions.add(Permission(role=role, action="create", thing=record.key, because=said.words))

    def _belongs(self, thing: Thing, role: str, said: Said, *, required: bool) -> None:
        if role in {MEMBERS, thing.key}:
            return
        name = role.rpartition(" ")[2]
        thing.tie(Tie(to=role, name=name, because=said.words, required=required, is_person=True))

    def _owned(self, deed: Deed, roles: tuple[str, ...], said: Said) -> None:
        """Whose things are, and who looks after all of them."""
        for phrase in deed.direct:
            thing = self._sketch.find(phrase.name)
            if thing is None or thing.archetype.sort != "thing" or not self._names(phrase):
                continue
            for role in roles:
                own = phrase.own or role in SERVED or deed.verb not in {"keep", "track", "record", "log"}
                if deed.verb in OWNING and own and not is_staff(role):
                    self._belongs(thing, role, said, required=len(roles) == 1)
                    self._may(role, thing, said, own=True)
                elif deed.verb in OWNING and own and role != MEMBERS:
                    self._may(role, thing, said, own=False)
                elif deed.verb in MANAGING and len(self._cast.roles) > 1 and role != MEMBERS:
                    own = phrase.own or (not is_staff(role) and deed.verb not in ADMINISTERING)
                    self._may(role, thing, said, own=own)
                    if own:
                        self._belongs(thing, role, said, required=True)

    def _assigned(self, deed: Deed, said: Said) -> None:
        """`assigns tasks to employees`: a task leads to an employee."""
        for phrase in deed.direct:
            for receiver in deed.tied("to"):
                what, whom = (receiver, phrase) if self._cast.names_person(phrase) else (phrase, receiver)
                thing = self._noticing.thing(what, said, kept_by="assign")
                if thing is not None:
                    self._tie_to(thing, whom, said, required=False)

    def _names(self, phrase: Phrase) -> bool:
        """Whether a phrase names a thing rather than people or what is said of one."""
        return not self._says_of(phrase) and not self._cast.names_person(phrase)

    def _may(self, role: str, thing: Thing, said: Said, *, own: bool) -> None:
        if role == MEMBERS:
            return  # what everybody may is what holds when nothing is said
        for action in _CHANGING:
            narrowed = own and action != "create"
            self.permissions.add(
                Permission(role=role, action=action, thing=thing.key, because=said.words, own=narrowed)
            )

    def _moved(self, deed: Deed, roles: tuple[str, ...], said: Said) -> None:
        """A verb like `confirm` moves a thing, or the record that was made of it, to another status."""
        for phrase in deed.direct:
            moved = self._with_status(phrase, deed.becomes or STATUSES[deed.verb], said)
            if moved is None:
                continue
            target, status = moved
            for role in roles or ():
                self.permissions.add(self._move(role, deed, target, status, said, own=phrase.own))

    def _move(self, role: str, deed: Deed, thing: Thing, status: str, said: Said, *, own: bool) -> Permission:
        field = thing.status_field()
        first = field.default if field is not None else None
        return Permission(
            role=role,
            action="change status",
            thing=thing.key,
            because=said.words,
            own=own,
            verb="" if deed.becomes else deed.verb,
            to_status=status,
            statuses=(first,) if first and deed.verb in ANSWERS else (),
        )

    def _with_status(self, phrase: Phrase, status: str, said: Said) -> tuple[Thing, str] | None:
        """What gets the status, and how it is spelled there; the thing itself before its records."""
        person = self._cast.role_of(phrase) or (phrase.head if self._cast.names_person(phrase) else None)
        thing = None if person else self._noticing.thing(phrase, said)
        wanted = person or (thing.key if thing is not None else "")
        records = [other for other in self._sketch.things.values() if wanted in other.ties]
        candidates = [thing, *records] if thing is not None else records
        meanings = EQUALS.get(status, (status,))
        for candidate in candidates:
            field = candidate.status_field()
            known = [meaning for meaning in meanings if field is not None and meaning in field.choices]
            if known:
                return candidate, known[0]
        for candidate in candidates if thing is not None else ():
            asked = candidate.archetype.is_deed or candidate.archetype is archetypes.UNKNOWN
            if asked and status not in _ONLY_USUAL:
                candidate.statuses.setdefault(status, said.words)
                return candidate, status
        return None

    def _seen(self, deed: Deed, roles: tuple[str, ...], said: Said) -> None:
        if deed.verb not in _VIEWING:
            return
        for phrase in deed.direct:
            thing = self._sketch.find(phrase.name)
            if thing is None:
                continue
            for role in roles:
                if phrase.own and thing.archetype.sort != "person":
                    self._belongs(thing, role, said, required=False)
                self.permissions.add(
                    Permission(role=role, action="see", thing=thing.key, because=said.words, own=phrase.own)
                )
