"""Evidence is written once: neither database lets it be changed or taken away, whatever the statement."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from models.engine import make_engine
from models.tables import BlobRow, LogEntryRow
from models.unit_of_work import Database
from scoring.codes import NodeCode
from scoring.errors import Issue
from scoring.results import AdjustmentScore
from tests.support.stored import (
    A_REPORT,
    A_RUN,
    AN_EXPLANATION,
    BEIJING,
    NOON,
    add_report,
    fact,
    keep_basics,
    result,
    score,
)

ONE = Fraction(1)
WRONG = Issue(code="x", zh="错", en="Wrong.")
# a column of each table, so that there is something to set
WRITTEN_ONCE = {
    "blobs": "size",
    "rule_sets": "title",
    "rule_set_files": "path",
    "report_issues": "zh",
    "report_findings": "zh",
    "explanations": "text",
    "report_facts": "amount",
    "runs": "label",
    "run_reports": "report_id",
    "run_scores": "points",
    "run_adjustments": "points",
    "run_results": "score",
    "run_orders": "name",
    "log_entries": "actor",
}
FIXED_IN_REPORTS = (
    "id",
    "rule_set_digest",
    "unit",
    "period",
    "provider",
    "version",
    "file_sha256",
    "file_name",
    "received_at",
    "actor",
    "format",
    "figures_sha256",
    "content_sha256",
    "required",
    "filled",
    "faulty",
)


@pytest.fixture
def engine(url: str, database: Database) -> Iterator[Engine]:
    """Plain connections to a database with a row in every table of evidence."""
    with database.writing() as work:
        keep_basics(work)
        add_report(work, facts=[fact(ONE)], issues=[WRONG], findings=[WRONG])
        work.explanations.add([AN_EXPLANATION])
        work.runs.add(
            A_RUN,
            scores=[score(BEIJING, "I01", ONE)],
            adjustments=[AdjustmentScore(BEIJING, NodeCode("B01"), ONE, triggered=True)],
            results=[result(BEIJING, ONE, 1)],
            reports=[A_REPORT.id],
        )
        work.run_orders.add(A_RUN.id, {"name": [0]})
        work.log.append(at=NOON, actor="clerk", act="score", object_kind="run", object_id=A_RUN.id)
        work.commit()
    opened = make_engine(url)
    yield opened
    opened.dispose()


def refused(engine: Engine, statement: str) -> str:
    """What the database says when it refuses a statement."""
    with engine.connect() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(text(statement))
    return str(caught.value.orig)


@pytest.mark.parametrize(("table", "column"), WRITTEN_ONCE.items())
def test_evidence_is_neither_changed_nor_taken_away(engine: Engine, table: str, column: str) -> None:
    with engine.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1  # noqa: S608
    told = f"{table} is written once"
    assert told in refused(engine, f"UPDATE {table} SET {column} = {column}")  # noqa: S608
    assert told in refused(engine, f"DELETE FROM {table}")  # noqa: S608
    if engine.dialect.name == "postgresql":
        assert told in refused(engine, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("column", FIXED_IN_REPORTS)
def test_of_a_report_only_the_state_changes(engine: Engine, column: str) -> None:
    for assignments in (f"{column} = {column}", f"state = 'x', {column} = {column}"):
        told = refused(engine, f"UPDATE reports SET {assignments}")  # noqa: S608
        assert "reports is written once" in told


def test_a_report_is_not_taken_away_but_its_state_may_change(engine: Engine) -> None:
    assert "reports is written once" in refused(engine, "DELETE FROM reports")
    with engine.begin() as connection:
        changed = connection.execute(
            text("UPDATE reports SET state = 'accepted', reason = '齐', decided_at = NULL")
        )
        assert changed.rowcount == 1


@pytest.mark.parametrize("position", [1, 3, 0, -1])
def test_a_log_entry_has_no_other_place_than_the_next(engine: Engine, position: int) -> None:
    row = f"VALUES ({position}, 'x', 'x', 'x', 'x', 'x', 'x')"
    assert "log_entries has no gaps" in refused(engine, f"INSERT INTO log_entries {row}")


def test_the_next_log_entry_is_taken(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO log_entries VALUES (2, 'x', 'x', 'x', 'x', 'x', 'x')"))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_replacing_a_row_counts_as_taking_it_away(engine: Engine) -> None:
    columns = "report_id, element, member, period, '99', kind, standing, sheet, cell"
    told = refused(engine, f"INSERT OR REPLACE INTO report_facts SELECT {columns} FROM report_facts")  # noqa: S608
    assert "report_facts is written once" in told


def test_an_upsert_counts_as_a_change(engine: Engine) -> None:
    row = "SELECT sha256, size, content FROM blobs WHERE true"
    upsert = f"INSERT INTO blobs {row} ON CONFLICT (sha256) DO UPDATE SET size = 0"
    assert "blobs is written once" in refused(engine, upsert)


def test_every_table_but_those_that_live_is_in_this_list() -> None:
    tables = set(BlobRow.metadata.tables)
    # What can be revoked, withdrawn or corrected has triggers of its own, in tests of its own.
    partly = {"extensions", "calendar_years", "workdays", "evidence", "evidence_links"}
    assert tables - set(WRITTEN_ONCE) == {"reports", "people", "api_keys", *partly}
    assert LogEntryRow.__tablename__ in WRITTEN_ONCE


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO blobs VALUES ('short', 0, '')",
        "INSERT INTO blobs VALUES ('" + "c" * 64 + "', 7, '')",
        "INSERT INTO report_facts VALUES ('report-1', 'E1', '', 'P', NULL, 'number', 'value', '', '')",
        "INSERT INTO report_facts VALUES ('report-1', 'E1', '', 'P', '1', 'none', 'missing', '', '')",
        "INSERT INTO report_facts VALUES ('report-9', 'E1', '', 'P', '1', 'number', 'value', '', '')",
        "INSERT INTO report_facts VALUES ('report-1', 'E1', '', NULL, '1', 'number', 'value', '', '')",
    ],
)
def test_the_database_itself_refuses_a_row_that_cannot_be(engine: Engine, statement: str) -> None:
    if engine.dialect.name == "sqlite":
        statement = statement.replace(", '')", ", x'')") if "blobs" in statement else statement
    refused(engine, statement)
