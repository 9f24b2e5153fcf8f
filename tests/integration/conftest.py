"""What integration tests share: the packages of a generated application, installed once per worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flows.stages.infrastructure import generate as infrastructure
from tests import applications

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of a virtual environment with exactly the application's lock file."""
    lock = infrastructure.TEMPLATES / "requirements.lock"
    return applications.install(lock, tmp_path_factory.mktemp("application-environment") / ".venv")
