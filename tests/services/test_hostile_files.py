"""Every hostile file, handed in: its named issue within the bounds, nothing kept, the next report taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.limits import DEFAULT_LIMITS, Limits
from intake.workbook import WorkbookReader
from models.unit_of_work import Database
from scoring.errors import Severity
from services.errors import Rejected
from services.submit import check_report
from tests.support.databases import copy_of_sqlite
from tests.support.hostile import HOSTILE, MOST_MIB, MOST_SECONDS
from tests.support.hostile_containers import Case
from tests.support.office import BEIJING, Office, clerk
from tests.support.row_counts import row_counts

# A busy machine must not turn a verdict into "took too long"; processor time and memory are bounded as
# always, and by the kernel: a file that needed more of either would get another issue than its own.
UNHURRIED = Limits(seconds=120)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def office(sqlite_template: Path, folder: Path) -> Iterator[Office]:
    """One report was handed in before."""
    database = Database(copy_of_sqlite(sqlite_template, folder))
    office = Office(database)
    office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    with WorkbookReader(processes=1, limits=UNHURRIED) as reader:
        office.context = replace(office.context, reader=reader.read)
        yield office
    database.close()


def test_the_bounds_are_those_that_are_promised() -> None:
    assert DEFAULT_LIMITS.seconds <= MOST_SECONDS
    assert DEFAULT_LIMITS.cpu_seconds <= MOST_SECONDS
    # The address space holds all memory that a process can use.
    assert DEFAULT_LIMITS.memory_bytes <= MOST_MIB * 2**20 <= 300 * 10**6
    assert (UNHURRIED.cpu_seconds, UNHURRIED.memory_bytes) == (
        DEFAULT_LIMITS.cpu_seconds,
        DEFAULT_LIMITS.memory_bytes,
    )


def test_there_are_many_hostile_files() -> None:
    assert len(HOSTILE) >= 300


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in HOSTILE.items()])
def test_a_hostile_file_gets_its_named_issue_and_is_not_kept(
    office: Office, folder: Path, case: Case
) -> None:
    build, code = case
    before = row_counts(folder)
    with pytest.raises(Rejected) as caught:
        office.submit(BEIJING, 2, build(), "../../<b>x</b>\u202e.xlsx")
    issues = caught.value.issues
    assert [issue.code for issue in issues] == [code]
    for issue in issues:
        assert issue.severity is Severity.HARD
        assert all((issue.zh, issue.en, issue.fix_zh, issue.fix_en))
        assert not set("{}?") & set(issue.zh + issue.en), "a fact is missing in the sentence"
        assert all(text.isprintable() for text in (issue.zh, issue.en, issue.found, issue.place.sheet))
    assert row_counts(folder) == before


def test_a_dry_run_of_a_hostile_file_says_the_same(office: Office, folder: Path) -> None:
    build, code = HOSTILE["containers: path traversal"]
    before = row_counts(folder)
    found = check_report(office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q2", content=build())
    assert [issue.code for issue in found.intake.issues] == [code]
    assert row_counts(folder) == before


def test_after_all_of_them_an_honest_report_is_taken(office: Office, folder: Path) -> None:
    before = row_counts(folder)
    answer = office.submit(BEIJING, 2, office.workbook(BEIJING, 2))
    assert answer.receipt.version == 1
    assert row_counts(folder) != before
