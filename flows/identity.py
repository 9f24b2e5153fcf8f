"""Which execution a Prefect flow run works on, told without asking anybody."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun

PREFIX = "execution:"
"""Begins the idempotency key of a flow run that was started through flows.control."""

_NAMESPACE = uuid.UUID("6f1f7f0c-3c53-5b0e-9f0f-1b7f3f5a5a10")


def idempotency_key(execution_id: uuid.UUID) -> str:
    """What makes Prefect start the execution once, and tells the run which one it is."""
    return f"{PREFIX}{execution_id}"


def execution_id_of(flow_run: FlowRun) -> uuid.UUID:
    """The execution of a flow run: named by its starter, else (Prefect's UI, a schedule) made from its id."""
    key = flow_run.idempotency_key or ""
    if key.startswith(PREFIX):
        return uuid.UUID(key.removeprefix(PREFIX))
    return uuid.uuid5(_NAMESPACE, str(flow_run.id))
