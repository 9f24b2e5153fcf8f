"""`leanvibe decide`: the founder's decision on a blueprint that waits at the gate."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from blocks.settings import settings
from leanvibe.console import say


class Choice(StrEnum):
    """What a founder may answer."""

    APPROVE = "approve"
    CHANGES = "changes"
    REJECT = "reject"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("decide")(decide)


def decide(
    execution: Annotated[str, typer.Argument(help="Id of the execution, or its beginning.")],
    choice: Annotated[Choice, typer.Argument(help="The decision.")],
    *,
    comment: Annotated[str, typer.Option("--comment", help="What should change, or why not.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder that receives archive and application.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on standard output.")
    ] = False,
) -> None:
    """Decide at the gate, and stay with the execution as `run` does."""
    from leanvibe.services.factory import running_factory

    with running_factory(settings(), worker=True, dashboards=False, say=say) as factory:
        from db.engine import transaction
        from db.queries.executions import find
        from flows import control
        from leanvibe.gate import ANSWERS, somebody_is_there
        from leanvibe.pipeline import Wishes, accompany, actor

        with transaction(factory.database_url) as connection:
            execution_id = find(connection, execution).id
        control.decide(execution_id, ANSWERS[choice.value[0]], by=actor(), comment=comment)
        wishes = Wishes(out=out, as_json=as_json, may_ask=somebody_is_there())
        raise typer.Exit(accompany(factory, execution_id, wishes))
