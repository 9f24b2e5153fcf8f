"""Contracts have one canonical form, and file sets never hold a path twice."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from flows.contracts import Check, FileSet, NotBuilt, Verification


def test_canonical_json_does_not_depend_on_the_order_of_arguments() -> None:
    assert NotBuilt(words="ä", reason="b").canonical_json() == '{"reason":"b","words":"ä"}'
    assert NotBuilt(reason="b", words="ä").digest() == NotBuilt(words="ä", reason="b").digest()


def test_a_value_is_read_back_as_it_was() -> None:
    value = FileSet.of({"b": "2", "a": "1"}, executable=frozenset({"a"}))
    assert FileSet.from_json(value.canonical_json()) == value
    assert [(file.path, file.executable) for file in value.files] == [("a", True), ("b", False)]


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValidationError):
        NotBuilt.from_json('{"words":"a","reason":"b","more":1}')


def test_file_sets_merge_unless_two_write_the_same_path() -> None:
    one, two = FileSet.of({"a": "1"}), FileSet.of({"b": "2"})
    assert [file.path for file in two.merged(one).files] == ["a", "b"]
    with pytest.raises(ValueError, match="two generators write a"):
        one.merged(two, FileSet.of({"a": "3"}))


def test_a_verification_counts_its_checks() -> None:
    seen = Verification(
        checks=(
            Check(name="a", ok=True, detail="", duration_s=1),
            Check(name="b", ok=False, detail="broke", duration_s=1),
        )
    )
    assert (seen.passed, seen.failed) == (1, 1)
