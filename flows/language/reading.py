"""What reading the founder's words gives: the items that were understood, and every word that was not."""

from __future__ import annotations

from dataclasses import dataclass

from flows.contracts import Interview, InterviewEntity, InterviewRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """A sentence, or the part of one, that could not be used."""

    words: str
    """The part, on one line."""
    nearest: str
    """The nearest meaning we see, one sentence like "Did you mean 'required'?"."""
    offset: int
    """Characters from the start of the text that was given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ThingsReading:
    """Things described in sentences, as entities."""

    entities: tuple[InterviewEntity, ...]
    """In the order given, without those that were known; every `has many` turned round to a `belongs to`."""
    known: tuple[InterviewEntity, ...]
    """The entities that were there already, with what these sentences say of them."""
    rules: tuple[InterviewRule, ...]
    """Who may do what, said in the middle of a description."""
    unread: tuple[tuple[str, Unread], ...]
    """(thing, part)."""
    sentences: tuple[tuple[str, int, str], ...]
    """(thing, offset, words) of every sentence, in order; `because` of the items repeats the words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RulesReading:
    """Sentences that say who may do what."""

    rules: tuple[InterviewRule, ...]
    unread: tuple[tuple[int, Unread], ...]
    """(index of the sentence, part); its offset counts from the start of that sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangesReading:
    """Changes asked for in sentences, made to an interview."""

    interview: Interview
    changed: tuple[str, ...]
    """What was changed, each in one sentence like "Pet: vaccination date is new"."""
    unread: tuple[tuple[int, Unread], ...]
    """(index of the sentence, part)."""
