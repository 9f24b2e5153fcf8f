"""Let an artifact be a partial archive.

Why: of an application that fails verification its files are kept as an archive, for an engineer to look at.
Locks: artifacts, while its rows are read once to see that the new constraint holds; they are few.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _replace("kind in ('files', 'archive', 'partial archive', 'manifest', 'report')")


def downgrade() -> None:
    """Undo; the objects of partial archives stay in the artifact store until retention takes them."""
    op.execute("delete from artifacts where kind = 'partial archive'")
    _replace("kind in ('files', 'archive', 'manifest', 'report')")


def _replace(condition: str) -> None:
    op.drop_constraint(op.f("ck_artifacts_kind"), "artifacts", type_="check")
    op.create_check_constraint(op.f("ck_artifacts_kind"), "artifacts", condition)
