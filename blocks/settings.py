"""Settings of the factory: environment variables with the prefix LEANVIBE_, every one with a default."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


AbsolutePath = Annotated[Path, AfterValidator(_absolute)]


WORK_POOL = "leanvibe"
"""The Prefect work pool that prefect.yaml names."""


class Settings(BaseSettings):
    """What an operator may set; read once per process by `settings()`."""

    model_config = SettingsConfigDict(env_prefix="LEANVIBE_", frozen=True, extra="ignore")

    home: AbsolutePath = Field(
        default=Path(".leanvibe"),
        description="folder of everything the factory keeps on this machine",
        validate_default=True,
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="any Postgres 15 or newer, postgresql://user:password@host:port/name; "
        "empty: the embedded one under LEANVIBE_HOME",
    )
    tenant: str = Field(default="local", description="slug of the tenant that local commands act in")
    member: str = Field(
        default="founder@localhost", description="e-mail of the member that local commands act as"
    )
    gate_days: int = Field(default=30, ge=1, description="days an execution waits at the gate")
    cursor_key: SecretStr | None = Field(
        default=None,
        description="signs the cursors of log pages; the same for every process that serves them; "
        "empty: one that is kept under LEANVIBE_HOME",
    )
    gate_reminder_days: int = Field(
        default=7, ge=1, description="days after which an execution says once more that it waits at the gate"
    )
    log_days: int = Field(
        default=90, ge=1, description="days that log lines are kept; whole weeks of them are dropped"
    )
    spool_mb: int = Field(
        default=512,
        ge=1,
        description="MiB of rows that may wait on disk for the database; log lines beyond are dropped",
    )
    lease_seconds: float = Field(
        default=30,
        gt=0,
        description="seconds after which an attempt that gave no sign of life counts as dead",
    )
    lease_renew_seconds: float = Field(
        default=5, gt=0, description="seconds between two signs of life of an attempt"
    )
    automatic_resumes: int = Field(
        default=3, ge=0, description="how often an execution is resumed by itself after its process died"
    )
    sandbox_memory_mb: int = Field(
        default=2048, ge=256, description="address space of each sandboxed process, MiB"
    )
    sandbox_seconds: int = Field(
        default=600, ge=10, description="wall time of each sandboxed process, seconds"
    )

    @property
    def artifacts(self) -> Path:
        """Root of the local artifact store."""
        return self.home / "artifacts"

    @property
    def spool(self) -> Path:
        """Where rows wait on disk while the database is away."""
        return self.home / "spool"

    @property
    def cache(self) -> Path:
        """What can be made again: the sandbox's virtual environments, work folders."""
        return self.home / "cache"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process; raises pydantic.ValidationError naming what is wrong."""
    return Settings()
