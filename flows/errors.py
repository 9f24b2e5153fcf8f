"""Errors of the flows package: what happened, where, and what to do next."""

from __future__ import annotations


class FlowsError(Exception):
    """Base of every error this package raises."""


class PrefectUnavailable(FlowsError):
    """The Prefect server does not answer."""

    def __init__(self, address: str) -> None:
        """`address` is the URL of Prefect's API."""
        super().__init__(
            f"the Prefect server at {address} does not answer; "
            "start it, or name another one in PREFECT_API_URL"
        )


class NotDeployed(FlowsError):
    """The Prefect server does not know the pipeline."""

    def __init__(self, name: str) -> None:
        """`name` of the deployment."""
        super().__init__(
            f"the Prefect server has no deployment {name}; "
            "run `prefect --no-prompt deploy --all` in the project's folder"
        )


class NotPossible(FlowsError):
    """The execution is not in a state in which that can be done."""
