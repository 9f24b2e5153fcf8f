"""Functions of the application as they are loaded, and how one gets other code."""

from __future__ import annotations

import gc
from types import CodeType, FunctionType

Functions = dict[tuple[str, int], list[FunctionType]]
"""By file and first line: decorators may have wrapped one several times."""

PACKAGES = frozenset({"app", "custom"})


def loaded_functions() -> Functions:
    """The functions of the application as they are loaded now."""
    found: Functions = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and str(thing.__module__).partition(".")[0] in PACKAGES:
            place = (thing.__code__.co_filename, thing.__code__.co_firstlineno)
            found.setdefault(place, []).append(thing)
    return found


def replace(functions: Functions, path: str, code: CodeType, name: str | None = None) -> None:
    """Give the functions of a module the code that it was compiled to anew; with a name, that one alone."""
    for inner in _codes(code):
        if name is None or inner.co_qualname == name:
            for function in functions.get((path, inner.co_firstlineno), []):
                if function.__code__.co_freevars == inner.co_freevars:
                    function.__code__ = inner


def _codes(code: CodeType) -> list[CodeType]:
    """A module's code objects, whatever they are nested in."""
    inner = [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return [*inner, *(deeper for constant in inner for deeper in _codes(constant))]
