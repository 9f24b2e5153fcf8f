"""Log lines, in partitions by week, and the batches in which they arrived."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class LogLine(Base):
    """One record; its identity is given where it is made and never changes, so that a replay is the same row.

    The primary key is the order in which an execution is read, too: one index serves both. No foreign keys:
    a line must be storable before, during and after anything it speaks of.
    """

    __tablename__ = "log_lines"

    execution_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    occurred_at: Mapped[dt.datetime] = mapped_column(primary_key=True)
    producer: Mapped[uuid.UUID] = mapped_column(primary_key=True, doc="the process that wrote it")
    sequence: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, doc="counts up within the producer"
    )
    attempt: Mapped[int] = mapped_column(doc="of the execution: how often its run was started")
    tenant_id: Mapped[uuid.UUID]
    stage: Mapped[str | None] = mapped_column(doc="None: the flow itself")
    task_run_id: Mapped[uuid.UUID | None]
    level: Mapped[int] = mapped_column(doc="as in the logging module: 10 debug … 50 critical")
    logger: Mapped[str]
    message: Mapped[str]
    extras: Mapped[dict[str, Any] | None]

    __table_args__ = (
        # A whole tenant is read by time, and asked for its warnings and errors most, which are few.
        Index("ix_log_lines_tenant_id_order", "tenant_id", "occurred_at", "producer", "sequence"),
        Index(
            "ix_log_lines_tenant_id_urgent",
            "tenant_id",
            "occurred_at",
            "producer",
            "sequence",
            postgresql_where=text("level >= 30"),
        ),
        {"postgresql_partition_by": "RANGE (occurred_at)"},
    )


class LogBatch(Base):
    """Lines that were stored together: what a live reader asks for, because old lines can arrive late."""

    __tablename__ = "log_batches"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    execution_id: Mapped[uuid.UUID]
    producer: Mapped[uuid.UUID]
    first_sequence: Mapped[int] = mapped_column(BigInteger)
    last_sequence: Mapped[int] = mapped_column(BigInteger)
    first_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    lines: Mapped[int]
    stored_at: Mapped[dt.datetime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("ix_log_batches_execution_id_stored_at", "execution_id", "stored_at"),)
