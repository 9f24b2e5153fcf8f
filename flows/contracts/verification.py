"""What verification saw."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flows.contracts.base import Contract


class Check(Contract):
    """One check of the verification stage."""

    name: str
    ok: bool
    detail: str = Field(description="one line: what was seen, or what broke")
    started_s: float = Field(default=0.0, description="seconds after the first check began")
    duration_s: float = Field(description="seconds of wall time")
    subprocess_s: float = Field(default=0.0, description="seconds of wall time spent in subprocesses")


class AccessCell(Contract):
    """One attack on the application over HTTP, and what it answered."""

    entity: str = Field(description="class name")
    role: str = Field(description="name of a role, or VISITOR")
    relation: Literal["owner", "stranger"] = Field(description="what the attacker is to the row")
    verb: str = Field(description="list, export, see, create, edit, delete, or the name of a transition")
    status: str = Field(default="", description="status of the row, '' of one that has none")
    through: Literal["api", "page", "form"] = Field(
        default="api", description="what was asked: the API, a page by its address, or a form that was sent"
    )
    expected: Literal["allowed", "refused"]
    answered: int = Field(description="HTTP status")
    ok: bool


class Mutant(Contract):
    """A fault planted into the generated code; a test has to turn red."""

    path: str
    line: int
    change: str = Field(description="what was changed, like '>= became >'")
    killed: bool
    by: str = Field(default="", description="the test that turned red")


class Traced(Contract):
    """One statement of the interview, followed to the files and tests that hold it."""

    number: int
    where: str
    words: str
    items: tuple[str, ...] = Field(description="as in Trace.items")
    files: tuple[str, ...] = ()
    tests: tuple[str, ...] = Field(default=(), description="pytest node ids")
    outcome: Literal["passed", "failed", "not built", "open question", "not used"]


class Verification(Contract):
    """Result of the verification stage."""

    checks: tuple[Check, ...]
    access: tuple[AccessCell, ...] = ()
    mutants: tuple[Mutant, ...] = ()
    traced: tuple[Traced, ...] = ()

    @property
    def passed(self) -> int:
        """How many checks are green."""
        return sum(check.ok for check in self.checks)

    @property
    def failed(self) -> int:
        """How many checks are red."""
        return len(self.checks) - self.passed
