"""Errors of the storage package: what happened, where, and what to do next."""

from __future__ import annotations


class StorageError(Exception):
    """Base of every error this package raises."""


class InvalidKey(StorageError):
    """The text cannot be an object key."""


class NotFound(StorageError):
    """No object has that key."""


class KeyConflict(StorageError):
    """The key would be a folder of another object, or the other way round."""


class StoreUnavailable(StorageError):
    """The place where objects are kept does not answer or refuses."""


class InvalidArchive(StorageError):
    """The archive is damaged, or holds what an archive of ours never holds."""
