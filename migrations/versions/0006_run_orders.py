"""Orders of a ranking: a page sorted by any node is cut out without reading all lines.

Runs that were kept before have none; theirs are reckoned when they are asked for.

Revision 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "run_orders",
        sa.Column("run_id", _TEXT, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("positions", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "name", name="pk_run_orders"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_orders_run_id"),
        sqlite_strict=True,
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER run_orders_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON run_orders "
            "FOR EACH STATEMENT EXECUTE FUNCTION kaohe_refuse_change()"
        )
        return
    for event in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER run_orders_no_{event} BEFORE {event.upper()} ON run_orders "
            "BEGIN SELECT RAISE(ABORT, 'run_orders is written once'); END"
        )


def downgrade() -> None:
    op.drop_table("run_orders")
