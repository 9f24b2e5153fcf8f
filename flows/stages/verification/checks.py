"""Every check in its order: what it needs, and who does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.stages.verification import depth, groundwork, suite
from flows.stages.verification.schedule import Step

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import Blueprint, FileSet
    from flows.stages.verification.application import Application
    from flows.stages.verification.findings import Findings
    from flows.stages.verification.server import Server

DATABASE = "verified"
"""The database that is migrated, seeded and served."""


def steps(
    application: Application,
    files: FileSet,
    blueprint: Blueprint,
    *,
    server: Server,
    findings: Findings,
    cache: Path,
) -> tuple[Step, ...]:
    """All checks, in the order they are shown; the server's own run beside the application's suite."""

    def step(name: str, weight: int, work: partial[str], *needs: str, after: tuple[str, ...] = ()) -> Step:
        return Step(name=name, needs=needs, weight=weight, work=work, after=after)

    pages = [page.path for page in blueprint.pages if page.action in {"home", "list", "create"}]
    probes = tuple(dict.fromkeys(("/", *pages))) if blueprint.profile == "web" else ()
    return (
        step("files", 1, partial(groundwork.write_files, application, files)),
        step("install", 10, partial(groundwork.install, application, cache), "files"),
        step("compile", 3, partial(groundwork.compile_all, application), "install"),
        step("lint", 2, partial(groundwork.lint, application, files), "install"),
        step("import", 5, partial(groundwork.import_all, application), "compile"),
        step("migrate", 10, partial(groundwork.migrate, application, DATABASE), "compile"),
        step("seed", 10, partial(groundwork.seed, application, DATABASE), "migrate"),
        step("boot", 10, partial(server.boot, probes), "migrate", "seed"),
        step("tests", 40, partial(suite.run_tests, application, files, findings), "compile"),
        step("access", 10, partial(depth.access, blueprint, server, findings), "boot"),
        step("openapi", 3, partial(depth.openapi, blueprint, server, findings), "boot", after=("access",)),
        step("links", 5, partial(depth.links, blueprint, server, findings), "boot", after=("openapi",)),
        step("stop", 1, partial(server.stop), "boot", after=("access", "openapi", "links")),
        step("mutation", 10, partial(depth.mutation, application, files, blueprint, findings), "tests"),
        step(
            "traceability",
            1,
            partial(depth.traceability, blueprint, files, findings),
            "compile",
            after=("tests",),
        ),
    )
