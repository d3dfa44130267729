"""What a submitter says to soft issues, what only the reviewer is told, and what a report was counted to be.

Columns of reports tell the format of the file, the digests of its figures and of all that was read from it,
and how many fields were required, filled and faulty; of reports kept before, these are empty and 0.

Revision 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TEXTS_ADDED = {"format": "xlsx", "figures_sha256": "", "content_sha256": ""}
_COUNTS_ADDED = ("required", "filled", "faulty")
_ADDED = (*_TEXTS_ADDED, *_COUNTS_ADDED)
_FINDING_TEXTS = (
    *("code", "severity", "zh", "en", "fix_zh", "fix_en", "sheet", "cell"),
    *("row_label", "column_label", "found", "expected", "source"),
)
_TABLES = ("report_findings", "explanations")


def upgrade() -> None:
    for name, default in _TEXTS_ADDED.items():
        op.add_column("reports", sa.Column(name, _TEXT, nullable=False, server_default=default))
    for name in _COUNTS_ADDED:
        op.add_column("reports", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    _make_findings()
    _make_explanations()
    _guard()


def downgrade() -> None:
    if _on_postgres():
        op.execute("DROP TRIGGER reports_counted_once ON reports")
    else:
        op.execute("DROP TRIGGER reports_counted_once")
    for name in reversed(_TABLES):
        op.drop_table(name)
    for name in reversed(_ADDED):
        op.drop_column("reports", name)


def _on_postgres() -> bool:
    return op.get_context().dialect.name == "postgresql"


def _make_findings() -> None:
    op.create_table(
        "report_findings",
        sa.Column("report_id", _TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, _TEXT, nullable=False) for name in _FINDING_TEXTS),
        sa.PrimaryKeyConstraint("report_id", "position", name="pk_report_findings"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_report_findings_report_id"),
        sqlite_strict=True,
    )


def _make_explanations() -> None:
    op.create_table(
        "explanations",
        sa.Column("report_id", _TEXT, nullable=False),
        sa.Column("issue_key", _TEXT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.Column(name, _TEXT, nullable=False)
            for name in ("reason", "text", "found", "given_at", "actor")
        ),
        sa.PrimaryKeyConstraint("report_id", "issue_key", "version", name="pk_explanations"),
        sa.CheckConstraint("version >= 1", name=op.f("ck_explanations_version")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_explanations_report_id"),
        sqlite_strict=True,
    )


def _guard() -> None:
    if _on_postgres():
        for table in _TABLES:
            op.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION kaohe_refuse_change()"
            )
        op.execute(
            f"CREATE TRIGGER reports_counted_once BEFORE UPDATE OF {', '.join(_ADDED)} ON reports "
            "FOR EACH STATEMENT EXECUTE FUNCTION kaohe_refuse_change()"
        )
        return
    for table in _TABLES:
        for event in ("UPDATE", "DELETE"):
            _refuse_on_sqlite(f"{table}_no_{event.lower()}", event, table)
    _refuse_on_sqlite("reports_counted_once", f"UPDATE OF {', '.join(_ADDED)}", "reports")


def _refuse_on_sqlite(name: str, event: str, table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
    )
