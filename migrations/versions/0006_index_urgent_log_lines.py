"""Index the urgent log lines of a tenant.

Why: warnings and errors are what somebody asks a whole tenant for, and they are few among its lines; the index
holds them alone, so that it costs the other lines nothing.
Locks: log_lines against writing while its rows are read once; writers wait or spool.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index(
        "ix_log_lines_tenant_id_urgent",
        "log_lines",
        ["tenant_id", "occurred_at", "producer", "sequence"],
        postgresql_where=sa.text("level >= 30"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_log_lines_tenant_id_urgent", table_name="log_lines")
