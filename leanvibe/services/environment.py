"""What a service finds in its environment: where the factory's parts are, and how Prefect is set up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PREFECT = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "true",
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    "PREFECT_CLI_COLORS": "false",
    # Prefect drops a batch of log lines that its server answers with an error; ours do not depend on it.
    "PREFECT_CLIENT_RETRY_EXTRA_CODES": "500",
    # One run ahead of each schedule: what was written ahead is late after a stop, and starts at once.
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_SCHEDULED_TIME": "PT1S",
    # A founder who starts a run waits for it: look for work every half second instead of every ten.
    "PREFECT_WORKER_QUERY_SECONDS": "0.5",
    "PREFECT_WORKER_PREFETCH_SECONDS": "5",
    "PREFECT_WORKER_ENABLE_CANCELLATION": "true",
    "PREFECT_WORKER_CANCELLATION_POLL_SECONDS": "2",
    "PREFECT_RUNNER_POLL_FREQUENCY": "1",
}
"""Our values of Prefect's settings; one that the environment already holds is left as it is."""


def factory_variables(home: Path, *, database_url: str = "", prefect_api_url: str = "") -> dict[str, str]:
    """The variables by which a process finds the factory's parts; an unknown address is left out."""
    found = {
        "LEANVIBE_HOME": str(home),
        "LEANVIBE_DATABASE_URL": database_url,
        "PREFECT_API_URL": prefect_api_url,
        "PREFECT_HOME": str(home / "prefect"),
    }
    return {name: value for name, value in found.items() if value}


def service_environment(home: Path, *, database_url: str = "", prefect_api_url: str = "") -> dict[str, str]:
    """The whole environment of a service: the caller's, our Prefect settings, the factory's addresses."""
    variables = factory_variables(home, database_url=database_url, prefect_api_url=prefect_api_url)
    return {**PREFECT, **os.environ, **variables, "LEANVIBE_FACTORY": str(home)}
