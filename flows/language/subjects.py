"""Which thing, and which field of it, the subject of a clause names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.language.names import is_pronoun, key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.language.drafts import ThingDraft
    from flows.language.relating import Story
    from flows.language.tree import Item


def thing_of(subject: Sequence[Item], described: ThingDraft, story: Story) -> ThingDraft | None:
    """The thing a subject names; the one being described when it is left out; None when it names none."""
    if not subject:
        return described
    if len(subject) != 1 or not subject[0].words:
        return None
    words = subject[0].text
    if is_pronoun(words) or key(words) == key(described.name):
        return described
    if described.known_field(words) is not None:
        return None
    found = story.names.thing(words)
    return story.things.get(found) if found is not None else None


def possessed(item: Item, described: ThingDraft, story: Story) -> tuple[ThingDraft, str]:
    """`the pet's name`: the thing and the field."""
    first = item.words[0].text.replace("\u2019", "'") if item.words else ""
    found = story.names.thing(first.removesuffix("'s")) if first.endswith("'s") else None
    if found is not None and len(item.words) > 1:
        return story.things[found], " ".join(token.text for token in item.words[1:])
    return described, item.text
