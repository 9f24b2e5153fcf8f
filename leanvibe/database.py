"""`leanvibe db`: the database's schema and address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from leanvibe.console import say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from leanvibe.services.factory import Factory

group = typer.Typer(help="Look after the database.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="db")


@group.command()
def upgrade() -> None:
    """Migrate the database to the newest schema; starts the embedded one for that when needed."""
    from db import schema  # noqa: PLC0415  the help does not need it

    with _database() as factory:
        schema.upgrade(factory.database_url)
        say(f"The database is at {schema.current(factory.database_url)}")


def _database() -> AbstractContextManager[Factory]:
    from blocks.settings import settings  # noqa: PLC0415  the help needs neither
    from leanvibe.services.factory import running_factory  # noqa: PLC0415

    return running_factory(settings(), worker=False, dashboards=False, prefect=False, say=say)


def _running_url() -> str:
    from blocks.database import database_url  # noqa: PLC0415  the help needs none of these
    from blocks.settings import settings  # noqa: PLC0415
    from leanvibe.services.servers import Servers  # noqa: PLC0415

    Servers.of(settings()).check_database()
    return database_url(settings())


@group.command()
def current() -> None:
    """Print the revision the database is at, and whether it is the newest."""
    from db import schema  # noqa: PLC0415  the help does not need it

    revision, newest = schema.current(_running_url()), schema.head()
    typer.echo(f"{revision or 'empty'}{'' if revision == newest else f' (newest: {newest})'}")


@group.command()
def url(*, password: Annotated[bool, typer.Option("--password", help="Print it whole.")] = False) -> None:
    """Print the address of the database, without its password unless asked."""
    from db.server import without_password  # noqa: PLC0415  the help does not need it

    found = _running_url()
    typer.echo(found if password else without_password(found))
