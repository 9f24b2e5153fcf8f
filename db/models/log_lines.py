"""Log lines: the records a run wrote, ordered within their execution."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class LogLine(Base):
    """One record; its identity (producer, sequence) is given where it is made and never changes.

    No foreign keys: a line must be storable before, during and after anything it speaks of.
    """

    __tablename__ = "log_lines"

    producer: Mapped[uuid.UUID] = mapped_column(primary_key=True, doc="one process writing for one run")
    sequence: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, doc="counts up within the producer"
    )
    tenant_id: Mapped[uuid.UUID]
    execution_id: Mapped[uuid.UUID]
    stage: Mapped[str | None] = mapped_column(doc="None: the flow itself")
    task_run_id: Mapped[uuid.UUID | None]
    level: Mapped[int] = mapped_column(doc="as in the logging module: 10 debug … 50 critical")
    logger: Mapped[str]
    message: Mapped[str]
    extras: Mapped[dict[str, Any] | None]
    occurred_at: Mapped[dt.datetime]

    __table_args__ = (
        Index("ix_log_lines_execution_id_order", "execution_id", "occurred_at", "producer", "sequence"),
    )
