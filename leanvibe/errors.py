"""Errors a person sees as one line: what happened, where, what to do next."""

from __future__ import annotations

from typing import ClassVar


class LeanvibeError(Exception):
    """Base of every error of this package; `exit_status` is what the command ends with."""

    exit_status: ClassVar[int] = 1


class Unreachable(LeanvibeError):
    """A server that a setting names does not answer."""

    def __init__(self, what: str, address: str, setting: str) -> None:
        """`address` is shown as it is, so it must not hold a password."""
        super().__init__(
            f"the {what} at {address} does not answer; start it, name another one in {setting}, "
            f"or unset {setting} to use the one of this machine"
        )


class ServiceFailed(LeanvibeError):
    """A service of this machine did not start or does not stay up."""


class Conflict(LeanvibeError):
    """The running factory of this home uses other servers than the settings now name."""
