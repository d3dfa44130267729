"""The first tables: files, rule sets, reports, runs, the log, people; evidence guarded by triggers.

Revision 0001, the first.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Compared by code point on both databases.
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_STRICT = {"sqlite_strict": True}
_KEYED = {"sqlite_strict": True, "sqlite_with_rowid": False}

# In the order in which they can be made; taken away in the opposite one.
_TABLES = (
    "blobs",
    "rule_sets",
    "rule_set_files",
    "reports",
    "report_issues",
    "report_facts",
    "runs",
    "run_reports",
    "run_scores",
    "run_adjustments",
    "run_results",
    "log_entries",
    "people",
    "api_keys",
)
_WRITTEN_ONCE = tuple(name for name in _TABLES if name not in {"reports", "people", "api_keys"})
_FIXED_IN_REPORTS = (
    "id, rule_set_digest, unit, period, provider, version, file_sha256, file_name, received_at, actor"
)


def upgrade() -> None:
    _make_evidence_tables()
    _make_report_tables()
    _make_run_tables()
    _make_log_and_people()
    if op.get_context().dialect.name == "postgresql":
        _guard_on_postgres()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    # Triggers go with their tables; PostgreSQL's functions do not.
    for name in reversed(_TABLES):
        op.drop_table(name)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION kaohe_refuse_change()")
        op.execute("DROP FUNCTION kaohe_refuse_gap()")


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [_text(name) for name in names]


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _make_evidence_tables() -> None:
    op.create_table(
        "blobs",
        _text("sha256"),
        _number("size"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _key("blobs", "sha256"),
        _check("blobs", "sha256", "length(sha256) = 64"),
        _check("blobs", "size", "length(content) = size"),
        **_STRICT,
    )
    op.create_table(
        "rule_sets",
        *_texts("digest", "code", "title"),
        _number("year"),
        *_texts("version", "stored_at"),
        _key("rule_sets", "digest"),
        _check("rule_sets", "digest", "length(digest) = 64"),
        **_KEYED,
    )
    op.create_table(
        "rule_set_files",
        *_texts("digest", "path"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _key("rule_set_files", "digest", "path"),
        _refers("rule_set_files", "digest", "rule_sets.digest"),
        **_STRICT,
    )


def _make_report_tables() -> None:
    op.create_table(
        "reports",
        *_texts("id", "rule_set_digest", "unit", "period", "provider"),
        _number("version"),
        *_texts("state", "file_sha256", "file_name", "received_at", "actor"),
        _text("decided_at", nullable=True),
        _text("reason"),
        _key("reports", "id"),
        sa.UniqueConstraint("unit", "period", "provider", "version", name="uq_reports_unit"),
        _check("reports", "version", "version >= 1"),
        _refers("reports", "rule_set_digest", "rule_sets.digest"),
        _refers("reports", "file_sha256", "blobs.sha256"),
        **_STRICT,
    )
    op.create_index("ix_reports_period_unit", "reports", ["period", "unit"])
    op.create_index("ix_reports_received_at_id", "reports", ["received_at", "id"])
    op.create_table(
        "report_issues",
        _text("report_id"),
        _number("position"),
        *_texts("code", "severity", "zh", "en", "fix_zh", "fix_en"),
        *_texts("sheet", "cell", "row_label", "column_label", "found", "expected", "source"),
        _key("report_issues", "report_id", "position"),
        _refers("report_issues", "report_id", "reports.id"),
        **_STRICT,
    )
    op.create_table(
        "report_facts",
        *_texts("report_id", "element", "member", "period"),
        _text("amount", nullable=True),
        *_texts("kind", "standing", "sheet", "cell"),
        _key("report_facts", "report_id", "element", "member", "period"),
        _check("report_facts", "amount", "(kind = 'none') = (amount IS NULL)"),
        _refers("report_facts", "report_id", "reports.id"),
        **_KEYED,
    )


def _make_run_tables() -> None:
    op.create_table(
        "runs",
        *_texts("id", "period", "rule_set_digest", "facts_digest", "engine_version"),
        *_texts("result_digest", "label", "created_at", "actor"),
        _key("runs", "id"),
        _refers("runs", "rule_set_digest", "rule_sets.digest"),
        **_KEYED,
    )
    op.create_index("ix_runs_period_created_at", "runs", ["period", "created_at"])
    op.create_table(
        "run_reports",
        *_texts("run_id", "report_id"),
        _key("run_reports", "run_id", "report_id"),
        _refers("run_reports", "run_id", "runs.id"),
        _refers("run_reports", "report_id", "reports.id"),
        **_KEYED,
    )
    op.create_table(
        "run_scores",
        *_texts("run_id", "unit", "node"),
        _text("value", nullable=True),
        _text("value_kind"),
        _text("points", nullable=True),
        *_texts("max_points", "outcome"),
        _number("rank", nullable=True),
        _key("run_scores", "run_id", "unit", "node"),
        _check("run_scores", "value", "(value_kind = 'none') = (value IS NULL)"),
        _refers("run_scores", "run_id", "runs.id"),
        **_KEYED,
    )
    op.create_index("ix_run_scores_run_id_node", "run_scores", ["run_id", "node"])
    op.create_table(
        "run_adjustments",
        *_texts("run_id", "unit", "code", "points"),
        _number("triggered"),
        _text("value", nullable=True),
        _text("value_kind"),
        _key("run_adjustments", "run_id", "unit", "code"),
        _check("run_adjustments", "value", "(value_kind = 'none') = (value IS NULL)"),
        _refers("run_adjustments", "run_id", "runs.id"),
        **_KEYED,
    )
    op.create_table(
        "run_results",
        *_texts("run_id", "unit"),
        _number("position"),
        _text("base", nullable=True),
        *_texts("bonus", "penalty"),
        _text("final", nullable=True),
        _text("score", nullable=True),
        *_texts("grade", "tier"),
        _text("converted", nullable=True),
        _number("rank", nullable=True),
        _text("peer_group"),
        _number("group_rank", nullable=True),
        _text("effects"),
        _key("run_results", "run_id", "unit"),
        sa.UniqueConstraint("run_id", "position", name="uq_run_results_run_id"),
        _refers("run_results", "run_id", "runs.id"),
        **_KEYED,
    )


def _make_log_and_people() -> None:
    op.create_table(
        "log_entries",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("at", "actor", "act", "object_kind", "object_id", "detail"),
        _key("log_entries", "position"),
        _check("log_entries", "position", "position >= 1"),
        **_STRICT,
    )
    op.create_index(
        "ix_log_entries_object_kind_object_id_position",
        "log_entries",
        ["object_kind", "object_id", "position"],
    )
    op.create_table(
        "people",
        *_texts("id", "name", "role"),
        _text("unit", nullable=True),
        _number("disabled"),
        _key("people", "id"),
        **_STRICT,
    )
    op.create_table(
        "api_keys",
        *_texts("prefix", "hash", "person_id", "created_at"),
        _text("revoked_at", nullable=True),
        _key("api_keys", "prefix"),
        sa.UniqueConstraint("hash", name="uq_api_keys_hash"),
        _check("api_keys", "hash", "length(hash) = 64"),
        _refers("api_keys", "person_id", "people.id"),
        **_STRICT,
    )
    op.create_index("ix_api_keys_person_id", "api_keys", ["person_id"])


def _guard_on_sqlite() -> None:
    for table in _WRITTEN_ONCE:
        _refuse_on_sqlite(table, "update", "UPDATE")
    for table in (*_WRITTEN_ONCE, "reports"):
        _refuse_on_sqlite(table, "delete", "DELETE")
    _refuse_on_sqlite("reports", "update", f"UPDATE OF {_FIXED_IN_REPORTS}")
    op.execute(
        "CREATE TRIGGER log_entries_no_gap BEFORE INSERT ON log_entries "
        "WHEN NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM log_entries) "
        "BEGIN SELECT RAISE(ABORT, 'log_entries has no gaps'); END"
    )


def _refuse_on_sqlite(table: str, name: str, event: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
    )


def _guard_on_postgres() -> None:
    op.execute(
        "CREATE FUNCTION kaohe_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; "
        "END $$"
    )
    op.execute(
        "CREATE FUNCTION kaohe_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN IF NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM log_entries) THEN "
        "RAISE EXCEPTION 'log_entries has no gaps' USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    for table in _WRITTEN_ONCE:
        _refuse_on_postgres(table, "UPDATE")
    _refuse_on_postgres("reports", f"UPDATE OF {_FIXED_IN_REPORTS}")
    op.execute(
        "CREATE TRIGGER log_entries_no_gap BEFORE INSERT ON log_entries "
        "FOR EACH ROW EXECUTE FUNCTION kaohe_refuse_gap()"
    )


def _refuse_on_postgres(table: str, update: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_written_once BEFORE {update} OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION kaohe_refuse_change()"
    )
