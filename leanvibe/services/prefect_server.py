"""Starts Prefect's server, mended for SQLAlchemy 2.1: without this its scheduler inserts no run at all."""

from __future__ import annotations

from typing import Any

from prefect.server.database import orm_models


def mend_scheduler() -> None:
    """Let the scheduler's bulk insert pass over `state`, as SQLAlchemy 2.0 did.

    Prefect 3.8 inserts scheduled runs with their state among the values and writes the states afterwards.
    Since 2.1 a hybrid attribute among the values of a bulk insert needs a function that says what to store.
    """
    for model in (orm_models.FlowRun, orm_models.TaskRun):
        descriptor: Any = model.__mapper__.all_orm_descriptors["state"]
        if getattr(descriptor, "bulk_dml_setter", descriptor) is None:  # not there at all before 2.1
            descriptor.bulk_dml_setter = _store_nothing


def _store_nothing(_model: Any, _values: Any, _state: Any) -> None:
    """The state has a table of its own."""


def main() -> None:
    """Become `prefect` with the arguments of this process."""
    from prefect.cli import app  # noqa: PLC0415  the command line is only needed by the process it runs

    mend_scheduler()
    app()


if __name__ == "__main__":
    main()
