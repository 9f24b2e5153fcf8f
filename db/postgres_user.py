"""Whom the embedded Postgres runs as: the caller, or for root an account of its own (it refuses root)."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from db.errors import DatabaseError

ACCOUNT = "leanvibe-db"
"""Name of the account that root's Postgres runs as; it has no shell, no home and no password."""

CACHE = Path("/var/cache/leanvibe")
"""Where root keeps a copy of the Postgres programs when the account cannot reach the installed ones."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """A system account: its numeric user and group."""

    uid: int
    gid: int


def account() -> Account | None:
    """The account Postgres has to run as, None when that is the caller; made when root has none yet."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        entry = _create()
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def _create() -> pwd.struct_passwd:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
        return pwd.getpwnam(ACCOUNT)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        try:  # another process may have made it in this very moment
            return pwd.getpwnam(ACCOUNT)
        except KeyError:
            raise DatabaseError(
                f"Postgres does not run as root and the account {ACCOUNT} cannot be made with useradd; "
                "run as a normal user, or name a Postgres 15 or newer in LEANVIBE_DATABASE_URL"
            ) from error


def reachable(path: Path) -> bool:
    """Whether any account may traverse the folders above `path` and read it."""
    path = path.resolve()
    return bool(path.stat().st_mode & stat.S_IROTH) and all(
        folder.stat().st_mode & stat.S_IXOTH for folder in path.parents
    )


def programs(installed: Path, version: str, cache: Path = CACHE) -> Path:
    """A folder like `installed` (bin, lib, share) that every account can run.

    A clone below a closed home (mode 0700) is copied once per version: opening the home to everybody, the
    other way out, would be a hole in the machine.
    """
    if reachable(installed / "bin" / "postgres"):
        return installed
    copy = cache / f"postgres-{version}"
    package = copy / installed.parent.name / installed.name
    if copy.exists():
        return package
    cache.mkdir(parents=True, exist_ok=True, mode=0o755)
    scratch = Path(tempfile.mkdtemp(dir=cache))
    scratch.chmod(0o755)
    try:
        _copy(installed, scratch)
        scratch.rename(copy)
    except OSError:
        shutil.rmtree(scratch, ignore_errors=True)
        if not copy.exists():  # else another process was faster
            raise
    return package


def _copy(installed: Path, scratch: Path) -> None:
    """Copy the programs and, beside their package as the wheel has it, the libraries they load from there."""
    site = installed.parent.parent
    target = scratch / installed.parent.name / installed.name
    (target / "bin").mkdir(parents=True, mode=0o755)
    for program in ("initdb", "pg_ctl", "postgres"):
        shutil.copy2(installed / "bin" / program, target / "bin" / program)
    libraries = f"{installed.parent.name}.libs"
    for source, copy in (
        (installed / "lib", target / "lib"),
        (installed / "share", target / "share"),
        (site / libraries, scratch / libraries),
    ):
        if source.exists():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.a"), symlinks=True)
