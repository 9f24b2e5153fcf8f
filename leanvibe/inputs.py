"""Interview files as the command line takes them: all read, all problems said, before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from flows.contracts import Intake
from flows.stages.intake.document import InterviewProblems, decode, read, render
from leanvibe.errors import LeanvibeError

if TYPE_CHECKING:
    from collections.abc import Sequence


class WrongInput(LeanvibeError):
    """An interview cannot be used; the message lists every problem of every file."""

    exit_status: ClassVar[int] = 2


@dataclass(frozen=True, kw_only=True)
class Input:
    """One interview file that can be used."""

    path: Path
    words: str
    intake: Intake


def read_all(paths: Sequence[Path]) -> list[Input]:
    """Every file; raises WrongInput with everything that is wrong with any of them."""
    found: list[Input] = []
    wrong: list[str] = []
    for path in paths:
        words = ""
        try:
            words = decode(path.read_bytes())
            found.append(Input(path=path, words=words, intake=read(words)))
        except OSError as error:
            wrong.append(f"{path}: {error.strerror or error}; name a file that can be read")
        except InterviewProblems as problems:
            wrong.append(render(problems.problems, file=str(path), text=words))
    if wrong:
        raise WrongInput("nothing was started\n\n" + "\n\n".join(wrong))
    return found
