"""The workday calendar that the office keeps, and the extensions that it grants.

Revision 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TABLES = ("calendar_years", "workdays", "extensions")
_FIXED_IN_EXTENSIONS = "id, unit, period, last_day, reason, asked_by, granted_by, granted_at"


def upgrade() -> None:
    _make_calendar()
    _make_extensions()
    _guard()


def downgrade() -> None:
    for name in reversed(_TABLES):
        op.drop_table(name)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=nullable)


def _act(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    column = sa.Column("log_position", sa.Integer(), nullable=False)
    return column, sa.ForeignKeyConstraint(
        ["log_position"], ["log_entries.position"], name=f"fk_{table}_log_position"
    )


def _make_calendar() -> None:
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        *(_text(name) for name in ("status", "notice", "changed_by", "changed_at")),
        *_act("calendar_years"),
        sa.PrimaryKeyConstraint("year", name="pk_calendar_years"),
        sqlite_strict=True,
    )
    op.create_table(
        "workdays",
        *(_text(name) for name in ("day", "kind", "source")),
        sa.Column("corrected", sa.Integer(), nullable=False),
        *(_text(name) for name in ("because", "changed_by", "changed_at")),
        *_act("workdays"),
        sa.PrimaryKeyConstraint("day", name="pk_workdays"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _make_extensions() -> None:
    op.create_table(
        "extensions",
        *(_text(name) for name in ("id", "unit", "period", "last_day", "reason")),
        *(_text(name) for name in ("asked_by", "granted_by", "granted_at")),
        _text("revoked_at", nullable=True),
        *(_text(name) for name in ("revoked_by", "revoked_because")),
        sa.PrimaryKeyConstraint("id", name="pk_extensions"),
        sa.CheckConstraint("asked_by <> granted_by", name=op.f("ck_extensions_two_persons")),
        sqlite_strict=True,
    )
    op.create_index("ix_extensions_period_unit", "extensions", ["period", "unit"])


def _guard() -> None:
    """What was granted stays as it was granted, and a revocation stays, too."""
    if op.get_context().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER extensions_written_once BEFORE UPDATE OF {_FIXED_IN_EXTENSIONS} "
            "OR DELETE OR TRUNCATE ON extensions "
            "FOR EACH STATEMENT EXECUTE FUNCTION kaohe_refuse_change()"
        )
        op.execute(
            "CREATE TRIGGER extensions_revoked_once BEFORE UPDATE ON extensions "
            "FOR EACH ROW WHEN (OLD.revoked_at IS NOT NULL) EXECUTE FUNCTION kaohe_refuse_change()"
        )
        return
    for name, event, when in (
        ("no_update", f"UPDATE OF {_FIXED_IN_EXTENSIONS}", ""),
        ("no_delete", "DELETE", ""),
        ("revoked_once", "UPDATE", "WHEN OLD.revoked_at IS NOT NULL "),
    ):
        op.execute(
            f"CREATE TRIGGER extensions_{name} BEFORE {event} ON extensions {when}"
            "BEGIN SELECT RAISE(ABORT, 'extensions is written once'); END"
        )
