"""The calendar keeps what the office has set when a year is replaced; extensions are kept as granted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, StatementError

from models.calendar_records import CalendarDay, CalendarYear, DayKind, StoredExtension, YearStatus
from models.errors import Conflict, NotStored, RowDamaged
from models.unit_of_work import Database, UnitOfWork
from tests.support.databases import plant
from tests.support.stored import BEIJING, FIRST_QUARTER, NOON, TIANJIN

SEEDED = CalendarDay(
    day=date(2021, 5, 8),
    kind=DayKind.WORKDAY,
    source="notice",
    corrected=False,
    because="",
    changed_by="office",
    changed_at=NOON,
    log_position=1,
)
OTHER = replace(SEEDED, day=date(2021, 5, 5), kind=DayKind.HOLIDAY)
SET = replace(SEEDED, day=date(2021, 5, 5), kind=DayKind.PLAIN, corrected=True, because="更正")
YEAR = CalendarYear(
    year=2021,
    status=YearStatus.UNPUBLISHED,
    notice="",
    changed_by="office",
    changed_at=NOON,
    log_position=1,
)
GRANTED = StoredExtension(
    id="e1",
    unit=BEIJING,
    period=FIRST_QUARTER,
    last_day=date(2021, 4, 20),
    reason="系统故障",
    asked_by="",
    granted_by="office",
    granted_at=NOON,
)


def with_log(work: UnitOfWork) -> UnitOfWork:
    """The act that the rows name."""
    work.log.append(at=NOON, actor="office", act="seed_calendar", object_kind="calendar", object_id="2021")
    return work


def test_days_come_back_in_order_year_by_year(database: Database) -> None:
    new_year = replace(SEEDED, day=date(2022, 1, 1), kind=DayKind.HOLIDAY)
    with database.writing() as work:
        for each in (new_year, SEEDED, OTHER):
            with_log(work).calendar.set_day(each)
        assert work.calendar.days() == (OTHER, SEEDED, new_year)
        assert work.calendar.days(2021) == (OTHER, SEEDED)
        assert work.calendar.days(2020) == ()


def test_a_day_is_kept_once_as_it_was_set_last(database: Database) -> None:
    with database.writing() as work:
        with_log(work).calendar.set_day(OTHER)
        work.calendar.set_day(SET)
        assert work.calendar.days() == (SET,)


def test_replacing_a_year_leaves_what_the_office_has_set_and_other_years(database: Database) -> None:
    far = replace(SEEDED, day=date(2022, 1, 29))
    with database.writing() as work:
        with_log(work).calendar.replace_year(2021, [SEEDED])
        work.calendar.set_day(SET)
        work.calendar.set_day(far)
        work.calendar.replace_year(2021, [OTHER])
        assert work.calendar.days() == (SET, far)
        work.calendar.replace_year(2021, [])
        assert work.calendar.days() == (SET, far)


def test_a_year_is_kept_once_as_it_was_said_last(database: Database) -> None:
    published = replace(YEAR, status=YearStatus.PUBLISHED, notice="国办发明电〔2020〕27号")
    with database.writing() as work:
        assert with_log(work).calendar.year(2021) is None
        work.calendar.set_year(YEAR)
        work.calendar.set_year(published)
        assert work.calendar.year(2021) == published
        assert work.calendar.years() == (published,)


def test_a_day_rests_on_an_act_that_is_in_the_log(database: Database) -> None:
    with pytest.raises(Conflict), database.writing() as work:
        work.calendar.set_day(replace(SEEDED, log_position=99))


def test_a_moment_is_no_day(database: Database) -> None:
    moment = datetime(2021, 5, 8, tzinfo=NOON.tzinfo)
    with pytest.raises(StatementError, match="a day is wanted"), database.writing() as work:
        with_log(work).calendar.set_day(replace(SEEDED, day=moment))


@pytest.mark.parametrize("damaged", ["2021-02-30", "2021-5-8", "yesterday"])
def test_a_damaged_day_is_told(database: Database, url: str, damaged: str) -> None:
    with database.writing() as work:
        with_log(work).calendar.set_day(SEEDED)
        work.commit()
    plant(url, "workdays", "day", damaged)
    with pytest.raises(RowDamaged), database.reading() as work:
        work.calendar.days()


def test_the_extension_that_was_granted_last_counts_until_it_is_revoked(database: Database) -> None:
    later = replace(GRANTED, id="e2", last_day=date(2021, 4, 22), granted_at=NOON + timedelta(hours=1))
    with database.writing() as work:
        for each in (later, GRANTED, replace(GRANTED, id="e3", unit=TIANJIN)):
            work.extensions.add(each)
        assert work.extensions.in_force(BEIJING, FIRST_QUARTER) == later
        work.extensions.revoke("e2", at=NOON, by="office", because="误批")
        assert work.extensions.in_force(BEIJING, FIRST_QUARTER) == GRANTED
        revoked = replace(later, revoked_at=NOON, revoked_by="office", revoked_because="误批")
        assert work.extensions.list(unit=BEIJING) == (GRANTED, revoked)
        assert [each.id for each in work.extensions.list(unit=None, period=FIRST_QUARTER)] == [
            "e1",
            "e3",
            "e2",
        ]
        with pytest.raises(NotStored):
            work.extensions.revoke("e2", at=NOON, by="office", because="again")


def test_nobody_grants_what_he_has_asked_for(database: Database) -> None:
    with pytest.raises(Conflict), database.writing() as work:
        work.extensions.add(replace(GRANTED, asked_by="office"))


@pytest.mark.parametrize("column", ["last_day", "reason", "granted_by"])
def test_what_was_granted_stays_as_it_was_granted(database: Database, url: str, column: str) -> None:
    with database.writing() as work:
        work.extensions.add(GRANTED)
        work.extensions.revoke("e1", at=NOON, by="office", because="误批")
        work.commit()
    engine = create_engine(url)
    for statement in (
        f"UPDATE extensions SET {column} = 'x'",  # noqa: S608 - the names are those of a test
        "UPDATE extensions SET revoked_because = 'x'",
        "DELETE FROM extensions",
    ):
        with pytest.raises(DBAPIError, match="written once"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()
