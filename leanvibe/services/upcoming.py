"""Scheduled runs of a server that is about to stop: taken back, so that the next start is not flooded.

Prefect writes future runs of a schedule ahead of time. Those that fall into a time in which the factory does
not run would all start at once when it is back, and do the same work many times over.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from contextlib import suppress

TAG = "maintenance"
"""Marks the deployments of prefect.yaml whose runs make up for each other."""

SECONDS = 5.0
LIMIT = 200


def take_back(api_url: str) -> int:
    """Delete the scheduled maintenance runs; returns how many. A server that does not answer keeps them."""
    taken = 0
    with suppress(urllib.error.URLError, OSError, ValueError):
        wanted = {"state": {"type": {"any_": ["SCHEDULED"]}}, "tags": {"all_": [TAG]}}
        found = _ask(f"{api_url}/flow_runs/filter", "POST", {"flow_runs": wanted, "limit": LIMIT})
        for run in json.loads(found):
            _ask(f"{api_url}/flow_runs/{run['id']}", "DELETE", None)
            taken += 1
    return taken


def _ask(url: str, method: str, body: object) -> bytes:
    request = urllib.request.Request(  # noqa: S310  the address is that of the server we started
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=SECONDS) as response:
        return bytes(response.read())
