"""What checks find beside their verdict: for the report, and for the checks that follow."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.contracts import AccessCell, Mutant, Traced
from flows.stages.verification.client import Seen
from flows.stages.verification.junit import TestCase
from flows.stages.verification.links.browser import Cookies
from flows.stages.verification.mutation.sample import Reached


@dataclass(kw_only=True)
class Findings:
    """Filled in while the checks run; a check that did not run leaves its part empty."""

    seen: Seen = field(default_factory=Seen)
    cookies: dict[str, Cookies] = field(default_factory=dict)
    cases: tuple[TestCase, ...] = ()
    reached: Reached = field(default_factory=dict)
    access: tuple[AccessCell, ...] = ()
    mutants: tuple[Mutant, ...] = ()
    traced: tuple[Traced, ...] = ()
