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


def rules_of(
    sentences: Sequence[str],
    *,
    features: Sequence[str],
    entities: Sequence[InterviewEntity],
    people: Sequence[str],
    asked: Asked,
) -> tuple[InterviewRule, ...]:
    """The rules that sentences say; what could not be read of them is asked.

    A feature that says no rule stays what it is, a wish.
    """
    reading = read_rules(sentences, entities=entities, people=people)
    for index in dict.fromkeys(index for index, _ in reading.unread):
        parts = [part for at, part in reading.unread if at == index]
        asked.ask(sentences[index], unread_question(parts, sentences[index]))
    ruling = [feature for feature in features if _RULING.search(feature)]
    return (*reading.rules, *read_rules(ruling, entities=entities, people=people).rules)
