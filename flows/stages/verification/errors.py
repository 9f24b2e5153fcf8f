"""Errors of the verification stage: what happened, where, and what to do next."""

from __future__ import annotations


class VerificationError(Exception):
    """Base of every error this package raises: the factory could not verify, however good the application."""


class SandboxError(VerificationError):
    """The sandbox itself could not do its work."""


class CheckFailed(Exception):
    """A check is red; the message is its detail, one line."""
