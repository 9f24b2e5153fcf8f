"""Sentences that say who may do what, as rules of an interview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.contracts import ANYONE, MEMBERS, InterviewRule
from flows.language import deeds, statuses, verbs
from flows.language.chains import with_subject
from flows.language.conditions import narrowed
from flows.language.deeds import Doing, Statuses, statuses_of
from flows.language.gaps import Gaps, Saying
from flows.language.names import Names, key
from flows.language.parsing import parse
from flows.language.reading import RulesReading
from flows.language.rule_parts import joined_deeds, sentences_of
from flows.language.rule_tagging import RuleNames, RuleTagger
from flows.language.rule_tree import Deed, Rows, Spoken, build_rule
from flows.language.tokens import MOST_TOKENS, tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.contracts import InterviewEntity, RuleAction
    from flows.language.tokens import Token

_TOO_LONG = "This sentence is too long to be read: divide it into several?"
_PART = "This part is not used: a rule says who may do what with which things, and in which status."
_WHO = "Who may do this? Write it like 'The office can confirm a booking'."
_TIMES = frozenset({"after", "before", "when", "while", "whenever"})
"""What may tell a time of day as well as a condition."""
_STATING = frozenset({"have", "has", "belong", "belongs", "keep", "keeps", "contain", "include", "includes"})
"""Verbs that tell what a thing is, whoever its subject."""
_PEOPLE = frozenset({"ROLE", "ANYONE", "MEMBERS", "NOBODY"})
_ORDER: tuple[RuleAction, ...] = ("see", "create", "edit", "delete", "change status")


def read_rules(
    sentences: Sequence[str], *, entities: Sequence[InterviewEntity], people: Sequence[str]
) -> RulesReading:
    """The rules that sentences say of these entities; `people` as the interview spells them."""
    reader = RuleReader(entities, people)
    gaps = Gaps()
    rules: list[InterviewRule] = []
    for index, text in enumerate(sentences):
        saying = Saying.of(index, text)
        rules += reader.read(saying, gaps)
    return RulesReading(
        rules=tuple(rules), unread=tuple((int(gap.saying.place), gap.unread) for gap in gaps.listed())
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """One verb done to the rows of one entity."""

    entity: str
    doing: Doing
    rows: Rows


def is_rule(raw: Sequence[Token], names: Names, text: str) -> bool:
    """Whether a sentence says who may do what, and not what a thing is or has."""
    tokens = RuleTagger(raw, RuleNames(names=names, statuses={}), text).run()
    idle = {"ARTICLE", "ALL", "ONLY", "SEP", "OR", "ITS"}
    kinds = [token.type for token in tokens if token.type not in idle]
    if not kinds or any(token.low in _STATING for token in tokens if token.type in {"WORD", "VERB"}):
        return False
    acting = [at for at, kind in enumerate(kinds) if kind not in _PEOPLE]
    if acting and acting[0] > 0:
        return kinds[acting[0]] in {"CAN", "CANNOT", "VERB"}
    if "GOES" in kinds:
        return "FROM" in kinds and "TO" in kinds
    told = kinds[:4] in (["THING", "CANNOT", "BE", "DONE"], ["IT", "CANNOT", "BE", "DONE"])
    may = kinds[:4] in (["THING", "CAN", "BE", "DONE"], ["IT", "CAN", "BE", "DONE"])
    return told or (
        may and bool({"BY", "WHEN"} & set(kinds) or any(token.type == "ONLY" for token in tokens))
    )


class RuleReader:
    """Reads rules about the entities of one interview."""

    def __init__(self, entities: Sequence[InterviewEntity], people: Sequence[str]) -> None:
        self.entities = tuple(entities)
        self.names = Names((entity.name for entity in entities), people)
        self.statuses: dict[str, Statuses] = {entity.name: statuses_of(entity) for entity in entities}
        self.listed = ", ".join(list(self.statuses)[:10])
        spelled = {key(status): status for found in self.statuses.values() for status in found.choices}
        self.known = RuleNames(names=self.names, statuses=spelled)

    def read(self, saying: Saying, gaps: Gaps, *, about: str | None = None) -> list[InterviewRule]:
        """The rules of one sentence; `about`: the thing that `it` means before one is named."""
        return self.read_tokens(saying, gaps, tokenise(saying.text, saying.start, saying.end), about=about)

    def read_tokens(
        self, saying: Saying, gaps: Gaps, raw: Sequence[Token], *, about: str | None = None
    ) -> list[InterviewRule]:
        """The rules of a sentence that is divided into tokens already."""
        if len(raw) > MOST_TOKENS:
            gaps.whole(saying, _TOO_LONG)
            return []
        if all(token.type == "STOP" for token in raw):
            return []
        raw = raw if about is None else with_subject(raw)
        own = Gaps()
        made: list[InterviewRule] = []
        for tokens in sentences_of(joined_deeds(RuleTagger(raw, self.known, saying.text).run())):
            parsed = parse(tokens, "rule")
            spoken = build_rule(parsed.tree, parsed.kept) if parsed.tree is not None else None
            if spoken is not None:
                reading = _Reading(self, saying, own, about)
                made += reading.rules(spoken)
                about = reading.about
            own.cut(saying, parsed.cut, tokens, _PART)
            if _says_less(spoken, parsed.cut):
                made = []
                break
        if made:
            gaps.found += own.found
        else:
            near = own.found[0].nearest if own.found else _PART
            gaps.whole(saying, near if near != _PART else self._nearest(raw, saying.text))
        return made

    def _nearest(self, raw: Sequence[Token], text: str) -> str:
        """What is missing: somebody, a thing, or a verb."""
        tokens = RuleTagger(raw, self.known, text).run()
        kinds = {token.type for token in tokens}
        people = ", ".join(self.names.people.values()) or "members"
        if not kinds & {"THING", "EVERYTHING", "IT"}:
            return f"Which of the things is this about: {self.listed}?"
        if not kinds & _PEOPLE:
            return f"Who may do this? The people who use it are: {people}."
        return f"Did you mean '{people} can see, create, edit or delete' one of: {self.listed}?"


def _says_less(spoken: Spoken | None, cut: Sequence[Token]) -> bool:
    """Whether the founder said less than what is left without these words.

    So it is with `only when`, `as paid`, `except …`, and with any word when everybody would be let in.
    """
    everybody = spoken is not None and not spoken.actors.who and spoken.allowed
    return any(
        everybody
        or token.type in {"AS", "THAT_ARE", "ONLY"}
        or token.low == "except"
        or (token.type == "WHEN" and token.low not in _TIMES)
        for token in cut
    )


class _Reading:
    """One sentence against the names of an interview."""

    def __init__(self, reader: RuleReader, saying: Saying, gaps: Gaps, about: str | None) -> None:
        self.reader, self.saying, self.gaps, self.about = reader, saying, gaps, about
        self.lost = False
        """Whether a condition could not be held: then nothing of the rule is."""

    def rules(self, spoken: Spoken) -> list[InterviewRule]:
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
            rule = InterviewRule.model_validate(
                said
                | {
                    "actions": act.doing.actions,
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
        return (self.about,)

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
