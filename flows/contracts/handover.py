"""What a stage hands on in place of bytes: references, numbers and decisions."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from flows.contracts.base import Contract


class Reference(Contract):
    """What a stage returns in place of bytes: where they are, and their checksum."""

    key: str = Field(description="object key in the artifact store")
    sha256: str
    bytes: int


class Release(Contract):
    """Result of the release stage."""

    archive: Reference
    manifest: Reference
    files: int = Field(description="how many files the archive holds")


class Said(Contract):
    """What intake hands on: the stored interview and where its reading lies."""

    project_id: UUID
    project: str = Field(description="slug")
    interview_id: UUID
    intake: Reference


class Plan(Contract):
    """What blueprint hands on: the numbered version and where the document lies."""

    project: str = Field(description="slug")
    blueprint_id: UUID
    version: int
    sha256: str
    blueprint: Reference


class Decision(Contract):
    """What approval hands on: the answer at the gate."""

    answer: Literal["approved", "changes requested", "rejected"]
    by: str = Field(description="e-mail address of the member")
    comment: str = ""


class Part(Contract):
    """What each generating stage hands on: where its files lie."""

    files: Reference


class Verified(Contract):
    """What verification hands on: the files it found sound, and its report."""

    files: Reference
    report: Reference
