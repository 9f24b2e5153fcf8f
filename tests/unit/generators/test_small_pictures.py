"""Examples of pictures where little room is: whole ones, or none, and a note that says so."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import pytest

from flows.rendering.bounds import SMALLEST_PICTURE
from flows.stages.backend.generate import generate as backend
from flows.stages.blueprint.derive import derive
from flows.stages.infrastructure.generate import generate as infrastructure
from flows.stages.intake.document import read

if TYPE_CHECKING:
    from collections.abc import Callable

SAID = """
name: Stamps
idea: Stamps
entities:
  Stamp:
    fields:
      title: {type: text, required: true}
      picture: {type: image, max_bytes: %d, required: %s}
"""


def generated(most: int, *, required: bool = False) -> dict[str, str]:
    blueprint = derive(read(SAID % (most, str(required).lower())))
    return {file.path: file.text for file in backend(blueprint).merged(infrastructure(blueprint)).files}


@pytest.fixture(scope="module")
def picture() -> Callable[[int, int], bytes]:
    module: dict[str, Callable[[int, int], bytes]] = {}
    exec(generated(100)["app/files/examples.py"], module)  # noqa: S102 - our own code
    return module["picture"]


def chunks(content: bytes) -> list[bytes]:
    """The kinds of the chunks of a PNG, whose checksums are right."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    kinds, at = [], 8
    while b"IEND" not in kinds:
        (length,) = struct.unpack(">I", content[at : at + 4])
        body = content[at + 4 : at + 8 + length]
        assert content[at + 8 + length : at + 12 + length] == struct.pack(">I", zlib.crc32(body))
        kinds.append(body[:4])
        at += 12 + length
    return kinds


@pytest.mark.parametrize("size", [0, SMALLEST_PICTURE, SMALLEST_PICTURE + 1, 100, 5000])
def test_a_picture_of_any_size_that_holds_one_is_whole(
    picture: Callable[[int, int], bytes], size: int
) -> None:
    first, second = picture(1, size), picture(2, size)
    assert first != second
    for content in (first, second):
        assert chunks(content)[0] == b"IHDR"
        assert len(content) == size or not size


def test_less_only_begins_like_a_picture(picture: Callable[[int, int], bytes]) -> None:
    assert picture(1, SMALLEST_PICTURE - 1) == picture(1, SMALLEST_PICTURE)[:-1]


def test_an_optional_field_without_room_stays_empty_and_the_readme_says_so() -> None:
    files = generated(SMALLEST_PICTURE - 1)
    assert '"picture": None' in files["app/seed.py"]
    assert "app.files" not in files["app/seed.py"]
    assert "examples leave it empty" in files["README.md"]


def test_a_field_with_room_for_a_dot_has_one() -> None:
    files = generated(SMALLEST_PICTURE)
    assert f'"picture": SentFile("picture-1.png", picture(0, {SMALLEST_PICTURE}))' in files["app/seed.py"]
    assert "whole picture" not in files["README.md"]


def test_a_field_that_is_required_begins_like_a_picture() -> None:
    files = generated(SMALLEST_PICTURE - 1, required=True)
    assert '"picture": None' not in files["app/seed.py"]
    assert "examples only begin like pictures" in files["README.md"]
