"""Alembic's entry point: our models, the URL that the caller gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from db.engine import engine
from db.models import Base
from db.records.log_partitions import is_partition

if TYPE_CHECKING:
    from alembic.runtime.environment import NameFilterParentNames, NameFilterType


def _compared(name: str | None, kind: NameFilterType, parents: NameFilterParentNames) -> bool:
    """Partitions come and go with the weeks: they are no part of what models and database must agree on."""
    del parents
    return not (kind == "table" and name is not None and is_partition(name))


def run() -> None:
    """Run the migrations, each in a transaction of its own."""
    with engine(context.config.attributes["url"]).connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_server_default=True,
            include_name=_compared,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
