"""The calendar of the office: seeded, corrected, published; and which calendar decides for which year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.calendar_records import DayKind
from services.calendar import correct_day, effective_workdays, publish_year, seed_calendar, year_calendar
from services.errors import Conflict, Invalid, NotAllowed, NotFound
from services.notices import Notice
from services.policy import Actor
from tests.support.office import AUDITOR, BEIJING, OFFICE, Office, clerk

WORKED_SATURDAY, FRIDAY, HOLIDAY = date(2021, 5, 8), date(2021, 5, 7), date(2021, 5, 5)


def is_workday(office: Office, day: date, *, with_rules: bool = True) -> bool:
    with office.context.read() as work:
        return effective_workdays(work, office.rules if with_rules else None).is_workday(day)


def last_log(office: Office) -> tuple[str, str, str, object]:
    with office.context.read() as work:
        entry = work.log.entries()[-1]
    return entry.act, entry.object_id, entry.actor, entry.detail


def test_without_a_word_of_the_office_the_rule_sets_calendar_decides(office: Office) -> None:
    with office.context.read() as work:
        found = effective_workdays(work, office.rules)
    assert office.rules.workdays is not None
    assert (set(found.holidays), set(found.makeup)) == (
        set(office.rules.workdays.holidays),
        set(office.rules.workdays.makeup),
    )
    assert found.years == {2021, 2022}


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2026])
def test_a_year_whose_worked_weekends_are_known_is_published_when_it_is_seeded(
    office: Office, year: int
) -> None:
    seeded = seed_calendar(office.context, actor=OFFICE, year=year)
    assert seeded.published
    assert any(each.kind is DayKind.WORKDAY for each in seeded.days)
    act, name, actor, detail = last_log(office)
    assert (act, name, actor) == ("seed_calendar", str(year), OFFICE.id)
    assert isinstance(detail, dict)
    assert detail["status"] == "published"


def test_a_year_without_known_worked_weekends_is_seeded_and_not_published(office: Office) -> None:
    seeded = seed_calendar(office.context, actor=OFFICE, year=2031)
    assert not seeded.published
    assert date(2031, 10, 1) in {each.day for each in seeded.days}
    assert not is_workday(office, date(2031, 10, 1))


def test_the_rule_set_decides_for_its_own_years_even_where_the_table_says_otherwise(office: Office) -> None:
    seed_calendar(office.context, actor=OFFICE, year=2021)
    wrong = "UPDATE"  # a seed that is no correction never stands above the rule set
    with office.context.write() as work:
        day = next(each for each in work.calendar.days(2021) if each.day == WORKED_SATURDAY)
        work.calendar.set_day(replace(day, kind=DayKind.HOLIDAY, source=wrong))
        work.commit()
    assert is_workday(office, WORKED_SATURDAY)
    assert not is_workday(office, WORKED_SATURDAY, with_rules=False)


def test_the_table_decides_for_years_that_the_rule_set_does_not_list(office: Office) -> None:
    assert is_workday(office, date(2023, 1, 2))
    seed_calendar(office.context, actor=OFFICE, year=2023)
    assert not is_workday(office, date(2023, 1, 2))
    assert is_workday(office, date(2023, 1, 28))


@pytest.mark.parametrize(
    ("day", "kind", "works"),
    [
        pytest.param(WORKED_SATURDAY, DayKind.HOLIDAY, False, id="a worked Saturday is off after all"),
        pytest.param(WORKED_SATURDAY, DayKind.PLAIN, False, id="a worked Saturday is one like any other"),
        pytest.param(HOLIDAY, DayKind.WORKDAY, True, id="a holiday is worked after all"),
        pytest.param(HOLIDAY, DayKind.PLAIN, True, id="a holiday was listed by mistake"),
        pytest.param(FRIDAY, DayKind.HOLIDAY, False, id="one more day is off"),
        pytest.param(date(2021, 5, 15), DayKind.WORKDAY, True, id="one more Saturday is worked"),
        pytest.param(date(2023, 1, 2), DayKind.HOLIDAY, False, id="a day of a year nobody knows"),
    ],
)
def test_a_correction_stands_above_the_rule_set_and_names_its_entry_in_the_log(
    office: Office, day: date, kind: DayKind, works: bool
) -> None:
    told = correct_day(office.context, actor=OFFICE, day=day, kind=kind, because="国务院临时通知")
    assert is_workday(office, day) is works
    with office.context.read() as work:
        entry = work.log.entries(after=(told.log_position or 0) - 1)[0]
    assert (entry.act, entry.object_id, entry.actor) == ("correct_calendar", day.isoformat(), OFFICE.id)
    assert entry.detail == {"day": day.isoformat(), "kind": kind, "before": None, "because": "国务院临时通知"}
    shown = next(each for each in year_calendar(office.context, year=day.year).days if each.day == day)
    assert shown == told


def test_a_correction_outlives_a_new_seed(office: Office) -> None:
    correct_day(office.context, actor=OFFICE, day=date(2031, 9, 30), kind=DayKind.HOLIDAY, because="x")
    seed_calendar(office.context, actor=OFFICE, year=2031)
    seed_calendar(office.context, actor=OFFICE, year=2031)
    assert not is_workday(office, date(2031, 9, 30))


def test_a_published_year_is_not_replaced_by_another_seed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed_calendar(office.context, actor=OFFICE, year=2023)
    before = last_log(office)
    seed_calendar(office.context, actor=OFFICE, year=2023)
    assert last_log(office) == before

    def other(year: int) -> Notice:
        day = frozenset({date(year, 1, 1)})
        return Notice(year=year, holidays=day, makeup=frozenset({date(year, 1, 7)}), source="other")

    monkeypatch.setattr("services.calendar.notice_of", other)
    with pytest.raises(Conflict, match="逐日改正"):
        seed_calendar(office.context, actor=OFFICE, year=2023)
    assert len(year_calendar(office.context, year=2023).days) > 2


def test_a_year_that_waited_for_its_notice_takes_the_worked_weekends_when_they_are_known(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed_calendar(office.context, actor=OFFICE, year=2031)

    def out(year: int) -> Notice:
        return Notice(
            year=year,
            holidays=frozenset({date(year, 10, 1)}),
            makeup=frozenset({date(year, 10, 11)}),
            source="later",
        )

    monkeypatch.setattr("services.calendar.notice_of", out)
    seeded = seed_calendar(office.context, actor=OFFICE, year=2031)
    assert seeded.published
    assert [each.day for each in seeded.days] == [date(2031, 10, 1), date(2031, 10, 11)]


def test_publishing_names_the_notice_and_makes_the_year_sure(office: Office) -> None:
    with pytest.raises(Conflict, match="放假日"):
        publish_year(office.context, actor=OFFICE, year=2031, notice="国办发明电〔2030〕1号")
    seed_calendar(office.context, actor=OFFICE, year=2031)
    told = publish_year(office.context, actor=OFFICE, year=2031, notice="国办发明电〔2030〕1号")
    assert (told.published, told.notice) == (True, "国办发明电〔2030〕1号")
    assert last_log(office)[:2] == ("publish_calendar", "2031")
    with office.context.read() as work:
        assert effective_workdays(work, office.rules).is_published(date(2031, 6, 1))


def test_a_year_of_the_rule_set_is_shown_as_it_decides(office: Office) -> None:
    shown = year_calendar(office.context, year=2021)
    assert (shown.published, shown.workdays, len(shown.days)) == (True, 250, 31 + 7)
    assert {each.source for each in shown.days} == {"rule_set"}


def test_a_year_that_nobody_said_anything_of_is_not_there(office: Office) -> None:
    with pytest.raises(NotFound):
        year_calendar(office.context, year=2030)


@pytest.mark.parametrize("actor", [AUDITOR, clerk(BEIJING)], ids=["an auditor", "a region"])
def test_only_the_office_keeps_the_calendar(office: Office, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        seed_calendar(office.context, actor=actor, year=2021)
    with pytest.raises(NotAllowed):
        correct_day(office.context, actor=actor, day=FRIDAY, kind=DayKind.HOLIDAY, because="x")
    with pytest.raises(NotAllowed):
        publish_year(office.context, actor=actor, year=2021, notice="x")
    with office.context.read() as work:
        assert (work.calendar.days(), work.log.last_position()) == ((), 0)


@pytest.mark.parametrize("because", ["", "  ", "长" * 501])
def test_a_correction_needs_a_reason(office: Office, because: str) -> None:
    with pytest.raises(Invalid, match="理由"):
        correct_day(office.context, actor=OFFICE, day=FRIDAY, kind=DayKind.HOLIDAY, because=because)


@pytest.mark.parametrize("year", [1949, 2003, 2101])
def test_years_without_notices_are_refused(office: Office, year: int) -> None:
    with pytest.raises(Invalid):
        seed_calendar(office.context, actor=OFFICE, year=year)
