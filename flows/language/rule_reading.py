"""The tree of a rule against the names of an interview: who does what with which rows, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import ANYONE, MEMBERS, InterviewRule
from flows.language import deeds, statuses, verbs
from flows.language.conditions import narrowed
from flows.language.deeds import Doing, Statuses
from flows.language.rule_tree import Deed, Rows, Spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.contracts import RuleAction
    from flows.language.gaps import Gaps, Saying
    from flows.language.rules import RuleReader
    from flows.language.tokens import Token

_WHO = "Who may do this? Write it like 'The office can confirm a booking'."
_APART = "A {} does not belong to a {}, so it does not tell whose it is. May they do this with all of them?"
_ORDER: tuple[RuleAction, ...] = ("see", "create", "edit", "delete", "change status")
_CHANGING: tuple[RuleAction, ...] = ("create", "edit", "delete", "change status")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """One verb done to the rows of one entity."""

    entity: str
    doing: Doing
    rows: Rows


class Reading:
    """One sentence against the names of an interview."""

    def __init__(self, reader: RuleReader, saying: Saying, gaps: Gaps, about: str | None) -> None:
        self.reader, self.saying, self.gaps, self.about = reader, saying, gaps, about
        self.lost = False
        """Whether a condition could not be held: then nothing of the rule is."""

    def rules(self, spoken: Spoken) -> list[InterviewRule]:
        """The rules that it comes to; none when a condition of it cannot be held."""
        named = [spoken.actors.of, *(token for part in spoken.conditions for token in part.tokens)]
        self.about = next((token.value for token in named if token and token.type == "THING"), self.about)
        nobody = any(token.type == "NOBODY" for token in spoken.actors.who)
        who = tuple(dict.fromkeys(token.value for token in spoken.actors.who if token.type != "NOBODY"))
        allowed = spoken.allowed and not nobody
        goes = any(verb.type == "GOES" for deed in spoken.deeds for verb in deed.verbs)
        said = {
            "who": who or (() if goes else (MEMBERS,) if allowed else (ANYONE,)),
            "allowed": allowed,
            "only": spoken.actors.only,
            "because": self.saying.words,
        }
        made: list[InterviewRule] = []
        if spoken.obliges:
            self.gaps.whole(self.saying, _WHO)
            return made
        for act in self._acts(spoken):
            actions = act.doing.actions
            if not allowed and actions == ("edit",) and act.rows.thing.type == "EVERYTHING":
                actions = _CHANGING  # "fans cannot change anything"
            rule = InterviewRule.model_validate(
                said
                | {
                    "actions": actions,
                    "entity": act.entity,
                    "own": act.rows.own or spoken.actors.own,
                    "statuses": self._statuses(act, spoken),
                    "verb": act.doing.verb,
                    "to_status": act.doing.to_status,
                }
            )
            _join(made, rule)
        return [] if self.lost else made

    def _acts(self, spoken: Spoken) -> Iterator[_Act]:
        rows: tuple[Rows, ...] = ()
        later = [deed.rows for deed in spoken.deeds if deed.rows]
        for deed in spoken.deeds:
            rows = deed.rows or rows or (later[0] if later else ())
            if not rows:
                yield from self._made_by(deed)
            for row in rows:
                for verb in deed.verbs:
                    yield from self._done(deed, verb, row)

    def _made_by(self, deed: Deed) -> Iterator[_Act]:
        """`Members can review`: what the verb makes is the thing."""
        for verb in deed.verbs:
            made = self._makes(verb.value)
            if made is None:
                self.gaps.note(
                    self.saying,
                    deed.tokens,
                    f"With which of the things may this be done: {self.reader.listed}?",
                )
            else:
                self.about = made
                yield _Act(entity=made, doing=Doing(actions=("create",)), rows=Rows(thing=verb))

    def _done(self, deed: Deed, verb: Token, row: Rows) -> Iterator[_Act]:
        for entity in self._entities(row):
            known = self.reader.statuses[entity]
            made = self._makes(verb.value)
            if verb.type == "VERB" and made not in {None, entity} and verb.value not in verbs.FIRM:
                yield _Act(entity=made or entity, doing=Doing(actions=("create",)), rows=Rows(thing=verb))
                continue
            for doing in self._doings(deed, verb, row, entity):
                begun = self._begun(verb.value, entity) if doing is None and not deed.targets else None
                if begun is not None:
                    yield _Act(entity=begun, doing=Doing(actions=("create",)), rows=Rows(thing=verb))
                elif doing is None:
                    self.gaps.note(self.saying, (verb, *row.tokens), self._no_such(verb.value, entity, known))
                else:
                    yield _Act(entity=entity, doing=doing, rows=row)

    def _doings(self, deed: Deed, verb: Token, row: Rows, entity: str) -> Iterator[Doing | None]:
        for token in deed.targets:
            target = self.reader.statuses[entity].spelled(token.value)
            if target is None:
                yield None
            else:
                yield deeds.gone(target) if verb.type == "GOES" else deeds.moved(verb.value, target)
        if not deed.targets:
            yield self._doing(verb, row, entity)

    def _doing(self, verb: Token, row: Rows, entity: str) -> Doing | None:
        known = self.reader.statuses[entity]
        if row.thing.type == "STATUS_FIELD":
            return Doing(actions=("change status",)) if known.choices else None
        if verb.type == "DONE":
            return deeds.done(verb.value, known, entity)
        return deeds.doing(verb.value, known, entity)

    def _entities(self, row: Rows) -> tuple[str, ...]:
        if row.thing.type == "EVERYTHING":
            return tuple(self.reader.statuses)
        named = row.of or (row.thing if row.thing.type == "THING" else None)
        if named is not None:
            self.about = named.value
        if self.about is None:
            self.gaps.note(self.saying, row.tokens, "Which thing is meant?")
            return ()
        if row.within is not None and not self._leads(self.about, row.within.value):
            self.gaps.note(self.saying, row.tokens, _APART.format(self.about, row.within.value))
            return ()
        return (self.about,)

    def _leads(self, entity: str, target: str) -> bool:
        """Whether rows of the entity belong to one of the target, directly or through others."""
        seen, waiting = {entity}, [entity]
        while waiting and target not in seen:
            here = waiting.pop()
            for other in (one for one in self.reader.entities if one.name == here):
                new = [part.entity for part in other.relations if part.entity not in seen]
                seen.update(new)
                waiting += new
        return target in seen

    def _makes(self, verb: str) -> str | None:
        forms = (f"{verb}ing", f"{verb.removesuffix('e')}ing", f"{verb}ation", verb)
        return next(filter(None, map(self.reader.names.thing, forms)), None)

    def _begun(self, verb: str, about: str) -> str | None:
        """What begins by it: `reserve a machine` enters a hire of one, which begins as reserved."""
        found = [
            entity.name
            for entity in self.reader.entities
            if any(relation.entity == about for relation in entity.relations)
            and statuses.reached_by(verb, tuple(filter(None, [self.reader.statuses[entity.name].initial])))
        ]
        return found[0] if len(found) == 1 else None

    def _statuses(self, act: _Act, spoken: Spoken) -> tuple[str, ...]:
        """The statuses in which it holds, in the entity's order."""
        known = self.reader.statuses[act.entity]
        found: tuple[str, ...] = ()
        for token in act.rows.statuses:
            status = known.spelled(token.value)
            if status is None:
                self.gaps.note(self.saying, (token,), self._no_such(token.value, act.entity, known))
            elif status != act.doing.to_status:
                found = (*found, status)
        for condition in spoken.conditions:
            said = [known.spelled(token.value) for token in condition.statuses]
            if None in said:
                self.gaps.note(self.saying, condition.tokens, self._no_such("", act.entity, known))
                self.lost = True
                continue
            changes = act.doing.to_status is not None
            narrow = narrowed(
                condition, [status for status in said if status], known.choices, changes=changes
            )
            found = tuple(status for status in narrow if not found or status in found)
        return tuple(status for status in known.choices if status in found)

    def _no_such(self, said: str, entity: str, known: Statuses) -> str:
        if known.choices:
            return f"The statuses of {entity} are: {', '.join(known.choices)}. Which one is meant?"
        return f"{entity} has no status: which ones can it have?" if said else f"{entity} has no status."


def _join(made: list[InterviewRule], rule: InterviewRule) -> None:
    """Keep a rule; actions on the same rows, said of the same people, are one rule."""
    for at, other in enumerate(made):
        plain = other.to_status is None and rule.to_status is None and not (other.verb or rule.verb)
        if plain and other.model_copy(update={"actions": rule.actions}) == rule:
            actions = {*other.actions, *rule.actions}
            made[at] = rule.model_copy(
                update={"actions": tuple(action for action in _ORDER if action in actions)}
            )
            return
    if rule not in made:
        made.append(rule)
