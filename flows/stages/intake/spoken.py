"""Things described in sentences: every sentence a statement, every part that was not read a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.language.sentences import spans
from flows.language.things import read_things
from flows.stages.intake import values
from flows.stages.intake.because import each_line, reworded
from flows.stages.intake.schema import SENTENCE_LENGTH, TEXT_LENGTH
from flows.stages.intake.statements import one_line
from flows.stages.intake.tree import Sequence as Listed
from flows.stages.intake.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.contracts import InterviewEntity, InterviewRule
    from flows.language.reading import ThingsReading, Unread
    from flows.stages.intake.asked import Asked
    from flows.stages.intake.problems import Problems
    from flows.stages.intake.statements import Statements

MAX_SENTENCES = 5000  # read at some 500 a second


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is said of one thing, with its place in the document."""

    text: str
    place: Value


def descriptions(named: Mapping[str, Value], problems: Problems) -> dict[str, Description]:
    """The text of every thing; a list becomes a text with a sentence on each line."""
    found: dict[str, Description] = {}
    for name, value in named.items():
        text = _listed(value, problems) if isinstance(value.node, Listed) else _text(value, problems)
        if text is not None:
            found[name] = Description(text=text, place=value)
    count = sum(len(spans(description.text)) for description in found.values())
    if count > MAX_SENTENCES:
        place = next(iter(named.values()))
        message = f"{count} sentences are too many"
        problems.add(place.mark, "things", message, f"Use at most {MAX_SENTENCES}, or spell things out.")
        return {}
    return found


def _text(value: Value, problems: Problems) -> str | None:
    if value.missing:
        hint = "Describe it in sentences, like: Has a name (required). Belongs to an Owner."
        problems.add(value.mark, value.where, "nothing is said of this thing", hint)
        return None
    return values.text(value, problems, limit=TEXT_LENGTH, several_lines=True)


def _listed(value: Value, problems: Problems) -> str | None:
    found = values.texts(value, problems, of="sentences", limit=SENTENCE_LENGTH)
    return "\n".join(f"- {one_line(words)}" for _, words in found) or None


class Spoken:
    """Things as they were read from sentences."""

    def __init__(self, described: Mapping[str, Description], reading: ThingsReading) -> None:
        self._described = described
        self._reading = reading
        self._things_saying: dict[str, list[str]] = {}
        self._sentences_of: dict[str, list[tuple[int, str]]] = {}
        for thing, offset, words in reading.sentences:
            self._things_saying.setdefault(words, []).append(thing)
            self._sentences_of.setdefault(thing, []).append((offset, words))

    @classmethod
    def read(
        cls,
        described: Mapping[str, Description],
        *,
        people: Sequence[str],
        known: Sequence[InterviewEntity] = (),
    ) -> Spoken:
        """Read the descriptions; `known`: entities that are spelled out, which the words add to."""
        texts = {name: description.text for name, description in described.items()}
        return cls(described, read_things(texts, people=people, known=known))

    def entities(self) -> tuple[InterviewEntity, ...]:
        """The known entities and those described, each item with the words of its statements."""
        known = self._reading.known
        return tuple(reworded(entity, self._said_of) for entity in (*known, *self._reading.entities))

    def rules(self) -> tuple[InterviewRule, ...]:
        """Who may do what, as far as descriptions say it."""
        return tuple(
            rule.model_copy(update={"because": each_line(rule.because, (rule.entity,), self._said_of)})
            for rule in self._reading.rules
        )

    def state(self, statements: Statements, asked: Asked) -> None:
        """Every sentence becomes a statement, every part of one that was not read an open question."""
        for thing, sentences in self._sentences_of.items():
            place = self._described[thing].place
            for number, (_, words) in enumerate(sentences, start=1):
                statements.add(place.mark, f"{place.where}[{number}]", self._words(thing, words))
        parts: dict[str, list[Unread]] = {}
        for thing, unread in self._reading.unread:
            words = self._words(thing, self._sentence_at(thing, unread.offset))
            parts.setdefault(words, []).append(unread)
        for words, found in parts.items():
            asked.ask(words, unread_question(found, words))

    def _sentence_at(self, thing: str, offset: int) -> str:
        before = [words for start, words in self._sentences_of.get(thing, ()) if start <= offset]
        return before[-1] if before else one_line(self._described[thing].text)

    def _said_of(self, line: str, things: Sequence[str]) -> str:
        """The words of the statement that a line stands for; `things`: who may have said it, first come."""
        saying = self._things_saying.get(line)
        if saying is None:
            return line
        return self._words(next((thing for thing in things if thing in saying), saying[0]), line)

    def _words(self, thing: str, words: str) -> str:
        """A sentence, with its thing before it when the same is said of several things."""
        return f"{thing}: {words}" if len(set(self._things_saying[words])) > 1 else words


def unread_question(parts: Sequence[Unread], sentence: str) -> str:
    """What is asked about the parts of a sentence that could not be read."""
    words = list(dict.fromkeys(part.words.rstrip(".!? ") for part in parts))
    whole = words == [sentence.rstrip(".!? ")]
    shown = "This" if whole else " and ".join(f"'{part}'" for part in words)
    return " ".join([f"{shown} could not be read.", *dict.fromkeys(part.nearest for part in parts)])
