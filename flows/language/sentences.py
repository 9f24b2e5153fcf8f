"""Text to sentences: knows abbreviations, decimals, quotes, brackets, bullets and wrapped lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

_ABBREVIATIONS = word_set(
    "approx art ca cf dr e.g eg est etc excl fig i.e ie incl jr max min misc mr mrs ms nr no p.a prof "
    "resp sr st tel vs"
)
_NEVER_LAST = _ABBREVIATIONS - {"etc", "p.a"}
"""Abbreviations that something always follows, so that a capital letter does not begin a sentence."""
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
    begin, last = 0, 0
    heading = False
    for position, (start, end, bullet) in enumerate(lines):
        if position == 0:
            begin = start
        elif (bullet and not heading) or (
            not bullet and (is_list or _ends(text[begin:last], text[start:end]))
        ):
            yield begin, last
            begin, heading = start, False
        heading = heading or text[begin:end].rstrip().endswith(":")
        last = end
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
    """Whether a line without a bullet begins a new sentence."""
    if before.count("\n\n", max(0, len(before.rstrip()))) or re.search(r"\n[ \t]*\n\s*$", before):
        return True
    written = before.rstrip()
    word = _LAST_WORD.search(written)
    goes_on = written.endswith(",") or (word is not None and word.group().lower() in _CONTINUES)
    return not goes_on and line.lstrip()[:1].isupper()


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of a piece, divided at full stops that are no abbreviation's and not inside of an aside."""
    hidden = _asides(text, start, end)
    begin = start
    for stop in _END.finditer(text, start, end):
        if any(first < stop.start() < last for first, last in hidden):
            continue
        if stop.group() == "." and _abbreviates(text, begin, stop.start(), stop.end(), end):
            continue
        yield begin, stop.end()
        begin = stop.end()
    yield begin, end


def _abbreviates(text: str, begin: int, dot: int, after: int, end: int) -> bool:
    word = _LAST_WORD.search(text, max(begin, dot - 12), dot)
    if word is None:
        return False
    known = word.group().lower()
    if known in _NEVER_LAST:
        return bool(text[after:end].strip())
    following = text[after:end].lstrip()[:1]
    return known in _ABBREVIATIONS and not following.isupper() and bool(following)


def _asides(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where brackets and quotes open and close; one that does not close soon hides nothing."""
    found = []
    at = start
    while at < end:
        close = _OPEN.get(text[at])
        last = text.find(close, at + 1, min(end, at + LONGEST_ASIDE)) if close else -1
        if last > 0:
            found.append((at, last))
            at = last
        at += 1
    return found
