"""The application's virtual environment: one per lock file and Python version, kept in the cache, shared."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import sysconfig
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from flows.stages.verification.errors import CheckFailed
from flows.stages.verification.sandbox import Command

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from flows.stages.verification.sandbox import Limits, Outcome

LOCK_FILE = "requirements.lock"
COMPLETE = ".complete"  # written last: a folder without it is half built and never used
LOCK_POLL_S = 0.1
_ALLOWED = frozenset(
    {
        *("PATH", "HOME", "TMPDIR", "LANG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
        *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
        *("http_proxy", "https_proxy", "all_proxy", "no_proxy"),
    }
)
_ALLOWED_PREFIXES = ("PIP_", "UV_")
_REFUSED = frozenset({"UV_PROJECT_ENVIRONMENT", "UV_PYTHON", "UV_TARGET", "UV_SYSTEM_PYTHON"})
# uv does not read pip's settings; who has only those means the same index.
_FROM_PIP = {"PIP_INDEX_URL": "UV_DEFAULT_INDEX", "PIP_EXTRA_INDEX_URL": "UV_INDEX"}


def key(lock: str) -> str:
    """Name of the environment's folder: checksum of lock file, Python version and platform."""
    python = f"{sys.implementation.cache_tag}-{sys.version_info.micro}-{sysconfig.get_platform()}"
    return hashlib.sha256(f"{python}\0{lock}".encode()).hexdigest()


def install_environment(ours: Mapping[str, str], cache: Path) -> dict[str, str]:
    """Of our environment variables those that an installation needs: to find the index and to trust it."""
    env = {
        name: value
        for name, value in ours.items()
        if name not in _REFUSED and (name in _ALLOWED or name.startswith(_ALLOWED_PREFIXES))
    }
    for pip, uv in _FROM_PIP.items():
        if pip in env:
            env.setdefault(uv, env[pip])
    if "HOME" not in env:
        env.setdefault("UV_CACHE_DIR", str(cache / "uv"))
    return env


def obtain(
    lock: Path,
    *,
    cache: Path,
    limits: Limits,
    execute: Callable[[Command, Limits], Outcome],
    cancel: threading.Event,
) -> tuple[Path, bool]:
    """The environment of this lock file, and whether it was there already; builds it when it was not.

    Two processes that want the same one share it: the second waits for the first. Raises CheckFailed.
    """
    name = key(lock.read_text(encoding="utf-8"))
    folder = cache / "environments" / name
    if (folder / COMPLETE).exists():
        return folder, True
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _locked(folder.with_suffix(".lock"), cancel, limits.wall_s):
        if (folder / COMPLETE).exists():
            return folder, True
        # In its place and not moved there: the scripts of an environment hold its path.
        if folder.exists():
            shutil.rmtree(folder)
        env = install_environment(os.environ, cache)
        # uv and its threads reserve far more address space than they use.
        roomy = replace(limits, memory_bytes=None, cpu_s=None, file_bytes=None, processes=None)
        for argv in _commands(folder, lock):
            outcome = execute(Command(argv=argv, cwd=lock.parent, env=env, network="host"), roomy)
            if not outcome.ok:
                raise CheckFailed(f"uv {argv[3]}: {_reason(outcome)}")
        _mark_complete(folder)
    return folder, False


def _commands(folder: Path, lock: Path) -> Iterator[tuple[str, ...]]:
    uv = (sys.executable, "-m", "uv")
    quiet = ("--no-progress", "--color", "never")
    yield (*uv, "venv", *quiet, "--no-project", "--python", sys.executable, str(folder))
    yield (
        *(*uv, "pip", "install", *quiet, "--require-hashes", "--compile-bytecode", "--no-build"),
        *("--python", str(folder / "bin" / "python"), "--requirement", str(lock)),
    )


def _reason(outcome: Outcome) -> str:
    if outcome.timed_out:
        return "took too long"
    return next(
        (
            line.strip()
            for line in outcome.tail
            if line.strip().startswith(("error", "\N{MULTIPLICATION SIGN}"))
        ),
        None,
    ) or (outcome.tail[-1].strip() if outcome.tail else f"exit {outcome.code}")


def _mark_complete(folder: Path) -> None:
    with (folder / COMPLETE).open("x", encoding="utf-8") as marker:
        marker.write("complete\n")
        marker.flush()
        os.fsync(marker.fileno())


@contextmanager
def _locked(path: Path, cancel: threading.Event, wait_s: float) -> Iterator[None]:
    """Hold the file's lock, which the kernel gives back whenever the holder ends; raises CheckFailed."""
    with path.open("a", encoding="utf-8") as file:
        for _ in range(int(wait_s / LOCK_POLL_S) + 1):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if cancel.wait(LOCK_POLL_S):
                    raise CheckFailed("cancelled while another run installed the same packages") from None
        else:
            raise CheckFailed(f"another run has been installing the same packages for {wait_s:.0f} s: {path}")
        yield
