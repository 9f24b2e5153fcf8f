"""Make a log line safe to keep: secrets out, one row one line of plain characters, bounded."""

from __future__ import annotations

import re

LIMIT = 16_384
"""Characters kept of one message; the rest is cut with a mark."""

_SECRETS = (
    re.compile(r"(?P<keep>\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(?=@)", re.IGNORECASE),
    re.compile(
        r"(?P<keep>\b(?:password|passwd|secret|token|api[_-]?key|authorization)\b[\"']?\s*[:=]\s*[\"']?(?:bearer\s+)?)"
        r"[^\s,;\"']+",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<keep>)\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
)
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(message: str) -> str:
    """The message as it may be stored: no secrets, terminal codes, controls or lone surrogates."""
    message = _ANSI.sub("", message).encode("utf-8", "replace").decode()
    for secret in _SECRETS:
        message = secret.sub(r"\g<keep>***", message)
    message = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", message.replace("\r\n", "\n"))
    if len(message) > LIMIT:
        message = f"{message[:LIMIT]} … [{len(message) - LIMIT} characters cut]"
    return message
