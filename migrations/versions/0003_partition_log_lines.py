"""Keep log lines in partitions by week, and note the batches in which they arrive.

Why: a week of lines is dropped in a moment where deleting its rows would take hours; the primary key is the
order in which an execution is read, so that one index keeps lines from being doubled and serves the pages; a
live reader needs the order of arrival, which is not that of the lines.
Locks: log_lines, while its rows are copied into the default partition (half a minute for a million); writers
wait or spool. `leanvibe db upgrade` and the scheduled flow then move them into their weeks.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = "execution_id, occurred_at, producer, sequence, tenant_id, stage, task_run_id, level, logger, message, extras"


def upgrade() -> None:
    """Apply; lines from before are of attempt 1."""
    op.execute("lock table log_lines in access exclusive mode")
    op.drop_constraint(op.f("pk_log_lines"), "log_lines", type_="primary")
    op.drop_index("ix_log_lines_execution_id_order", table_name="log_lines")
    op.rename_table("log_lines", "log_lines_before")
    op.create_table(
        "log_lines",
        sa.Column("execution_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("producer", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("task_run_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("logger", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint(
            "execution_id", "occurred_at", "producer", "sequence", name=op.f("pk_log_lines")
        ),
        postgresql_partition_by="RANGE (occurred_at)",
    )
    op.create_index(
        "ix_log_lines_tenant_id_order", "log_lines", ["tenant_id", "occurred_at", "producer", "sequence"]
    )
    op.execute("create table log_lines_default partition of log_lines default")
    op.execute(f"insert into log_lines ({KEPT}, attempt) select {KEPT}, 1 from log_lines_before")  # noqa: S608 - a constant
    op.drop_table("log_lines_before")
    op.create_table(
        "log_batches",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("execution_id", sa.Uuid(), nullable=False),
        sa.Column("producer", sa.Uuid(), nullable=False),
        sa.Column("first_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_batches")),
    )
    op.create_index("ix_log_batches_execution_id_stored_at", "log_batches", ["execution_id", "stored_at"])


def downgrade() -> None:
    """Undo; attempts and batches are forgotten, the lines stay."""
    op.drop_table("log_batches")
    op.execute("alter table log_lines rename to log_lines_weekly")
    op.execute("alter table log_lines_weekly rename constraint pk_log_lines to pk_log_lines_weekly")
    op.create_table(
        "log_lines",
        sa.Column("producer", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("execution_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("task_run_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("logger", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("extras", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("producer", "sequence", name=op.f("pk_log_lines")),
    )
    op.create_index(
        "ix_log_lines_execution_id_order",
        "log_lines",
        ["execution_id", "occurred_at", "producer", "sequence"],
    )
    op.execute(f"insert into log_lines ({KEPT}) select {KEPT} from log_lines_weekly on conflict do nothing")  # noqa: S608 - a constant
    op.execute("drop table log_lines_weekly")
