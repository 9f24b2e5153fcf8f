"""`leanvibe pause`, `resume`, `cancel`, `retry` and `restart`: steer an execution; each is done once."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from blocks.settings import settings
from leanvibe.console import say

if TYPE_CHECKING:
    import uuid
    from collections.abc import Callable, Iterator

    from leanvibe.services.factory import Factory

Execution = Annotated[str, typer.Argument(help="Id of the execution, or its beginning.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder that receives archive and application.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (pause, resume, cancel, retry, restart):
        app.command(command.__name__)(command)


def pause(execution: Execution) -> None:
    """Have an execution leave its process at the next stage boundary."""
    with _factory(worker=False) as factory:
        from flows import steering  # noqa: PLC0415  the environment has to name the parts first
        from leanvibe.pipeline import actor  # noqa: PLC0415

        execution_id = _find(factory, execution)
        steering.pause(execution_id, by=actor())
        say(f"Paused. It leaves at the end of its stage: leanvibe resume {str(execution_id)[:8]}")


def cancel(
    execution: Execution, *, why: Annotated[str, typer.Option("--why", help="The reason, for its log.")] = ""
) -> None:
    """End an execution as cancelled."""
    with _factory(worker=False) as factory:
        from flows import control  # noqa: PLC0415  as above
        from leanvibe.pipeline import actor  # noqa: PLC0415

        by = actor()
        ended = control.cancel(_find(factory, execution), by=by, why=why or f"cancelled by {by.email}")
        say("Cancelled" if ended else "It had ended already")


def resume(execution: Execution, *, out: Out = None, as_json: AsJson = False) -> None:
    """Let a paused execution go on, and stay with it as `run` does."""

    def go_on(execution_id: uuid.UUID) -> None:
        from flows import steering  # noqa: PLC0415  as above
        from leanvibe.pipeline import actor  # noqa: PLC0415

        steering.resume(execution_id, by=actor())

    _stay(execution, go_on, out=out, as_json=as_json)


def retry(execution: Execution, *, out: Out = None, as_json: AsJson = False) -> None:
    """Try an execution again from the stage that did not finish, and stay with it."""

    def again(execution_id: uuid.UUID) -> None:
        from flows import steering  # noqa: PLC0415  as above
        from leanvibe.pipeline import actor  # noqa: PLC0415

        steering.retry(execution_id, by=actor())

    _stay(execution, again, out=out, as_json=as_json)


def restart(
    execution: Execution,
    stage: Annotated[str, typer.Argument(help="The first stage to be done anew.")],
    *,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Do an execution that has ended anew from a stage on, and stay with it."""
    from flows.contracts import Stage  # noqa: PLC0415  the help does not need it

    if stage not in [known.value for known in Stage]:
        known = ", ".join(each.value for each in Stage)
        raise typer.BadParameter(f"there is no stage {stage}; the stages are {known}")

    def anew(execution_id: uuid.UUID) -> None:
        from flows import steering  # noqa: PLC0415  as above
        from leanvibe.pipeline import actor  # noqa: PLC0415

        steering.restart(execution_id, Stage(stage), by=actor())

    _stay(execution, anew, out=out, as_json=as_json)


def _stay(execution: str, begin: Callable[[uuid.UUID], None], *, out: Path | None, as_json: bool) -> None:
    """Begin it, and stay with the execution to its end or its gate."""
    with _factory(worker=True) as factory:
        from leanvibe.gate import somebody_is_there  # noqa: PLC0415  as above
        from leanvibe.pipeline import Wishes, accompany  # noqa: PLC0415

        execution_id = _find(factory, execution)
        begin(execution_id)
        wishes = Wishes(out=out, as_json=as_json, may_ask=somebody_is_there())
        raise typer.Exit(accompany(factory, execution_id, wishes))


@contextmanager
def _factory(*, worker: bool) -> Iterator[Factory]:
    from leanvibe.services.factory import running_factory  # noqa: PLC0415  the help does not need it

    with running_factory(settings(), worker=worker, dashboards=False, say=say) as factory:
        yield factory


def _find(factory: Factory, execution: str) -> uuid.UUID:
    from db.engine import transaction  # noqa: PLC0415  the help needs neither
    from db.queries.executions import find  # noqa: PLC0415

    with transaction(factory.database_url) as connection:
        return find(connection, execution).id
