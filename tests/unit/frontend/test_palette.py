"""Whatever colour a founder names, everything on the pages can be read, in light and in dark."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.stages.frontend.colours import Shade, contrast, readable, shade
from flows.stages.frontend.palette import PARTS, TEXT, TONES, palette

COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map(lambda number: f"#{number:06x}")
GROUNDS = ("ground", "surface", "sunken", "soft")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#777777", 4.48)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(COLOURS)
def test_a_colour_comes_back_from_its_shade(colour: str) -> None:
    there, back = bytes.fromhex(colour[1:]), bytes.fromhex(shade(colour).hex[1:])
    assert all(abs(one - other) <= 1 for one, other in zip(there, back, strict=True))


def test_no_shade_is_readable_on_black_and_on_white_at_once() -> None:
    wanted = Shade(lightness=0.5, chroma=0.1, hue=30)
    assert readable(wanted, ("#000000", "#ffffff"), 7, darker=True) == "#000000"


@pytest.mark.parametrize("wrong", ["red", "#fff", "123456", "#gggggg", ""])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(wrong)) + "|invalid literal"):
        shade(wrong)


@given(COLOURS)
def test_everything_can_be_read(colour: str) -> None:
    made = palette(colour, "product")
    for colours in (made.light, made.dark):
        for text, ground in itertools.product(("ink", "muted", "link", *TONES), GROUNDS):
            assert contrast(colours[text], colours[ground]) >= TEXT, (text, ground)
        for ground in GROUNDS:
            assert contrast(colours["edge"], colours[ground]) >= PARTS, ground
        for tone in TONES:
            assert contrast(colours[tone], colours[f"{tone}-soft"]) >= TEXT, tone
        for fill in ("accent", "accent-hover", "danger", "danger-hover"):
            text = colours["on-" + fill.removesuffix("-hover")]
            assert contrast(text, colours[fill]) >= TEXT, fill


@given(COLOURS)
def test_the_founders_colour_is_used_as_it_is(colour: str) -> None:
    light = palette(colour, "product").light
    assert contrast(light["accent"], colour) < 1.05
    assert light["accent"] != light["accent-hover"]


def test_without_a_colour_the_house_chooses_the_same_each_time() -> None:
    assert palette("", "pawsitter") == palette("", "pawsitter")
    accents = {palette("", f"product-{number}").light["accent"] for number in range(40)}
    assert len(accents) > 4
