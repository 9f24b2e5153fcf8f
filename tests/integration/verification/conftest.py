"""What every test of the verification stage uses."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from flows.stages.verification import environment
from tests.integration.verification.tiny import TINY


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache that holds the tiny application's environment already: our own packages, no network."""
    folder = tmp_path / "cache" / "environments" / environment.key(TINY["requirements.lock"])
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (folder / "bin" / "ruff").symlink_to(Path(sysconfig.get_path("scripts")) / "ruff")
    (folder / environment.COMPLETE).touch()
    return tmp_path / "cache"
