"""`leanvibe run`: an interview through the pipeline, each stage shown live, to the tested application."""

from pathlib import Path
from typing import Annotated

import typer

from blocks.settings import settings
from leanvibe.console import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run)


def run(
    interviews: Annotated[
        list[Path], typer.Argument(metavar="INTERVIEW...", help="Interview files: YAML, JSON or JDL.")
    ],
    *,
    approve: Annotated[
        bool, typer.Option("--approve", help="Approve the blueprint beforehand, as yourself.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder that receives archive and application.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per interview on standard output.")
    ] = False,
) -> None:
    """Run interviews through the pipeline.

    Exit status: 0 completed, 1 failed, 2 the input is wrong, 3 waiting for approval.
    """
    from leanvibe.inputs import read_all
    from leanvibe.services.factory import running_factory

    inputs = read_all(interviews, otherwise="nothing was started")
    statuses: list[int] = []
    with running_factory(settings(), worker=True, dashboards=False, say=say) as factory:
        from flows import control
        from leanvibe.gate import somebody_is_there
        from leanvibe.pipeline import INTERRUPTED, Wishes, accompany, actor

        wishes = Wishes(out=out, as_json=as_json, may_ask=not approve and somebody_is_there())
        for given in inputs:
            say(f"{given.path}: {given.intake.interview.name}")
            execution_id = control.start(words=given.words, intake=given.intake, by=actor(), approve=approve)
            statuses.append(accompany(factory, execution_id, wishes))
            if statuses[-1] == INTERRUPTED:
                break
    raise typer.Exit(next((status for status in (130, 1, 3) if status in statuses), 0))
