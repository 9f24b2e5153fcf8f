"""Sentences that say who may do what, as rules of an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.chains import with_subject
from flows.language.deeds import Statuses, statuses_of
from flows.language.gaps import Gaps, Saying
from flows.language.names import Names, key
from flows.language.parsing import parse
from flows.language.reading import RulesReading
from flows.language.rule_parts import joined_deeds, sentences_of
from flows.language.rule_reading import Reading
from flows.language.rule_tagging import RuleNames, RuleTagger
from flows.language.rule_tree import Spoken, build_rule
from flows.language.tokens import MOST_TOKENS, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.contracts import InterviewEntity, InterviewRule
    from flows.language.tokens import Token

_TOO_LONG = "This sentence is too long to be read: divide it into several?"
_PART = "This part is not used: a rule says who may do what with which things, and in which status."
_TIMES = frozenset({"after", "before", "when", "while", "whenever"})
"""What may tell a time of day as well as a condition."""
_STATING = frozenset({"have", "has", "belong", "belongs", "keep", "keeps", "contain", "include", "includes"})
"""Verbs that tell what a thing is, whoever its subject."""
_PEOPLE = frozenset({"ROLE", "ANYONE", "MEMBERS", "NOBODY"})


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
                reading = Reading(self, saying, own, about)
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

    So it is with `only when`, `as paid`, `except …`, and with any word when everybody would be let in, or
    somebody would be forbidden more.
    """
    broad = spoken is not None and (not spoken.actors.who or not spoken.allowed)
    return any(
        broad
        or token.type in {"AS", "THAT_ARE", "ONLY"}
        or token.low in {"except", "neither"}
        or (token.type == "WHEN" and token.low not in _TIMES)
        for token in cut
    )
