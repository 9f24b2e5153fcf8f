"""The application's colours, light and dark: the founder's or the house's, all of them readable."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flows.stages.frontend.colours import BLACK, WHITE, Shade, contrast, readable, shade

TEXT = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""

PARTS = 3.0
"""Contrast that the edge of an input or a focus ring needs (WCAG 2.2, 1.4.11)."""

_COLOURLESS = 0.02
"""Chroma below which a brand is black, grey or white: black then turns white in the dark."""

_HUES = (155, 195, 225, 255, 285, 320, 20, 45)
"""Hues of products whose founder named no colour."""

TONES = {
    "waiting": Shade(lightness=0.62, chroma=0.13, hue=75),
    "active": Shade(lightness=0.55, chroma=0.13, hue=255),
    "good": Shade(lightness=0.58, chroma=0.13, hue=152),
    "bad": Shade(lightness=0.55, chroma=0.19, hue=27),
}
"""What a status or a message tells at a glance; always with words, never by colour alone."""


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Custom property to #rrggbb, for each of the two schemes."""

    light: Mapping[str, str]
    dark: Mapping[str, str]


@functools.lru_cache(maxsize=64)
def palette(colour: str, slug: str) -> Palette:
    """The colours of a product; an empty colour means the house's choice, the same each time for a slug."""
    brand = shade(colour) if colour else _house(slug)
    return Palette(light=_light(brand), dark=_dark(brand))


def _house(slug: str) -> Shade:
    hue = _HUES[hashlib.sha256(slug.encode()).digest()[0] % len(_HUES)]
    return Shade(lightness=0.5, chroma=0.13, hue=hue)


def _light(brand: Shade) -> dict[str, str]:
    grounds = {
        "ground": brand.at(0.984).muted(0.004).hex,
        "surface": WHITE,
        "sunken": brand.at(0.962).muted(0.008).hex,
        "soft": brand.at(0.95).muted(0.03).hex,
    }
    colours = grounds | {
        "line": brand.at(0.91).muted(0.01).hex,
        "ink": brand.at(0.24).muted(0.025).hex,
        "muted": readable(brand.at(0.52).muted(0.025), grounds.values(), TEXT, darker=True),
        "edge": readable(brand.at(0.7).muted(0.02), grounds.values(), PARTS, darker=True),
        "link": readable(brand, grounds.values(), TEXT, darker=True),
    }
    colours |= _filled("accent", brand.hex)
    for name, tone in TONES.items():
        tint = tone.at(0.955).muted(0.035).hex
        colours[f"{name}-soft"] = tint
        colours[name] = readable(tone, (tint, *grounds.values()), TEXT, darker=True)
    return colours | _filled("danger", colours["bad"])


def _dark(brand: Shade) -> dict[str, str]:
    if brand.chroma < _COLOURLESS:
        brand = brand.at(max(brand.lightness, 1 - brand.lightness))
    grounds = {
        "ground": brand.at(0.175).muted(0.01).hex,
        "surface": brand.at(0.22).muted(0.012).hex,
        "sunken": brand.at(0.26).muted(0.014).hex,
        "soft": brand.at(0.3).muted(0.045).hex,
    }
    colours = grounds | {
        "line": brand.at(0.315).muted(0.018).hex,
        "ink": brand.at(0.94).muted(0.01).hex,
        "muted": readable(brand.at(0.7).muted(0.02), grounds.values(), TEXT, darker=False),
        "edge": readable(brand.at(0.5).muted(0.02), grounds.values(), PARTS, darker=False),
        "link": readable(brand.at(max(brand.lightness, 0.76)), grounds.values(), TEXT, darker=False),
    }
    fill = readable(brand, (grounds["surface"], grounds["ground"]), PARTS, darker=False)
    colours |= _filled("accent", fill)
    for name, tone in TONES.items():
        tint = tone.at(0.29).muted(0.055).hex
        colours[f"{name}-soft"] = tint
        colours[name] = readable(tone.at(0.78).muted(0.13), (tint, *grounds.values()), TEXT, darker=False)
    return colours | _filled("danger", colours["bad"])


def _filled(name: str, fill: str) -> dict[str, str]:
    """A filled surface, the text on it, and its shade under the pointer."""
    text = WHITE if contrast(WHITE, fill) >= TEXT else BLACK
    base = shade(fill)
    darker = base.lightness > 0.93 or (text == WHITE and base.lightness > 0.15)  # noqa: PLR2004 - near an end
    hover = base.at(base.lightness - 0.06 if darker else max(base.lightness + 0.06, 0.27))
    return {name: fill, f"on-{name}": text, f"{name}-hover": hover.hex}
