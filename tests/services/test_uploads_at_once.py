"""Two uploads for a unit and quarter at the same time: one is kept, nobody overwrites what they never saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from models.unit_of_work import Database, UnitOfWork
from services.errors import Conflict
from services.submit import submit_report
from services.upload_answers import KeptAnswer
from tests.support.databases import copy_of_sqlite, migrated_postgres
from tests.support.office import BEIJING, Office, clerk, number, series


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An office on either database."""
    if request.param == "sqlite":
        yield from _office(copy_of_sqlite(request.getfixturevalue("sqlite_template"), tmp_path))
    else:
        with migrated_postgres(request.getfixturevalue("postgres_url")) as address:
            yield from _office(address)


def _office(url: str) -> Iterator[Office]:
    database = Database(url)
    yield Office(database)
    database.close()


def upload_at_once(office: Office, contents: Sequence[bytes]) -> list[KeptAnswer | Conflict]:
    """Hands all in as one unit's clerk; none is kept before all have been read."""
    read = Barrier(len(contents), timeout=60)

    def write() -> UnitOfWork:
        read.wait()
        return office.database.writing()

    context = replace(office.context, write=write)

    def submit(number_of: int, content: bytes) -> KeptAnswer | Conflict:
        try:
            return submit_report(
                context,
                actor=clerk(BEIJING),
                unit=BEIJING,
                period="2021Q1",
                content=content,
                file_name=f"{number_of}.xlsx",
            )
        except Conflict as refusal:
            return refusal

    with ThreadPoolExecutor(len(contents)) as pool:
        return list(pool.map(submit, range(len(contents)), contents))


def test_of_two_different_files_at_once_one_is_kept_and_the_other_is_told_of_both(anywhere: Office) -> None:
    changed = {series("E101", "2021Q1", "市场监管"): number(1)}
    contents = [anywhere.workbook(BEIJING, 1), anywhere.workbook(BEIJING, 1, changed)]
    answers = upload_at_once(anywhere, contents)
    (kept,) = (each for each in answers if isinstance(each, KeptAnswer))
    (refused,) = (each for each in answers if isinstance(each, Conflict))
    assert kept.receipt.version == 1
    assert kept.receipt.report in refused.zh
    assert "0.xlsx" in refused.zh
    assert "1.xlsx" in refused.zh
    with anywhere.context.read() as work:
        assert [each.id for each in work.reports.list(unit=BEIJING)] == [kept.receipt.report]
    again = anywhere.submit(BEIJING, 1, contents[answers.index(refused)])
    assert again.receipt.version == 2


def test_the_same_file_twice_at_once_gets_the_same_receipt(anywhere: Office) -> None:
    content = anywhere.workbook(BEIJING, 1)
    first, second = upload_at_once(anywhere, [content, content])
    assert isinstance(first, KeptAnswer)
    assert isinstance(second, KeptAnswer)
    assert first.receipt == second.receipt
