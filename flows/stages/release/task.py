"""The release stage: the verified files become a reproducible archive with a manifest of checksums."""

from __future__ import annotations

from flows.contracts import (
    GENERATOR_VERSION,
    Blueprint,
    FileSet,
    Plan,
    Release,
    Stage,
    Verification,
    Verified,
)
from flows.stages.release.assemble import MANIFEST, assemble, in_folder
from flows.work import begin, stage_task, zipped


@stage_task(Stage.RELEASE)
def release(plan: Plan, verified: Verified) -> Release:
    """Write manifest and archive into the artifact store."""
    work = begin(Stage.RELEASE)
    blueprint = work.read(plan.blueprint, Blueprint)
    files = assemble(
        work.read(verified.files, FileSet),
        blueprint,
        work.read(verified.report, Verification),
        generator_version=GENERATOR_VERSION,
    )
    manifest = next(file.text for file in files.files if file.path == MANIFEST)
    archive = zipped(in_folder(files, blueprint))
    released = Release(
        archive=work.keep_bytes(archive, project=plan.project, path=f"{blueprint.slug}.zip", kind="archive"),
        manifest=work.keep_bytes(manifest.encode(), project=plan.project, path=MANIFEST, kind="manifest"),
        files=len(files.files),
    )
    work.say(
        "%d files in %s, %d bytes, sha256 %s",
        released.files,
        released.archive.key,
        released.archive.bytes,
        released.archive.sha256,
    )
    return released
