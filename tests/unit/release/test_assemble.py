"""What is delivered: everything verified, a manifest that tells the truth, the same bytes every time."""

from __future__ import annotations

import hashlib
import json

import pytest

from flows.contracts import Blueprint, Check, FileSet, Verification
from flows.stages.release.assemble import ReleaseError, assemble, in_folder

BLUEPRINT = Blueprint(
    name="Paws <b>& Co", slug="paws-co", idea="Pet sitting", entities=(), pages=(), endpoints=()
)
FILES = FileSet.of({"app/main.py": "ä\n", "run.sh": "#!/bin/sh\n"}, executable=frozenset({"run.sh"}))


def checked(*, ok: bool = True, duration_s: float = 1.0) -> Verification:
    detail = "3 passed | <i>"
    return Verification(checks=(Check(name="tests", ok=ok, detail=detail, duration_s=duration_s),))


def texts(files: FileSet) -> dict[str, str]:
    return {file.path: file.text for file in files.files}


def released(verification: Verification | None = None) -> FileSet:
    return assemble(FILES, BLUEPRINT, verification or checked(), generator_version="1")


def test_the_release_holds_the_files_and_what_explains_them() -> None:
    found = texts(released())
    assert list(found) == sorted(
        [
            *("MANIFEST.json", "app/main.py", "docs/blueprint.json", "run.sh"),
            *("docs/verification.json", "docs/verification.md"),
        ]
    )
    assert Blueprint.from_json(found["docs/blueprint.json"]) == BLUEPRINT


def test_the_manifest_lists_every_other_file_as_it_is() -> None:
    found = texts(released())
    manifest = json.loads(found.pop("MANIFEST.json"))
    assert manifest["blueprint_sha256"] == BLUEPRINT.digest()
    assert manifest["generator_version"] == "1"
    assert {entry["path"]: entry for entry in manifest["files"]} == {
        path: {
            "path": path,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "bytes": len(text.encode()),
            "executable": path == "run.sh",
        }
        for path, text in found.items()
    }


def test_the_same_results_are_the_same_bytes_whatever_the_time_it_took() -> None:
    assert released(checked(duration_s=1)) == released(checked(duration_s=99))


def test_nothing_in_the_report_is_markup() -> None:
    page = texts(released())["docs/verification.md"]
    assert r"# How Paws \<b\>\& Co was verified" in page
    assert r"| tests | passed | 3 passed \| \<i\> |" in page


@pytest.mark.parametrize("verification", [checked(ok=False), Verification(checks=())])
def test_what_is_not_verified_is_not_released(verification: Verification) -> None:
    with pytest.raises(ReleaseError, match=r"not released: (tests|it was never verified)"):
        released(verification)


def test_a_file_of_ours_is_never_overwritten() -> None:
    files = FileSet.of({"MANIFEST.json": "{}"})
    with pytest.raises(ReleaseError, match=r"MANIFEST\.json"):
        assemble(files, BLUEPRINT, checked(), generator_version="1")


def test_the_archive_has_one_top_folder() -> None:
    paths = {file.path: file.executable for file in in_folder(FILES, BLUEPRINT).files}
    assert paths == {"paws-co/app/main.py": False, "paws-co/run.sh": True}
    for slug in ("..", "a/b", "", "A", "-a"):
        with pytest.raises(ReleaseError, match="cannot name a folder"):
            in_folder(FILES, BLUEPRINT.model_copy(update={"slug": slug}))
