"""An interview that describes no things: what its sentences suggest, to be confirmed at the gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.language.prose import propose
from flows.language.sentences import sentences
from flows.stages.intake.because import each_line, reworded
from flows.stages.intake.statements import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.language.prose import Proposal
    from flows.stages.intake.asked import Asked
    from flows.stages.intake.values import Value

DESCRIBING = ("things", "entities")


def is_prose(said: Mapping[str, Value]) -> bool:
    """Whether an interview leaves it to us what the product keeps."""
    return not any(key in said for key in DESCRIBING)


def said_in(text: str) -> tuple[str, ...]:
    """The sentences of a text; a text without a word is one."""
    return tuple(words for _, words in sentences(text)) or (one_line(text),)


def proposal_of(
    *, name: str, idea: str, problem: str, features: Sequence[str], people: Sequence[str], asked: Asked
) -> Proposal:
    """What the texts suggest, by statements; a sentence that nothing was made of is asked about."""
    proposal = propose(name=name, idea=idea, problem=problem, features=features, people=people)
    for _, unread in proposal.unread:
        asked.ask(unread.words, unread.nearest)
    whole = {words: feature for feature in features for _, words in sentences(feature)}

    def statement(line: str, _: tuple[str, ...]) -> str:
        """A feature is one statement, however many sentences it has."""
        return whole.get(line, line)

    return replace(
        proposal,
        entities=tuple(reworded(entity, statement) for entity in proposal.entities),
        rules=tuple(
            rule.model_copy(update={"because": each_line(rule.because, (), statement)})
            for rule in proposal.rules
        ),
    )
