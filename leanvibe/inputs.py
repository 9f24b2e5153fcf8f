"""Interview files as the command line takes them: all read, all problems said, before anything starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from flows.contracts import Intake
from flows.stages.intake.document import InterviewProblems, decode, render
from flows.stages.intake.source import read_any
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


def read_all(paths: Sequence[Path], *, otherwise: str, notation: str | None = None) -> list[Input]:
    """Every file; raises WrongInput with everything that is wrong with any of them.

    `otherwise`: what that means for the command, like 'nothing was started'.
    `notation`: ending of the notation they are in, whatever their names say.
    """
    found: list[Input] = []
    wrong: list[str] = []
    for path in paths:
        words = ""
        try:
            data = path.read_bytes()
            words = data.decode("utf-8-sig", errors="replace")  # to show the line that is no UTF-8
            words = decode(data)
            filename = path.name if notation is None else f"{path.stem}{notation}"
            found.append(Input(path=path, words=words, intake=read_any(words, filename=filename)))
        except OSError as error:
            wrong.append(f"{path}: {error.strerror or error}; name a file that can be read")
        except InterviewProblems as problems:
            wrong.append(render(problems.problems, file=str(path), text=words))
    if wrong:
        raise WrongInput(f"{otherwise}\n\n" + "\n\n".join(wrong))
    return found
