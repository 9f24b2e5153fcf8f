"""The founder's language: the words of English that the stages need, and the grammar of what they say."""

from flows.language.changes import apply_changes
from flows.language.reading import ChangesReading, RulesReading, ThingsReading, Unread
from flows.language.rules import read_rules
from flows.language.sentences import sentences
from flows.language.things import read_things

__all__ = [
    "ChangesReading",
    "RulesReading",
    "ThingsReading",
    "Unread",
    "apply_changes",
    "read_rules",
    "read_things",
    "sentences",
]
