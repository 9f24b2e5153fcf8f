"""Errors of the dashboards package: what happened, where, and what to do next."""

from __future__ import annotations


class DashboardsError(Exception):
    """Base of every error this package raises."""


class SchemaOutdated(DashboardsError):
    """The database answers, but its tables are not those this version works with."""

    def __init__(self) -> None:
        """The way out is the same whatever the difference."""
        super().__init__("the database is not at the newest migration; run `leanvibe db upgrade`")


class InvalidCursor(DashboardsError):
    """A text that no page of log lines ended with."""

    def __init__(self) -> None:
        """Says nothing of what the text should have been: a cursor is opaque."""
        super().__init__("the cursor is none that this API gave; leave it out to begin with the first line")


class ArchiveMissing(DashboardsError):
    """There is no archive to download."""
