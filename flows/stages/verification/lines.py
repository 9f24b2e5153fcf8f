"""Output of a process, which may hold anything, as bounded lines that are safe to store and to show."""

from __future__ import annotations

import re

# Escape sequences of terminals, then every control character but the tab; Postgres refuses NUL.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
MOST_BYTES_PER_CHARACTER = 4  # of UTF-8


def clean(text: str) -> str:
    """The text without terminal sequences, control characters and marks that turn the reading direction."""
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


class LineReader:
    """Bytes in, lines out: each at most `line_chars` long, all of them `output_bytes`; the rest is cut."""

    def __init__(self, *, line_chars: int, output_bytes: int) -> None:
        self._line_chars = line_chars
        self._left = output_bytes
        self._limit = output_bytes
        self._line = b""
        self._skipping = False
        self.cut = False

    def feed(self, data: bytes) -> list[str]:
        """The lines that these bytes complete."""
        if not data or self.cut:
            return []
        kept, self._left = data[: self._left], self._left - len(data)
        *complete, rest = kept.split(b"\n")
        lines = [line for piece in complete for line in self._complete(piece)]
        self._grow(rest)
        if self._left < 0:
            self.cut = True
            lines += [*self.close(), f"[output cut after {self._limit} bytes]"]
        return lines

    def close(self) -> list[str]:
        """The last line, when it had no line break."""
        return self._complete(b"") if self._line else []

    def _complete(self, piece: bytes) -> list[str]:
        self._grow(piece)
        text = clean(self._line.decode("utf-8", "replace"))
        if self._skipping or len(text) > self._line_chars:
            text = text[: self._line_chars] + " [line cut]"
        self._line, self._skipping = b"", False
        return [text.rstrip()]

    def _grow(self, piece: bytes) -> None:
        room = self._line_chars * MOST_BYTES_PER_CHARACTER - len(self._line)
        self._skipping = self._skipping or len(piece) > room
        self._line += piece[:room]
