"""Many rows are inserted by the fast way, checked like few."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from models.bulk import insert_rows
from models.engine import make_engine
from models.errors import UnstorableText
from models.records import PersonId
from models.tables import BlobRow, PersonRow, RunScoreRow
from models.unit_of_work import Database
from scoring.results import Outcome
from tests.support.stored import A_RUN, keep_basics

COLUMNS = ("run_id", "unit", "node", "value", "value_kind", "points", "max_points", "outcome", "rank")


@pytest.fixture
def connection(url: str, database: Database) -> Iterator[Connection]:
    """An open transaction on a database with a run that has no scores."""
    with database.writing() as work:
        keep_basics(work)
        work.runs.add(A_RUN, scores=(), adjustments=(), results=(), reports=())
        work.commit()
    engine = make_engine(url)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def row(number: int) -> tuple[object, ...]:
    """A score with a rank only for every second one."""
    rank = number if number % 2 else None
    points = Fraction(number, 3) if rank else None
    return (A_RUN.id, f"{number:06}", "总分", None, "none", points, Fraction(10), Outcome.SCORED, rank)


@pytest.mark.parametrize("count", [0, 1, 20_000, 20_001])
def test_all_rows_arrive_also_past_the_size_of_one_part(connection: Connection, count: int) -> None:
    assert insert_rows(connection, RunScoreRow, COLUMNS, (row(number) for number in range(count))) == count
    assert connection.execute(select(func.count()).select_from(RunScoreRow)).scalar_one() == count


def test_values_arrive_through_the_types_of_their_columns(connection: Connection) -> None:
    insert_rows(connection, RunScoreRow, COLUMNS, [row(1), row(2)])
    found = connection.execute(
        select(RunScoreRow.points, RunScoreRow.rank, RunScoreRow.node, RunScoreRow.outcome).order_by(
            RunScoreRow.unit
        )
    )
    assert [tuple(each) for each in found] == [
        (Fraction(1, 3), 1, "总分", Outcome.SCORED),
        (None, None, "总分", Outcome.SCORED),
    ]


def test_columns_that_are_not_named_stay_null(connection: Connection) -> None:
    insert_rows(connection, PersonRow, ("id", "name", "role", "disabled"), [("p", "张", "office", True)])
    found = connection.execute(select(PersonRow.id, PersonRow.unit, PersonRow.disabled)).one()
    assert tuple(found) == (PersonId("p"), None, True)


def test_bytes_are_copied_as_they_are(connection: Connection) -> None:
    content = bytes(range(256))
    insert_rows(connection, BlobRow, ("sha256", "size", "content"), [("f" * 64, 256, content)])
    assert (
        connection.execute(select(BlobRow.content).where(BlobRow.sha256 == "f" * 64)).scalar_one() == content
    )


def test_a_key_that_is_there_is_an_integrity_error_on_both(connection: Connection) -> None:
    with pytest.raises(IntegrityError):
        insert_rows(connection, RunScoreRow, COLUMNS, [row(1), row(1)])


def test_a_row_that_cannot_be_made_stops_the_whole(connection: Connection) -> None:
    def rows() -> Iterator[tuple[object, ...]]:
        yield row(1)
        yield (*row(2)[:2], "总\x00分", *row(2)[3:])

    with pytest.raises(UnstorableText):
        insert_rows(connection, RunScoreRow, COLUMNS, rows())
