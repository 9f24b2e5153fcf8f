"""Alembic's entry point: our models, the URL that the caller gives."""

from __future__ import annotations

from alembic import context

from db.engine import engine
from db.models import Base


def run() -> None:
    """Run the migrations, each in a transaction of its own."""
    with engine(context.config.attributes["url"]).connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
