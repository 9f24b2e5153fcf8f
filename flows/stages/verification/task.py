"""The verification stage: the application is installed, migrated, booted and tested in a sandbox."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from prefect.artifacts import create_markdown_artifact

from blocks.database import database_url
from blocks.settings import settings
from db.engine import transaction
from db.records.results import NewCheck, store_checks
from flows.contracts import Blueprint, FileSet, Part, Plan, Stage, Verification, Verified
from flows.stages.verification.report import markdown, summary
from flows.stages.verification.sandbox import Limits
from flows.stages.verification.verify import verify
from flows.work import Work, begin, stage_task, zipped
from storage.errors import InvalidArchive


class VerificationFailed(Exception):
    """A check is red; the message says which broke first and how."""


@stage_task(Stage.VERIFICATION)
def verification(plan: Plan, parts: list[Part]) -> Verified:
    """Check the application and store what was seen; then raises VerificationFailed for a red check."""
    work = begin(Stage.VERIFICATION)
    blueprint = work.read(plan.blueprint, Blueprint)
    first, *rest = (work.read(part.files, FileSet) for part in parts)
    files = first.merged(*rest)
    seen = _verify(work, files, blueprint)
    _store(work, seen)
    verified = Verified(
        files=work.keep(files, project=plan.project, path="files.json"),
        report=work.keep(seen, project=plan.project, path="verification.json"),
    )
    create_markdown_artifact(
        markdown(seen), key=f"verification-{work.execution_id}", description=summary(seen)
    )
    if seen.failed:
        _keep_partial(work, files, blueprint, project=plan.project)
        raise VerificationFailed(summary(seen))
    work.say("%s", summary(seen))
    return verified


def _verify(work: Work, files: FileSet, blueprint: Blueprint) -> Verification:
    """Run the checks in a folder of their own, which is gone afterwards."""
    chosen = settings()
    folder = chosen.cache / "sandboxes"
    folder.mkdir(parents=True, exist_ok=True)
    workdir = Path(tempfile.mkdtemp(prefix=f"{work.execution_id.hex[:12]}-", dir=folder))
    try:
        return verify(
            files,
            blueprint,
            workdir=workdir,
            cache=chosen.cache,
            limits=Limits(wall_s=chosen.sandbox_seconds, memory_bytes=chosen.sandbox_memory_mb * 2**20),
            say=lambda check, line: work.say("%s: %s", check, line),
            progress=work.advance,
        )
    finally:
        shutil.rmtree(workdir, ignore_errors=True)


def _keep_partial(work: Work, files: FileSet, blueprint: Blueprint, *, project: str) -> None:
    """Keep what was generated as an archive: whoever finds out what broke wants to run it."""
    try:
        archive = zipped(files.below(blueprint.slug))
    except InvalidArchive as error:
        work.say("there is no archive of the partial application: %s", error)
        return
    path = f"{blueprint.slug}-partial.zip"
    kept = work.keep_bytes(archive, project=project, path=path, kind="partial archive")
    work.say("the partial application is kept: %s, %d bytes", kept.key, kept.bytes)


def _store(work: Work, seen: Verification) -> None:
    with transaction(database_url()) as connection:
        store_checks(
            connection,
            execution_id=work.execution_id,
            checks=[
                NewCheck(
                    name=check.name,
                    ok=check.ok,
                    detail=check.detail,
                    duration_s=check.duration_s,
                    subprocess_s=check.subprocess_s,
                )
                for check in seen.checks
            ],
        )
