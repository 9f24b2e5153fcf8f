"""Every check in its order: what it needs, and who does it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flows.stages.verification import groundwork, suite
from flows.stages.verification.schedule import Step

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import Blueprint, FileSet
    from flows.stages.verification.application import Application
    from flows.stages.verification.server import Server

DATABASE = "verified"
"""The database that is migrated, seeded and served."""


def steps(
    application: Application, file_set: FileSet, blueprint: Blueprint, *, server: Server, cache: Path
) -> tuple[Step, ...]:
    """All checks, in the order they are shown; the server's own run beside the application's suite."""

    def step(name: str, weight: int, work: partial[str], *needs: str, after: tuple[str, ...] = ()) -> Step:
        return Step(name=name, needs=needs, weight=weight, work=work, after=after)

    probes = tuple(page.path for page in blueprint.pages if page.action in {"home", "list", "create"})
    return (
        step("files", 1, partial(groundwork.write_files, application, file_set)),
        step("install", 10, partial(groundwork.install, application, cache), "files"),
        step("compile", 3, partial(groundwork.compile_all, application), "install"),
        step("lint", 2, partial(groundwork.lint, application, file_set), "install"),
        step("import", 5, partial(groundwork.import_all, application), "compile"),
        step("migrate", 10, partial(groundwork.migrate, application, DATABASE), "compile"),
        step("seed", 10, partial(groundwork.seed, application, DATABASE), "migrate"),
        step("boot", 10, partial(server.boot, probes), "migrate", "seed"),
        step("stop", 1, partial(server.stop), "boot"),
        step("tests", 49, partial(suite.run_tests, application, file_set), "compile"),
    )
