"""Text to sentences: knows abbreviations, decimals, quotes, brackets, bullets and wrapped lines."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABBREVIATIONS = word_set(
    "approx art ca cf dr e.g eg est etc excl fig i.e ie incl jr max min misc mr mrs ms no nr p.a prof "
    "resp sr st tel vs"
)
_NEVER_LAST = word_set("cf dr e.g eg i.e ie mr mrs ms prof st")
"""Abbreviations that something always follows, so that a capital letter begins no sentence."""
_OPEN = {"(": ")", "[": "]", '"': '"', "\u201c": "\u201d", "\u00ab": "\u00bb", "\u201e": "\u201c"}
LONGEST_ASIDE = 400  # characters in which a bracket or a quote has to close, else it hides no full stop
_BULLET = re.compile(r"[ \t]*(?:[-*+\u2022\u2023\u25e6\u2043]|\(?[0-9]{1,3}[.)]|[a-z]\))[ \t]+")
_END = re.compile(r"[.!?\u3002\uff01\uff1f]+[\"'\u201d\u00bb)\]]*(?=\s|$)|[\u3002\uff01\uff1f]")
_LAST_WORD = re.compile(r"(?:\w|(?<=\w)\.(?=\w))+$")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
# A line that ends with one of these goes on in the next one.
_CONTINUES = word_set(
    "a an the and or of in to by for from with as at on per is are has have many its their her his "
    "than must may can be least most after before between not one only every each no"
)
LONGEST_ABBREVIATION = 12  # characters that may matter around a full stop
WRAPPED = 45  # characters: who wraps lines wraps them later
SHORT_LINE = 4  # words: lines that are all this short and end without a stop are a list


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """(offset, words on one line) of every sentence of a text."""
    return tuple((start, one_line(text[start:end])) for start, end in spans(text))


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every sentence: bullet marks and surrounding space are left out."""
    found = []
    for block_start, block_end in _blocks(text):
        for begin, stop in _stops(text, block_start, block_end):
            inner = text[begin:stop]
            start = begin + len(inner) - len(inner.lstrip())
            end = start + len(inner.strip())
            if _WORD.search(text, start, end):
                found.append((start, end))
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of a text that a line's end divides for certain."""
    lines = list(_lines(text))
    is_list = len(lines) > 1 and all(_is_short(text[start:end]) for start, end, _ in lines)
    begin, last, before = 0, 0, ""
    heading = False
    for position, (start, end, bullet) in enumerate(lines):
        line = text[start:end]
        ends = is_list or "\n" in text[last:start] or _ends(before, line)
        if position == 0:
            begin = start
        elif (bullet and not heading) or (not bullet and ends):
            yield begin, last
            begin, heading = start, False
        heading = heading or line.rstrip().endswith(":")
        last, before = end, line
    if lines:
        yield begin, last


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it has a bullet, of every line with a word, without the bullet."""
    at = 0
    for line in text.splitlines(keepends=True):
        bullet = _BULLET.match(line)
        start = at + (bullet.end() if bullet else 0)
        if _WORD.search(line):
            yield start, at + len(line), bullet is not None
        at += len(line)


def _is_short(line: str) -> bool:
    return len(_WORD.findall(line)) <= SHORT_LINE and not line.rstrip().endswith(
        (".", ",", ":", ";", "!", "?")
    )


def _ends(before: str, line: str) -> bool:
    """Whether a sentence ends with the line before: a long line that nothing ends was only wrapped."""
    written = before.rstrip()
    word = _LAST_WORD.search(written)
    goes_on = written.endswith(",") or (word is not None and word.group().lower() in _CONTINUES)
    return not goes_on and (line[:1].isupper() or len(written) < WRAPPED)


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a piece, divided at full stops that are no abbreviation's and not inside of an aside."""
    hidden = _asides(text, start, end)
    begin = start
    for stop in _END.finditer(text, start, end):
        while hidden and hidden[0][1] < stop.start():
            hidden.popleft()
        if hidden and hidden[0][0] < stop.start():
            continue
        if stop.group() == "." and _abbreviates(text, begin, stop.start(), stop.end(), end):
            continue
        yield begin, stop.end()
        begin = stop.end()
    yield begin, end


def _abbreviates(text: str, begin: int, dot: int, after: int, end: int) -> bool:
    word = _LAST_WORD.search(text, max(begin, dot - LONGEST_ABBREVIATION), dot)
    known = word.group().lower() if word else ""
    following = text[after : min(end, after + LONGEST_ABBREVIATION)].lstrip()[:1]
    if known == "no":
        return following.isdigit()
    return bool(following) and (known in _NEVER_LAST or (known in _ABBREVIATIONS and not following.isupper()))


def _asides(text: str, start: int, end: int) -> deque[tuple[int, int]]:
    """Where brackets and quotes open and close; one that does not close soon hides nothing."""
    found: deque[tuple[int, int]] = deque()
    at = start
    while at < end:
        close = _OPEN.get(text[at])
        last = text.find(close, at + 1, min(end, at + LONGEST_ASIDE)) if close else -1
        if last > 0:
            found.append((at, last))
            at = last
        at += 1
    return found
