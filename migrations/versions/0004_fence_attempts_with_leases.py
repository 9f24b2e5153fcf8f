"""Each attempt of an execution holds a lease, and writes of an attempt that lost it are refused.

Why: a killed worker can leave its child running while the run is resumed elsewhere, and Prefect has no
fencing. The checks are triggers, so that no statement can forget them.
Locks: a new table; the triggers lock artifacts, checks, executions, gates, stage_runs and transitions against
writers for the moment it takes to create them. No row is read or written.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

GUARDED = (
    ("artifacts", "insert or update", "execution_id", "attempts alone"),
    ("checks", "insert or update", "execution_id", "attempts alone"),
    ("gates", "insert", "execution_id", "attempts alone"),
    ("stage_runs", "insert", "execution_id", "attempts alone"),
    ("executions", "update", "id", "anybody"),
    ("gates", "update", "execution_id", "anybody"),
    ("stage_runs", "update", "execution_id", "anybody"),
    ("transitions", "insert", "execution_id", "anybody"),
)
"""Table, what is guarded, the column that names the execution, and who may write without a lease."""

REFUSE = """
create function refuse_stale_attempt() returns trigger language plpgsql as $$
declare
    mine bigint := nullif(current_setting('leanvibe.lease', true), '')::bigint;
    execution uuid;
begin
    if tg_argv[0] = 'id' then execution := new.id; else execution := new.execution_id; end if;
    if mine is null then
        if tg_argv[1] = 'attempts alone' and exists (select from leases where execution_id = execution) then
            raise exception 'a row of % for execution % was written without a lease', tg_table_name, execution
                using errcode = 'LV001';
        end if;
        return new;
    end if;
    -- Held until the end of the transaction: whoever takes the lease away waits for it (FOR UPDATE), while
    -- renewing it (FOR NO KEY UPDATE) does not.
    perform from leases
        where token = mine and execution_id = execution and revoked_at is null
        for key share;
    if not found then
        raise exception 'lease % of execution % is not in force; another attempt works on it', mine, execution
            using errcode = 'LV001';
    end if;
    return new;
end
$$
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "leases",
        sa.Column("token", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("execution_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("flow_run_id", sa.Uuid(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("acquired_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome in ('finished', 'suspended', 'handed back', 'lost', 'replaced')",
            name=op.f("ck_leases_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["executions.id"], name=op.f("fk_leases_execution_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_leases_tenant_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_leases")),
        sa.UniqueConstraint("execution_id", "attempt", name=op.f("uq_leases_execution_id_attempt")),
    )
    op.create_index(
        "uq_leases_in_force",
        "leases",
        ["execution_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
    )
    op.create_index(
        "ix_leases_unsettled", "leases", ["expires_at"], postgresql_where=sa.text("settled_at is null")
    )
    op.execute(REFUSE)
    for table, events, column, writers in GUARDED:
        op.execute(
            f"create trigger {_trigger(table, events)} before {events} on {table} "
            f"for each row execute function refuse_stale_attempt('{column}', '{writers}')"
        )


def downgrade() -> None:
    """Undo."""
    for table, events, _, _ in GUARDED:
        op.execute(f"drop trigger {_trigger(table, events)} on {table}")
    op.execute("drop function refuse_stale_attempt")
    op.drop_table("leases")


def _trigger(table: str, events: str) -> str:
    return f"fence_{table}_{events.replace(' ', '_')}"
