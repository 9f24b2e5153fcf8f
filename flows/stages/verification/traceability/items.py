"""Items of a blueprint as traces name them, like 'field Pet.name' or 'journey 3'."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = (
    *("entity", "field", "relation", "states", "transition", "role", "grant", "example", "journey"),
    *("look", "product", "question", "not built", "not used"),
)

UNBUILT = {"not built": "not built", "question": "open question", "not used": "not used"}
"""Kinds that nothing in the application stands for, and what became of them; the first counts most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One item: its kind, and the parts of its name; none when the blueprint has just one of the kind."""

    kind: str
    parts: tuple[str, ...] = ()

    @property
    def built(self) -> bool:
        """Whether files and tests have to stand for it."""
        return self.kind not in UNBUILT


def read(text: str) -> Item | None:
    """The item of that name; None when it is no item."""
    kind = next((kind for kind in KINDS if text == kind or text.startswith(f"{kind} ")), None)
    if kind is None:
        return None
    name = text[len(kind) :].strip()
    return Item(kind=kind, parts=tuple(name.split(".")) if name else ())
