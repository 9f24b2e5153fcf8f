"""What each check does: it answers the detail of a green check and raises CheckFailed for a red one."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from flows.stages.verification import boot, environment, files, junit
from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.schedule import Step

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import FileSet
    from flows.stages.verification.application import Application
    from flows.stages.verification.sandbox import Command, Limits, Outcome
    from flows.stages.verification.schedule import Meter

NAMES_SHOWN = 5
_COUNT = re.compile(r"Found \d+ errors?|\d+ files? would be reformatted")
NO_TESTS = 5  # pytest's exit status when it found none
# Every module of the package on its own: one that only a rare page needs is imported too.
IMPORT_ALL = """
import importlib, pathlib
names = sorted(
    ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    for path in pathlib.Path("app").rglob("*.py")
    if path.stem != "__main__" and not {"migrations", "alembic"} & set(path.parts)
)
for name in dict.fromkeys(["app.main", *names]):
    importlib.import_module(name)
print(len(names), "modules")
"""

# In one process: three would import the application and its packages three times.
MIGRATE = """
import sys, traceback
from alembic.config import main
for step in ("upgrade head", "downgrade base", "upgrade head"):
    try:
        main(argv=step.split(), prog="alembic")
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        sys.exit(f"alembic {step}: {str(error).splitlines()[0] if str(error) else type(error).__name__}")
"""


def steps(
    application: Application, file_set: FileSet, *, cache: Path, probes: tuple[str, ...]
) -> tuple[Step, ...]:
    """All checks, in the order they are shown."""

    def step(name: str, needs: tuple[str, ...], weight: int, work: functools.partial[str]) -> Step:
        return Step(name=name, needs=needs, weight=weight, work=work)

    part = functools.partial
    return (
        step("files", (), 1, part(write_files, application, file_set)),
        step("install", ("files",), 10, part(install, application, cache)),
        step("compile", ("install",), 3, part(compile_all, application)),
        step("lint", ("install",), 2, part(lint, application, file_set)),
        step("import", ("compile",), 5, part(import_all, application)),
        step("migrate", ("compile",), 10, part(migrate, application)),
        step("seed", ("migrate",), 10, part(seed, application)),
        step("boot", ("migrate", "seed"), 10, part(boot_and_probe, application, probes)),
        step("tests", ("compile",), 49, part(run_tests, application, file_set)),
    )


def write_files(application: Application, file_set: FileSet, _: Meter) -> str:
    """Write the files into a fresh folder."""
    application.clear()
    return f"{files.write(file_set, application.source)} files written"


def install(application: Application, cache: Path, meter: Meter) -> str:
    """Find the environment of the lock file in the cache, or build it."""
    lock = application.source / environment.LOCK_FILE
    if not lock.is_file():
        raise CheckFailed(f"there is no {environment.LOCK_FILE}")

    def execute(command: Command, limits: Limits) -> Outcome:
        return application.execute(meter, command, limits=limits)

    application.venv, cached = environment.obtain(
        lock, cache=cache, limits=application.limits, execute=execute, cancel=meter.cancel
    )
    meter.say(f"environment {application.venv.name[:12]}: {'from the cache' if cached else 'built'}")
    return "packages installed as locked"


def compile_all(application: Application, meter: Meter) -> str:
    """Byte-compile everything, which later processes then find ready."""
    application.expect(meter, "does not compile", application.python, "-m", "compileall", "-q", ".")
    return "every module compiles"


def lint(application: Application, file_set: FileSet, meter: Meter) -> str:
    """Ruff's rules and format, under the application's own settings and never those of a folder above it."""
    ruff = str(application.venv / "bin" / "ruff")
    texts = {file.path: file.text for file in file_set.files}
    own = next((name for name in ("ruff.toml", "pyproject.toml") if name in texts), None)
    settings = (
        ("--config", own)
        if own == "ruff.toml" or "[tool.ruff" in texts.get(own or "", "")
        else ("--isolated",)
    )
    # Without the last option a .gitignore above our folder could hide every file.
    common = (*settings, "--output-format", "concise", "--no-cache", "--no-respect-gitignore", ".")
    check = application.run(meter, ruff, "check", *common, database="scratch")
    if not check.ok:
        raise CheckFailed(f"ruff check: {_findings(application, check)}")
    form = application.run(meter, ruff, "format", "--check", *common, database="scratch")
    if not form.ok:
        raise CheckFailed(f"ruff format: {_findings(application, form)}")
    return f"{sum(path.endswith('.py') for path in texts)} modules, rules and format"


def _findings(application: Application, outcome: Outcome) -> str:
    """How many findings, and one of them: where it is says more than ruff's last line."""
    counted = next((line for line in outcome.tail if _COUNT.match(line)), None)
    if counted is None:
        return application.reason(outcome)
    return f"{counted.rstrip('.')}; {application.shown(outcome.tail[0])}"


def import_all(application: Application, meter: Meter) -> str:
    """Import every module of the package."""
    outcome = application.expect(meter, "import", application.python, "-c", IMPORT_ALL)
    return f"{outcome.tail[-1]} imported"


def migrate(application: Application, meter: Meter) -> str:
    """An empty database up, down to nothing, and up again."""
    application.expect(meter, "migrations", application.python, "-c", MIGRATE, database="verified")
    return "up, down and up again"


def seed(application: Application, meter: Meter) -> str:
    """Seed twice: the second time must change nothing and fail on nothing."""
    for time in ("first", "second"):
        argv = (application.python, "-m", "app.seed")
        application.expect(meter, f"{time} time", *argv, database="verified")
    return "seeded twice"


def boot_and_probe(application: Application, probes: tuple[str, ...], meter: Meter) -> str:
    """Start the server on the migrated and seeded database and look at every page."""
    return boot.boot(application, meter, database="verified", probes=probes)


def run_tests(application: Application, file_set: FileSet, meter: Meter) -> str:
    """The application's own suite: at least one test, none of them red."""
    report = application.tmp / "junit.xml"
    own = any(file.path == "pyproject.toml" for file in file_set.files)
    # Named outright, for pytest would take the settings of a folder above it.
    settings = ("-c", "pyproject.toml" if own else "/dev/null", "--rootdir", ".")
    quiet = ("-q", "-p", "no:cacheprovider", f"--junitxml={report}")
    outcome = application.run(meter, application.python, "-m", "pytest", *settings, *quiet, database="tests")
    if outcome.code == NO_TESTS:
        raise CheckFailed("no tests found")
    try:
        result = junit.read(report)
    except junit.ReportUnreadable as error:
        raise CheckFailed(f"{error}: {application.reason(outcome)}") from error
    if result.failed:
        raise CheckFailed(f"{result.passed} passed, {len(result.failed)} failed: {_names(result.failed)}")
    if not outcome.ok:
        raise CheckFailed(application.reason(outcome))
    if not result.passed:
        raise CheckFailed("no test passed, all were skipped")
    return f"{result.passed} passed" + (f", {result.skipped} skipped" if result.skipped else "")


def _names(failed: tuple[str, ...]) -> str:
    more = f" and {len(failed) - NAMES_SHOWN} more" if len(failed) > NAMES_SHOWN else ""
    return ", ".join(failed[:NAMES_SHOWN]) + more
