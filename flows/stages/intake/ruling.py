"""Who may do what: the sentences under `rules`, and features that say what somebody can or cannot do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.language.rules import read_rules
from flows.stages.intake.spoken import unread_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.contracts import InterviewEntity, InterviewRule
    from flows.stages.intake.asked import Asked

# "Owners request a booking" is a wish, and says nothing of other people; these words make a rule of it.
_RULING = re.compile(
    r"\b(?:can|cannot|can['\u2019]t|may|only|never|nobody|no one|must not|mustn['\u2019]t|allowed)\b",
    re.IGNORECASE,
)

_FORBIDDING = re.compile(
    r"\b(?:cannot|can['\u2019]t|only|never|nobody|no one|must not|mustn['\u2019]t)\b", re.IGNORECASE
)


def with_rules(
    rules: Sequence[InterviewRule],
    sentences: Sequence[str],
    *,
    features: Sequence[str],
    entities: Sequence[InterviewEntity],
    people: Sequence[str],
    asked: Asked,
) -> tuple[InterviewRule, ...]:
    """These rules and those that sentences say; what could not be read of them is asked.

    A feature that says no rule stays what it is, a wish, unless it forbids something. What the grammar reads
    goes before what was proposed from the same words.
    """
    reading = read_rules(sentences, entities=entities, people=people)
    for index in dict.fromkeys(index for index, _ in reading.unread):
        parts = [part for at, part in reading.unread if at == index]
        asked.ask(sentences[index], unread_question(parts, sentences[index]))
    ruling = [feature for feature in features if _RULING.search(feature)]
    wished = read_rules(ruling, entities=entities, people=people)
    read = {rule.because for rule in wished.rules}
    for index, unread in wished.unread:
        if ruling[index] not in read and _FORBIDDING.search(ruling[index]):
            asked.ask(ruling[index], unread_question([unread], ruling[index]))
    return (*(rule for rule in rules if rule.because not in read), *reading.rules, *wished.rules)
