"""Object keys: what they look like and what never becomes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import keys
from storage.errors import InvalidKey


def test_a_stage_key_names_all_that_owns_it() -> None:
    key = keys.stage_key(tenant="local", project="p1", execution="e1", stage="release", path="docs/a b.md")
    assert key == "local/p1/e1/release/docs/a b.md"
    assert key.startswith(keys.execution_prefix(tenant="local", project="p1", execution="e1"))


@pytest.mark.parametrize(
    "part", ["", ".", "..", "a/b", "a\\b", "a\0", "a\n", "/", " a", "a ", "a.", "aux", "LPT1.md"]
)
@pytest.mark.parametrize("name", ["tenant", "project", "execution", "stage"])
def test_no_part_of_a_key_can_be_another_path(name: str, part: str) -> None:
    parts = {"tenant": "t", "project": "p", "execution": "e", "stage": "s", "path": "x"}
    with pytest.raises(InvalidKey, match="object key"):
        keys.stage_key(**{**parts, name: part})


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("/etc/passwd", "absolute"),
        ("a/../../b", "climbing"),
        ("a\\b", "one of"),
        ("a\x00b", "control"),
        ("a\u202eb", "control"),
        ("\ud800", "control"),
        ("u\u0308", "normal form"),
        ("com1", "device"),
        ("a/nul.tar.gz", "device"),
        ("x" * 256, "255 bytes"),
        ("/".join(["x" * 200] * 6), "1024 bytes"),
    ],
)
def test_the_reason_is_said(key: str, reason: str) -> None:
    with pytest.raises(InvalidKey, match=reason):
        keys.validate(key)


@pytest.mark.parametrize("key", ["a", ".github/workflows/ci.yml", "a/b.c/d", "Zubehör/ä.md", "console/nulls"])
def test_ordinary_paths_are_keys(key: str) -> None:
    assert keys.validate(key) == key


@given(st.text())
def test_any_text_is_a_key_or_is_refused(text: str) -> None:
    try:
        key = keys.validate(text)
    except InvalidKey:
        return
    assert key == text
    assert not {"", ".", ".."} & set(key.split("/"))
    assert key.encode()
