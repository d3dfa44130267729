"""Evidence files, and what each of them proves.

Revision 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_FIXED = {
    "evidence": "id, sha256, unit, period, kind, file_name, size, uploaded_by, uploaded_at",
    "evidence_links": "id, evidence_id, element, member, indicator, issue_key, note, linked_by, linked_at",
}


def upgrade() -> None:
    op.create_table(
        "evidence",
        *(_text(name) for name in ("id", "sha256", "unit", "period", "kind", "file_name")),
        sa.Column("size", sa.Integer(), nullable=False),
        *(_text(name) for name in ("uploaded_by", "uploaded_at")),
        _text("withdrawn_at", nullable=True),
        *(_text(name) for name in ("withdrawn_by", "withdrawn_because")),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.CheckConstraint("size >= 1", name=op.f("ck_evidence_size")),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name="fk_evidence_sha256"),
        sqlite_strict=True,
    )
    op.create_index("ix_evidence_unit_period", "evidence", ["unit", "period"])
    op.create_table(
        "evidence_links",
        *(_text(name) for name in ("id", "evidence_id", "element", "member", "indicator", "issue_key")),
        *(_text(name) for name in ("note", "linked_by", "linked_at")),
        _text("withdrawn_at", nullable=True),
        _text("withdrawn_by"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_links"),
        sa.CheckConstraint(
            "(element <> '') <> (indicator <> '') AND issue_key = '' "
            "OR element = '' AND indicator = '' AND issue_key <> ''",
            name=op.f("ck_evidence_links_one_target"),
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_evidence_links_evidence_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_evidence_links_evidence_id", "evidence_links", ["evidence_id"])
    for table, fixed in _FIXED.items():
        _guard(table, fixed)


def downgrade() -> None:
    for table in reversed(_FIXED):
        op.drop_table(table)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=nullable)


def _guard(table: str, fixed: str) -> None:
    """What was attached stays as it was attached, and a withdrawal stays, too."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OF {fixed} OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION kaohe_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_withdrawn_once BEFORE UPDATE ON {table} "
            "FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL) EXECUTE FUNCTION kaohe_refuse_change()"
        )
        return
    for name, event, when in (
        ("no_update", f"UPDATE OF {fixed}", ""),
        ("no_delete", "DELETE", ""),
        ("withdrawn_once", "UPDATE", "WHEN OLD.withdrawn_at IS NOT NULL "),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
        )
