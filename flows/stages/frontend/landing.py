"""The founder's words as the landing page says them: what is built, and nothing that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.rendering.literals import words

if TYPE_CHECKING:
    from flows.contracts import Blueprint


def promised(blueprint: Blueprint) -> list[str]:
    """The features that are built, each once, without the full stop that some have and some have not."""
    left_out = {_plain(item.words) for item in blueprint.not_built}
    said = (words(feature).rstrip(". ") for feature in blueprint.features)
    return list(dict.fromkeys(feature for feature in said if feature and _plain(feature) not in left_out))


def _plain(text: str) -> str:
    return words(text).rstrip(". ").casefold()
