"""`leanvibe interview`: the schema of interviews, what is understood of one, and a JDL file as one."""

from pathlib import Path
from typing import Annotated

import typer

from leanvibe.console import printable

group = typer.Typer(help="Look at interviews.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="interview")


@group.command()
def schema() -> None:
    """Print the JSON Schema of the interview document."""
    from flows.stages.intake.schema import json_schema  # noqa: PLC0415  the help does not need it

    typer.echo(json_schema(), nl=False)


@group.command()
def check(
    interviews: Annotated[list[Path], typer.Argument(metavar="INTERVIEW...", help="Interview files.")],
) -> None:
    """Print what is understood of interviews: things, rules, open questions.

    Exit status: 0 all can be used, 2 one cannot; every problem is said.
    """
    from flows.stages.intake.summary import summary  # noqa: PLC0415  the help needs neither
    from leanvibe.inputs import read_all  # noqa: PLC0415

    given = read_all(interviews, otherwise="this cannot be used")
    texts = [f"{one.path}: {summary(one.intake)}" for one in given]
    typer.echo(printable("\n".join(texts)), nl=False)


@group.command("from-jdl")
def from_jdl(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A JDL file.")],
) -> None:
    """Print the interview that a JDL file makes, as YAML that `leanvibe run` accepts.

    What has no meaning here stands in remarks at the beginning.
    """
    from flows.stages.intake.writing import written  # noqa: PLC0415  the help needs neither
    from leanvibe.inputs import read_all  # noqa: PLC0415

    (given,) = read_all([file], otherwise="this cannot be used", notation=".jdl")
    typer.echo(written(given.intake.interview), nl=False)
