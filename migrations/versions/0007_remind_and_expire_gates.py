"""Note when a gate's founder was reminded, and when the gate expired.

Why: a question that nobody answers ends its execution; noted in the row, so that a decision at the same moment
and the expiry exclude each other.
Locks: gates, for the moment it takes to add two columns that are null.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("gates", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("gates", sa.Column("expired_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_gates_expired_undecided"), "gates", "expired_at is null or decision is null"
    )
    op.create_index(
        "ix_gates_undecided", "gates", ["requested_at"], postgresql_where=sa.text("decision is null")
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_gates_undecided", table_name="gates")
    op.drop_constraint(op.f("ck_gates_expired_undecided"), "gates", type_="check")
    op.drop_column("gates", "expired_at")
    op.drop_column("gates", "reminded_at")
