"""Colours as numbers: hexadecimal and OKLCH, contrast as WCAG measures it, a shade that can be read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WHITE = "#ffffff"
BLACK = "#000000"

_STEP = 0.01
"""Lightness between two shades that are tried: below what an eye tells apart."""

_TOLERANCE = 1e-4
"""How far a channel may lie outside what a screen shows and still round to the same colour."""


@dataclass(frozen=True, kw_only=True)
class Shade:
    """A colour as the eye orders it (OKLCH): lightness 0 to 1, chroma 0 to about 0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    @property
    def hex(self) -> str:
        """As #rrggbb; a colour that no screen shows loses chroma until one does."""
        chroma = self.chroma
        while True:
            channels = _linear(self.lightness, chroma, self.hue)
            if chroma == 0 or all(-_TOLERANCE <= channel <= 1 + _TOLERANCE for channel in channels):
                return "#" + "".join(f"{_encoded(channel):02x}" for channel in channels)
            chroma = max(chroma - 0.004, 0)

    def at(self, lightness: float) -> Shade:
        """The same colour, lighter or darker."""
        return Shade(lightness=min(max(lightness, 0), 1), chroma=self.chroma, hue=self.hue)

    def muted(self, chroma: float) -> Shade:
        """The same colour with at most that chroma."""
        return Shade(lightness=self.lightness, chroma=min(self.chroma, chroma), hue=self.hue)


def shade(colour: str) -> Shade:
    """The shade of a #rrggbb; raises ValueError for anything else."""
    red, green, blue = (_decoded(channel) for channel in _channels(colour))
    # Matrices of OKLab: https://bottosson.github.io/posts/oklab/
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Shade(lightness=lightness, chroma=math.hypot(a, b), hue=math.degrees(math.atan2(b, a)) % 360)


def contrast(one: str, other: str) -> float:
    """Contrast of two #rrggbb colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(wanted: Shade, grounds: Iterable[str], ratio: float, *, darker: bool) -> str:
    """The shade nearest to the wanted one that has the contrast on every ground, or black or white."""
    grounds = tuple(grounds)
    step = -_STEP if darker else _STEP
    for number in range(round(1 / _STEP)):
        tried = wanted.at(wanted.lightness + number * step).hex
        if all(contrast(tried, ground) >= ratio for ground in grounds):
            return tried
    return BLACK if darker else WHITE


def _channels(colour: str) -> tuple[int, int, int]:
    if len(colour) != 7 or colour[0] != "#":  # noqa: PLR2004 - the length of #rrggbb
        raise ValueError(f"{colour!r} is no colour: write it as #rrggbb.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _decoded(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of sRGB


def _encoded(value: float) -> int:
    value = min(max(value, 0), 1)
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055  # noqa: PLR2004 - of sRGB
    return round(curved * 255)


def _luminance(colour: str) -> float:
    red, green, blue = (_decoded(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
