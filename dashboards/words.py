"""Numbers, times and founder's text as people read them; pure, and the same everywhere."""

from __future__ import annotations

import datetime as dt
import logging
import re
import unicodedata
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.queries.logs import LogLineView

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
KIB = 1024
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
NOTHING = "-"
"""Stands where there is no value yet."""

LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
    "critical": logging.CRITICAL,
}
"""Log levels by name, the least urgent first."""

# Format characters can turn text around or hide it; control characters can forge a line of a log.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = frozenset({"\u200c", "\u200d"})  # written Persian, Hindi and many emoji need them


_JOINER = "\u2060"  # nothing to see, and no line is broken there
# Streamlit's Markdown looks for addresses when backslashes are read already, so none keeps it from them.
_ADDRESSES = re.compile(r"(?<=\\:)(?=\\?/\\?/)|(?<=@)|(?<=www)(?=\\?\.)", re.IGNORECASE)


def unlinked(markdown: str) -> str:
    """Markdown of which no web or mail address becomes a link: words of a founder are no way out of here."""
    return _ADDRESSES.sub(_JOINER, markdown)


def duration(seconds: float | None) -> str:
    """`0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`, `3 d 04 h`; a dash for None."""
    if seconds is None:
        return NOTHING
    whole = round(seconds)
    if whole < 10:  # noqa: PLR2004 - one digit: tenths still tell something
        return f"{max(seconds, 0):.1f} s"
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE:02} s"
    if whole < DAY:
        return f"{whole // HOUR} h {whole % HOUR // MINUTE:02} min"
    return f"{whole // DAY} d {whole % DAY // HOUR:02} h"


def clock(seconds: float) -> str:
    """`00:03:05`, hours first, so that a column of them sorts as it reads."""
    whole = max(round(seconds), 0)
    return f"{whole // HOUR:02}:{whole % HOUR // MINUTE:02}:{whole % MINUTE:02}"


def size(count: int) -> str:
    """`512 bytes`, `1.5 MiB`."""
    amount, unit = float(count), UNITS[0]
    for unit in UNITS:
        if amount < KIB or unit == UNITS[-1]:
            break
        amount /= KIB
    return f"{count} bytes" if unit == UNITS[0] else f"{amount:.1f} {unit}"


def zone(name: str | None) -> dt.tzinfo:
    """The reader's time zone; UTC when the browser names none that is known here."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, LookupError):
        return dt.UTC


def moment(when: dt.datetime | None, tz: dt.tzinfo) -> str:
    """Date and time to the second in that zone; a dash for None."""
    return NOTHING if when is None else when.astimezone(tz).strftime("%Y-%m-%d %H:%M:%S")


def level_name(level: int) -> str:
    """The name of the most urgent level that is not above `level`."""
    names = [name for name, number in LEVELS.items() if number <= level]
    return names[-1] if names else "debug"


def visible(text: str) -> str:
    """The text with every control and format character written out, so that it cannot pass for another."""
    return "".join(
        f"\\u{ord(character):04x}"
        if unicodedata.category(character) in _UNSEEN and character not in _JOINERS
        else character
        for character in text
    )


def log_text(lines: Iterable[LogLineView], tz: dt.tzinfo) -> str:
    """One line of text for each log line; what a message continues on further lines is indented."""
    return "\n".join(_log_line(line, tz) for line in lines)


def _log_line(line: LogLineView, tz: dt.tzinfo) -> str:
    clock = line.occurred_at.astimezone(tz).strftime("%H:%M:%S.%f")[:-3]
    head = f"{clock}  {level_name(line.level).upper():<8}  {line.stage or 'pipeline':<14}  "
    rows = [visible(row.replace("\t", "    ")) for row in line.message.split("\n")] or [""]
    return head + f"\n{' ' * len(head)}".join(rows)
