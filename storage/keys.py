"""Every object key is built and checked here and nowhere else."""

from __future__ import annotations

import re
import unicodedata

from storage.errors import InvalidKey

MOST_BYTES = 1024  # S3's limit of a key
MOST_SEGMENT_BYTES = 255  # the limit of a file name nearly everywhere
_CLIMBING = frozenset({"", ".", ".."})
_FORBIDDEN = re.compile(r'[\\:*?"<>|]')
# Windows opens a device for these names, whatever ending they have.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def stage_key(*, tenant: str, project: str, execution: str, stage: str, path: str) -> str:
    """Key of what a stage of an execution wrote; `path` may hold folders, the rest may not."""
    return validate(
        f"{execution_prefix(tenant=tenant, project=project, execution=execution)}{_one(stage)}/{path}"
    )


def execution_prefix(*, tenant: str, project: str, execution: str) -> str:
    """What all keys of an execution begin with."""
    return f"{_one(tenant)}/{_one(project)}/{_one(execution)}/"


def validate(key: str) -> str:
    """The key itself, when it can be one in every store; raises InvalidKey."""
    for segment in key.split("/"):
        reason = _wrong(segment)
        if reason:
            raise InvalidKey(f"{_shown(key)} is not an object key: {reason}")
    if len(key.encode()) > MOST_BYTES:
        raise InvalidKey(f"{_shown(key)} is not an object key: it is longer than {MOST_BYTES} bytes")
    return key


def validate_prefix(prefix: str) -> str:
    """The beginning of keys, whose folders have to be sound; raises InvalidKey."""
    folder = prefix.rpartition("/")[0]
    if folder or prefix.startswith("/"):
        validate(folder)
    return prefix


def _one(segment: str) -> str:
    """The segment, when it is exactly one; raises InvalidKey."""
    if "/" in segment:
        raise InvalidKey(f"{_shown(segment)} is not one part of an object key: it holds a slash")
    return validate(segment)


def _wrong(segment: str) -> str | None:
    """Why the text cannot be a part of a key, None when it can."""
    if not segment.isprintable():  # which a lone surrogate is not either, so the text can be encoded
        return "it holds a control character or one that cannot be seen"
    rules = {
        "it has an empty part or a dot for a part, as absolute and climbing paths do": segment in _CLIMBING,
        'it holds one of \\ : * ? " < > |': _FORBIDDEN.search(segment),
        "a part begins or ends with a space, or ends with a dot": segment.strip(" ").rstrip(".") != segment,
        "its Unicode is not in normal form C": not unicodedata.is_normalized("NFC", segment),
        "a part of it is the name of a device on Windows": _DEVICES.fullmatch(segment),
        f"a part is longer than {MOST_SEGMENT_BYTES} bytes": len(segment.encode()) > MOST_SEGMENT_BYTES,
    }
    return next((reason for reason, broken in rules.items() if broken), None)


def _shown(key: str) -> str:
    most = 80
    return repr(key if len(key) <= most else f"{key[:most]}…")
