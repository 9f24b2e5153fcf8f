"""Which faults are planted: the same for the same blueprint, spread over the modules that decide."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from flows.stages.verification.mutation.inside.faults import Fault, faults

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flows.contracts import FileSet

INSIDE = Path(__file__).parent / "inside"
"""What runs with the application's Python."""

COUNT = 12
"""How many faults are planted; a number and not a time, for the archive must not depend on the machine."""

RULES = {
    "app/policy.py": ("allows", "visible", "owns", "grants_of", "_has_status", "Actor.signed_in"),
    "app/crud.py": ("Crud._assign", "Crud._differing", "Crud.expect"),
    "app/states.py": ("Stateful.change_status",),
    "app/finder.py": ("Finder.require", "Finder.refuse", "Finder._order", "_contain"),
}
"""The functions that decide, by module. Others check what the database refuses as well, or what only some
roles meet: a fault there may change nothing that can be seen. Only what some test comes to is changed."""

PLACES = (*RULES, "app/schemas/")
"""Modules and packages that hold the rules; they take turns."""

Reached = Mapping[str, Mapping[str, Sequence[str]]]
"""By module and position of a fault, tests that come to it."""


def sample(files: FileSet, reached: Reached, *, seed: str, count: int = COUNT) -> tuple[Fault, ...]:
    """Some of the faults that could be planted; the places take turns."""
    turns = [_shuffled(_faults(files, reached, place), seed) for place in PLACES]
    chosen: list[Fault] = []
    while len(chosen) < count and any(turns):
        for turn in turns:
            if turn and len(chosen) < count:
                chosen.append(turn.pop())
    return tuple(sorted(chosen, key=lambda fault: (fault.path, fault.start, fault.text)))


def _faults(files: FileSet, reached: Reached, place: str) -> list[Fault]:
    return [
        fault
        for file in files.files
        if file.path.startswith(place) and file.path.endswith(".py")
        for fault in faults(file.path, file.text)
        if not fault.function or (fault.function in RULES.get(fault.path, ()) and tests_at(reached, fault))
    ]


def _shuffled(found: Iterable[Fault], seed: str) -> list[Fault]:
    """In an order that looks random and depends on nothing but the faults and the seed."""

    def key(fault: Fault) -> bytes:
        return hashlib.sha256(f"{seed}\0{fault.path}\0{fault.start}\0{fault.text}".encode()).digest()

    return sorted(found, key=key)


def tests_at(reached: Reached, fault: Fault) -> Sequence[str]:
    """The first tests that come to the fault."""
    return reached.get(fault.path, {}).get(str(fault.start), ())


def shown_to(files: FileSet, reached: Reached, fault: Fault) -> tuple[tuple[str, ...], ...]:
    """The tests that a fault is shown to: those that come to it or are named like it, then the others."""
    every = [file.path for file in files.files if _is_test(file.path)]
    if fault.function:
        return tuple(tests_at(reached, fault)), tuple(every)
    name = PurePosixPath(fault.path).stem
    near = [test for test in every if PurePosixPath(test).stem.removeprefix("test_").startswith(name)]
    rest = tuple(test for test in every if test not in near)
    return (tuple(near), rest) if near else (rest,)


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and PurePosixPath(path).match("test_*.py")
