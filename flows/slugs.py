"""Slugs: a founder's name for something as a safe, short, lower-case ASCII word."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LENGTH = 48
"""Characters at most: leaves room in object keys, image names and folders."""


def slug(name: str) -> str:
    """Kebab-case ASCII of a name; a name with no usable letter becomes `project-` and eight hex digits."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:LENGTH].strip("-")
    if re.search(r"[a-z]", words):
        return words
    return f"project-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"
