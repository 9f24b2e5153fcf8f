"""Make what a run logs safe to keep: secrets out, plain characters, one row one line, bounded."""

from __future__ import annotations

import json
import math
import os
import re
from functools import lru_cache
from typing import Any

from pydantic import SecretStr

from blocks.settings import settings

LIMIT = 16_384
"""Characters kept of one message; the rest is cut with a mark."""

EXTRAS_LIMIT = 8_192
"""Characters kept of a record's structured values, as JSON."""

MASK = "***"
_LEAST = 6
"""Characters of a secret value that is searched for: a shorter one would mask words that are no secret."""

_FOLDERS = ("PWD", "OLDPWD")
"""Variables whose name looks like that of a password."""

_DEPTH = 4
_SECRET_NAME = re.compile(
    r"password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|credential|cookie",
    re.IGNORECASE,
)
_SECRETS = (
    re.compile(
        r"(?P<keep>-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL
    ),
    re.compile(r"(?P<keep>\b[a-z][a-z0-9+.-]{0,30}://[^\s:/@]{0,256}:)[^\s@/]+(?=@)", re.IGNORECASE),
    re.compile(
        r"(?P<keep>\b[\w-]{0,40}(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|authorization)\b"
        r"[\"']?\s{0,4}[:=]\s{0,4}[\"']?(?:(?:bearer|basic)\s+)?)[^\s,;\"']+",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<keep>\b(?:bearer|basic)\s)[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE),
    re.compile(
        r"(?P<keep>)(?:\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}"
        r"|\bxox[abeprs]-[\w-]{10,}|\bsk-[\w-]{20,}|\bAIza[\w-]{35}|\bpnu_\w{20,}"
        r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)"
    ),
)
_HINTS = (
    *("://", "-----begin", "pass", "pwd", "secret", "token", "key", "authorization", "bearer", "basic"),
    *(
        "akia",
        "asia",
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "xox",
        "sk-",
        "aiza",
        "pnu_",
        "eyj",
    ),
)
"""Without one of these, in small letters, a message holds none of the above; most messages do not."""

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)


def clean(message: str) -> str:
    """The message as it may be stored: no secrets, terminal codes, controls or lone surrogates."""
    length = len(message)
    # A secret that the cut would halve is found first, and a line of megabytes is not searched to its end.
    message = message[: 2 * LIMIT]
    if not message.isprintable():
        message = _ANSI.sub("", message).encode("utf-8", "replace").decode()
        message = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", message.replace("\r\n", "\n"))
    message = _masked(message)
    if length > 2 * LIMIT or len(message) > LIMIT:
        kept = message[:LIMIT]
        return f"{kept} … [{max(length - len(kept), len(message) - len(kept))} characters cut]"
    return message


def clean_extras(values: dict[str, Any]) -> dict[str, Any] | None:
    """A record's structured values as JSON that may be stored; None when there are none."""
    if not values:
        return None
    kept = _mapping(values, _DEPTH)
    size = len(json.dumps(kept))
    return kept if size <= EXTRAS_LIMIT else {"cut": True, "characters": size}


def _masked(message: str) -> str:
    for value in _known():
        if value in message:
            message = message.replace(value, MASK)
    small = message.lower()
    if any(hint in small for hint in _HINTS):
        for secret in _SECRETS:
            message = secret.sub(rf"\g<keep>{MASK}", message)
    return message


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    """Every secret this process was given by settings and variables whose name says so, long ones first."""
    values = {
        value for name, value in os.environ.items() if name not in _FOLDERS and _SECRET_NAME.search(name)
    }
    for value in settings().__dict__.values():
        if isinstance(value, SecretStr):
            secret = value.get_secret_value()
            values |= {secret, secret.partition("://")[2].partition("@")[0].partition(":")[2]}
    return tuple(sorted((value for value in values if len(value) >= _LEAST), key=len, reverse=True))


def _mapping(values: dict[Any, Any], depth: int) -> dict[str, Any]:
    return {
        (key := clean(str(name))[:200]): MASK if _SECRET_NAME.search(key) else _plain(value, depth)
        for name, value in values.items()
    }


def _plain(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**63):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, dict) and depth:
        return _mapping(value, depth - 1)
    if isinstance(value, list | tuple | set | frozenset) and depth:
        return [_plain(member, depth - 1) for member in value]
    return clean(_shown(value))


def _shown(value: Any) -> str:
    try:
        return str(value)
    except Exception as error:  # noqa: BLE001 - whatever a foreign object does when it is shown
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"
