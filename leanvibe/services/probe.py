"""Does it answer: one bounded look at a server, with nothing but the standard library."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

SECONDS = 5.0

_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Straight to the server: a proxy of the environment knows nothing of this machine's loopback address."""


def answers(url: str, seconds: float = SECONDS) -> bool:
    """Whether an HTTP GET of `url` succeeds within `seconds`."""
    opener = _OPENER if "//127.0.0.1" in url or "//localhost" in url else urllib.request.build_opener()
    try:
        with opener.open(url, timeout=seconds) as response:
            return int(response.status) < http.client.BAD_REQUEST
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
        return False
