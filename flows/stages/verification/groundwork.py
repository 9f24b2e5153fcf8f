"""The checks before the application is asked anything: from writing its files to filling its database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.stages.verification import environment, files
from flows.stages.verification.errors import CheckFailed

if TYPE_CHECKING:
    from pathlib import Path

    from flows.contracts import FileSet
    from flows.stages.verification.application import Application
    from flows.stages.verification.sandbox import Command, Limits, Outcome
    from flows.stages.verification.schedule import Meter

_COUNT = re.compile(r"Found \d+ errors?|\d+ files? would be reformatted")
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


def migrate(application: Application, database: str, meter: Meter) -> str:
    """An empty database up, down to nothing, and up again."""
    application.expect(meter, "migrations", application.python, "-c", MIGRATE, database=database)
    return "up, down and up again"


def seed(application: Application, database: str, meter: Meter) -> str:
    """Seed twice: the second time must change nothing and fail on nothing."""
    for time in ("first", "second"):
        argv = (application.python, "-m", "app.seed")
        application.expect(meter, f"{time} time", *argv, database=database)
    return "seeded twice"
