"""Places may be halves, where equals share the average of theirs: a mark beside each place.

Columns are added rather than changed: rows that were written once stay as they are. Going back, the marks are
lost, and a place of 2.5 reads as 2.

Revision 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MARKS = (("run_scores", "rank_half"), ("run_results", "rank_half"), ("run_results", "group_rank_half"))


def upgrade() -> None:
    for table, mark in _MARKS:
        op.add_column(table, sa.Column(mark, sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    for table, mark in reversed(_MARKS):
        op.drop_column(table, mark)
