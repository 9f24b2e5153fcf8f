"""The landing page promises what is built."""

from __future__ import annotations

from flows.contracts import Blueprint, NotBuilt
from flows.stages.frontend.landing import promised


def blueprint(features: tuple[str, ...], *not_built: str) -> Blueprint:
    return Blueprint(
        name="Shop",
        slug="shop",
        idea="A shop",
        features=features,
        entities=(),
        pages=(),
        endpoints=(),
        not_built=tuple(NotBuilt(words=words, reason="it would need a bank") for words in not_built),
    )


def test_what_is_not_built_is_not_promised() -> None:
    made = blueprint(("People look at goods", "People  pay online."), "people pay online")
    assert promised(made) == ["People look at goods"]


def test_every_feature_is_said_once_and_without_its_full_stop() -> None:
    assert promised(blueprint(("They order.", "They order", " ", "It's 100% <b>"))) == [
        "They order",
        "It's 100% <b>",
    ]
