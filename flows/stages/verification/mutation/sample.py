"""Which faults are planted: the same for the same blueprint, spread over the modules that decide."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flows.stages.verification.mutation.faults import Fault, faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import FileSet

COUNT = 8
"""How many faults are planted; a number and not a time, for the archive must not depend on the machine."""

PLACES = ("app/schemas/",)
"""Modules and packages that hold the rules; they take turns."""


def sample(files: FileSet, *, seed: str, count: int = COUNT) -> tuple[Fault, ...]:
    """Some of the faults that could be planted; the places take turns."""
    turns = [_shuffled(_faults(files, place), seed) for place in PLACES]
    chosen: list[Fault] = []
    while len(chosen) < count and any(turns):
        for turn in turns:
            if turn and len(chosen) < count:
                chosen.append(turn.pop())
    return tuple(sorted(chosen, key=lambda fault: (fault.path, fault.start, fault.text)))


def _faults(files: FileSet, place: str) -> list[Fault]:
    return [
        fault
        for file in files.files
        if file.path.startswith(place) and file.path.endswith(".py")
        for fault in faults(file.path, file.text)
    ]


def _shuffled(found: Iterable[Fault], seed: str) -> list[Fault]:
    """In an order that looks random and depends on nothing but the faults and the seed."""

    def key(fault: Fault) -> bytes:
        return hashlib.sha256(f"{seed}\0{fault.path}\0{fault.start}\0{fault.text}".encode()).digest()

    return sorted(found, key=key)


def shown_to(files: FileSet, path: str) -> tuple[tuple[str, ...], ...]:
    """The test files that a fault in this module is shown to: those named like it, then the rest."""
    every = [file.path for file in files.files if _is_test(file.path)]
    name = PurePosixPath(path).stem
    near = [test for test in every if PurePosixPath(test).stem.removeprefix("test_").startswith(name)]
    rest = tuple(test for test in every if test not in near)
    return (tuple(near), rest) if near else (rest,)


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and PurePosixPath(path).match("test_*.py")
