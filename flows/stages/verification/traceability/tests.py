"""Which tests of the application stand for an item, and what became of them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from flows.stages.verification.traceability.files import attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flows.contracts import Blueprint
    from flows.stages.verification.junit import TestCase
    from flows.stages.verification.traceability.items import Item

READ_BACK = "read_back"
"""In the name of the test that sends a value for every field and gets all of them back."""

ABOUT = {
    "role": ("access", "policy", "account", "sign"),
    "grant": ("access", "policy"),
    "example": ("example", "seed"),
    "look": ("look", "colour", "style", "pages_load", "start_page"),
    "product": ("start_page", "describes_itself", "landing"),
    "journey": ("journey", "way"),
    "states": ("status", "state", "transition"),
    "transition": ("status", "state", "transition"),
    "relation": ("reference", "parent", "lead", "deleting"),
}
"""Words in the names of modules, classes or functions of the tests that are about such items."""


class Evidence:
    """The tests that ran, by node id, with what became of each."""

    def __init__(self, cases: Iterable[TestCase], paths: Iterable[str]) -> None:
        modules = {path for path in paths if path.startswith("tests/") and path.endswith(".py")}
        self._outcomes = {_node(case, modules): case.outcome for case in cases}

    def of(self, item: Item, blueprint: Blueprint) -> tuple[str, ...]:
        """Node ids of the tests that stand for the item; an entity has a whole module of its own."""
        module = self._module(attribute(item, blueprint), blueprint)
        if item.kind == "entity":
            return (module,) if module else ()
        if item.kind == "field":
            return self._about_field(module, item.parts[-1])
        if item.kind == "journey":
            return self._about_journey(item)
        if item.kind in {"transition", "relation"}:
            own = self._named(item.parts[-1], module)
            if own:
                return own
        return self._about(ABOUT.get(item.kind, ()), module if item.kind != "grant" else "")

    def outcome(self, nodes: Iterable[str]) -> str:
        """Of these tests together: failed when one is, passed when at least one ran."""
        seen = {outcome for node in nodes for outcome in self._of_node(node)}
        return "failed" if "failed" in seen else "passed" if "passed" in seen else "not run"

    def _of_node(self, node: str) -> list[str]:
        if "::" in node:
            return [self._outcomes[node]]
        return [outcome for own, outcome in self._outcomes.items() if own.startswith(f"{node}::")]

    def _module(self, name: str, blueprint: Blueprint) -> str:
        """The test module of the entity with that attribute."""
        path = f"tests/test_{name}.py"
        known = any(entity.attribute == name for entity in blueprint.entities)
        return path if known and self._of_node(path) else ""

    def _about_field(self, module: str, name: str) -> tuple[str, ...]:
        """Tests with the field's name as parameter; else the one that reads every value back."""
        # pytest numbers ids that are the same: name0, name1; or name_0 when the name ends with a digit.
        own = re.compile(rf"\[(?:.*-)?{re.escape(name)}_?\d*(?:-.*)?\]$")
        return self._where(lambda node: bool(own.search(node)), module) or self._named(READ_BACK, module)

    def _about_journey(self, item: Item) -> tuple[str, ...]:
        """The test of that number; else every test of journeys."""
        number = item.parts[0] if item.parts else ""
        own = re.compile(rf"journey_?{number}(?!\d)|\[{number}(?:-.*)?\]$")
        journeys = self._about(ABOUT["journey"], "")
        return tuple(node for node in journeys if own.search(node)) or journeys

    def _about(self, words: tuple[str, ...], module: str) -> tuple[str, ...]:
        """Tests with one of the words in their names: in the entity's module if there, else anywhere."""
        pattern = re.compile("|".join(words)) if words else None
        if pattern is None:
            return ()
        found = self._where(lambda node: bool(pattern.search(node.partition("[")[0])), module)
        if found or not module:
            return found
        return self._where(lambda node: bool(pattern.search(node.partition("[")[0])), "")

    def _named(self, word: str, module: str) -> tuple[str, ...]:
        own = re.compile(rf"(?<![a-z]){re.escape(word)}(?![a-z])")
        return self._where(lambda node: bool(own.search(node.partition("::")[2])), module)

    def _where(self, wanted: Callable[[str], bool], module: str) -> tuple[str, ...]:
        return tuple(
            node for node in self._outcomes if (not module or node.startswith(f"{module}::")) and wanted(node)
        )


def _node(case: TestCase, modules: set[str]) -> str:
    """Pytest's own id of the test, from JUnit's dotted name of its class."""
    parts = case.classname.split(".")
    for length in range(len(parts), 0, -1):
        path = str(PurePosixPath(*parts[:length]).with_suffix(".py"))
        if path in modules:
            return "::".join([path, *parts[length:], case.name])
    return f"{case.classname}::{case.name}"
