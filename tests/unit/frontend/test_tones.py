"""The colour of a status follows what its words mean."""

from __future__ import annotations

import pytest

from flows.stages.frontend.palette import TONES
from flows.stages.frontend.tones import tone


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("requested", "waiting"),
        ("In Progress", "active"),
        ("IN_REPAIR", "active"),
        ("done", "good"),
        ("Cancelled by customer", "bad"),
        ("on hold", "waiting"),
        ("not paid", "waiting"),
        ("no show", "bad"),
        ("not today", ""),
        ("red", ""),
        ("", ""),
        ("日本", ""),
    ],
)
def test_the_tone_of_a_status(status: str, expected: str) -> None:
    assert tone(status) == expected


def test_every_tone_has_its_colours() -> None:
    found = {tone(status) for status in ("requested", "active", "done", "lost")}
    assert found == set(TONES)
