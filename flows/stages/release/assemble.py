"""Assembles what is delivered: the verified files, the report, the blueprint and a manifest of checksums."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from flows.contracts import FileSet
from flows.stages.release.document import ACCESS, TRACES, access_page, record, traces_page, verification_page

if TYPE_CHECKING:
    from flows.contracts import Blueprint, GeneratedFile, Verification

BLUEPRINT = "docs/blueprint.json"
REPORT = "docs/verification.md"
RECORD = "docs/verification.json"
MANIFEST = "MANIFEST.json"
MANIFEST_VERSION = 1
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class ReleaseError(Exception):
    """Base of every error this package raises."""


def assemble(
    files: FileSet,
    blueprint: Blueprint,
    verification: Verification,
    *,
    generator_version: str,
) -> FileSet:
    """The files to deliver: those given, what verification saw, the blueprint, the manifest.

    The same arguments give the same bytes. Raises ReleaseError for files that did not pass verification.
    """
    if verification.failed or not verification.checks:
        red = (
            ", ".join(check.name for check in verification.checks if not check.ok) or "it was never verified"
        )
        raise ReleaseError(f"the application is not released: {red}; read the log of the verification stage")
    documents = FileSet.of(_documents(blueprint, verification))
    try:
        contents = files.merged(documents)
        listing = manifest(contents, blueprint, generator_version=generator_version)
        return contents.merged(FileSet.of({MANIFEST: pretty(listing)}))
    except ValueError as error:
        raise ReleaseError(f"{error}, and the release as well; take it out of the generator") from error


def _documents(blueprint: Blueprint, verification: Verification) -> dict[str, str]:
    documents = {
        BLUEPRINT: pretty(blueprint.model_dump(mode="json")),
        REPORT: verification_page(verification, product=blueprint.name),
        RECORD: pretty(record(verification)),
    }
    if verification.access:
        documents[ACCESS] = access_page(verification, product=blueprint.name)
    if verification.traced:
        documents[TRACES] = traces_page(verification, product=blueprint.name)
    return documents


def manifest(files: FileSet, blueprint: Blueprint, *, generator_version: str) -> dict[str, Any]:
    """Checksum and size in bytes of every file, and what they were made from."""
    return {
        "manifest_version": MANIFEST_VERSION,
        "product": blueprint.name,
        "blueprint_sha256": blueprint.digest(),
        "generator_version": generator_version,
        "files": [_entry(file) for file in files.files],
    }


def in_folder(files: FileSet, blueprint: Blueprint) -> FileSet:
    """The same files below the archive's single top folder, the blueprint's slug; raises ReleaseError."""
    if not _SLUG.fullmatch(blueprint.slug):
        raise ReleaseError(
            f"{blueprint.slug!r} cannot name a folder; the blueprint's slug has to be kebab-case"
        )
    return files.below(blueprint.slug)


def pretty(value: dict[str, Any]) -> str:
    """JSON for people and for diffs: keys sorted, two spaces, a line break at the end."""
    return json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False) + "\n"


def _entry(file: GeneratedFile) -> dict[str, Any]:
    data = file.text.encode()
    return {
        "path": file.path,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "executable": file.executable,
    }
