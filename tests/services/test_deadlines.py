"""Deadlines unit by unit: by the rule, by what was granted, and how late each version came."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from models.calendar_records import DayKind
from models.records import ReportId
from scoring.codes import UnitCode
from scoring.workdays import Workdays
from services.calendar import correct_day
from services.deadlines import (
    deadline_of,
    deadlines_of,
    extend_deadline,
    list_extensions,
    revoke_extension,
)
from services.errors import Invalid, NotAllowed, NotFound
from services.policy import Actor, Role
from services.review import accept_report, return_report
from services.timeliness import days_late
from tests.support.office import (
    AUDITOR,
    BEIJING,
    CHINA,
    OFFICE,
    TIANJIN,
    Office,
    clerk,
    number,
    series,
)

LAST = date(2021, 4, 12)
CALENDAR = Workdays({2021}, {date(2021, 4, 5)}, {date(2021, 4, 25)})


def extend(office: Office, day: date = date(2021, 4, 20), **changes: object) -> object:
    """Grants 北京 more time for the first quarter."""
    asked = {"actor": OFFICE, "unit": BEIJING, "period": "2021Q1", "reason": "系统故障", **changes}
    return extend_deadline(office.context, day=day, **asked)  # type: ignore[arg-type]


def line_of(office: Office, unit: UnitCode = BEIJING) -> tuple[date, int | None, int | None]:
    """The last day of a unit, and how late its first and its accepted version came."""
    found = deadlines_of(office.context, actor=OFFICE, period="2021Q1")
    line = next(each for each in found.lines if each.unit == unit)
    first, accepted = line.arrivals.first, line.arrivals.accepted
    late = [None if each is None else each.days_late for each in (first, accepted)]
    return line.last.day, late[0], late[1]


@pytest.mark.parametrize(
    ("arrived", "late"),
    [
        pytest.param(datetime(2021, 4, 12, 23, 59, 59, tzinfo=CHINA), 0, id="in the last second of the day"),
        pytest.param(datetime(2021, 4, 13, 0, 0, tzinfo=CHINA), 1, id="at midnight"),
        pytest.param(datetime(2021, 4, 12, 16, 0, tzinfo=CHINA), 0, id="in the afternoon"),
        pytest.param(
            datetime.fromisoformat("2021-04-12T16:00:00+00:00"), 1, id="midnight, told by another clock"
        ),
        pytest.param(datetime(2021, 4, 16, 9, 0, tzinfo=CHINA), 4, id="on the Friday of the week"),
        pytest.param(datetime(2021, 4, 18, 9, 0, tzinfo=CHINA), 4, id="on the Sunday after it"),
        pytest.param(datetime(2021, 4, 25, 9, 0, tzinfo=CHINA), 10, id="on a Sunday that is worked"),
        pytest.param(datetime(2021, 1, 1, 9, 0, tzinfo=CHINA), 0, id="long before"),
    ],
)
def test_lateness_is_counted_in_workdays_by_the_clock_of_beijing(arrived: datetime, late: int) -> None:
    assert days_late(arrived, LAST, CALENDAR) == late


def test_on_the_weekend_behind_the_deadline_it_is_late_by_one_day() -> None:
    assert days_late(datetime(2021, 4, 17, 9, tzinfo=CHINA), date(2021, 4, 16), CALENDAR) == 1


def test_every_unit_has_the_day_of_the_rule_until_something_is_granted(office: Office) -> None:
    found = deadlines_of(office.context, actor=OFFICE, period="2021Q1")
    assert (found.regular.day, found.regular.provisional, len(found.lines)) == (LAST, False, 32)
    assert {line.last.day for line in found.lines} == {LAST}
    extend(office)
    assert line_of(office)[0] == date(2021, 4, 20)
    assert line_of(office, TIANJIN)[0] == LAST
    assert deadline_of(office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1").regular == LAST


def test_first_and_accepted_version_are_told_apart(office: Office) -> None:
    assert line_of(office) == (LAST, None, None)
    office.now = datetime(2021, 4, 13, 9, tzinfo=CHINA)
    first = office.submit(BEIJING, 1, office.workbook(BEIJING, 1)).receipt
    assert line_of(office) == (LAST, 1, None)
    return_report(office.context, actor=OFFICE, report=ReportId(first.report), reason="请核对")
    office.now = datetime(2021, 4, 16, 9, tzinfo=CHINA)
    changed = {series("E101", "2021Q1", "市场监管"): number(1)}
    second = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, changed)).receipt
    assert line_of(office) == (LAST, 1, None)
    accept_report(office.context, actor=OFFICE, report=ReportId(second.report))
    assert line_of(office) == (LAST, 1, 4)
    extend(office, date(2021, 4, 14))
    assert line_of(office) == (date(2021, 4, 14), 0, 2)


def test_a_correction_of_the_calendar_moves_the_deadline_and_the_lateness(office: Office) -> None:
    office.now = datetime(2021, 4, 13, 9, tzinfo=CHINA)
    office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    assert line_of(office) == (LAST, 1, None)
    correct_day(office.context, actor=OFFICE, day=LAST, kind=DayKind.HOLIDAY, because="临时放假")
    assert line_of(office) == (date(2021, 4, 13), 0, None)


def test_a_deadline_in_a_year_whose_notice_is_not_out_is_provisional(office: Office) -> None:
    rules = office.rules
    assert rules.workdays is not None
    found = deadlines_of(office.context, actor=OFFICE, period="2021Q4")
    assert (found.regular.day, found.regular.provisional) == (date(2022, 1, 10), False)
    from scoring.periods import Period
    from services.timeliness import regular_day

    only_2021 = Workdays({2021}, rules.workdays.holidays, rules.workdays.makeup)
    assert regular_day(rules, Period(2021, 4, yearly=False), only_2021).provisional
    assert not regular_day(rules, Period(2021, 3, yearly=False), only_2021).provisional


def test_what_is_granted_is_kept_and_logged(office: Office) -> None:
    extend(office, asked_by="clerk-1")
    (granted,) = list_extensions(office.context, actor=AUDITOR, period="2021Q1")
    assert (granted.asked_by, granted.granted_by, granted.reason) == ("clerk-1", OFFICE.id, "系统故障")
    with office.context.read() as work:
        entry = work.log.about("extension", granted.id)[0]
    assert entry.act == "extend_deadline"
    assert entry.detail == {
        "unit": BEIJING,
        "period": "2021Q1",
        "last_day": "2021-04-20",
        "asked_by": "clerk-1",
        "reason": "系统故障",
    }


def test_a_revoked_extension_gives_way_to_the_one_before_it_and_then_to_the_rule(office: Office) -> None:
    extend(office, date(2021, 4, 15))
    office.now += timedelta(hours=1)
    extend(office, date(2021, 4, 20))
    asked = {"actor": OFFICE, "unit": BEIJING, "period": "2021Q1", "because": "误批"}
    assert line_of(office)[0] == date(2021, 4, 20)
    revoked = revoke_extension(office.context, **asked)  # type: ignore[arg-type]
    assert (revoked.last_day, revoked.revoked_because) == (date(2021, 4, 20), "误批")
    assert line_of(office)[0] == date(2021, 4, 15)
    revoke_extension(office.context, **asked)  # type: ignore[arg-type]
    assert line_of(office)[0] == LAST
    with pytest.raises(NotFound):
        revoke_extension(office.context, **asked)  # type: ignore[arg-type]
    assert [bool(each.revoked_at) for each in list_extensions(office.context, actor=OFFICE)] == [True, True]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"day": LAST}, Invalid, id="no day more than the rule gives"),
        pytest.param({"day": date(2022, 6, 1)}, Invalid, id="more than a year"),
        pytest.param({"reason": " "}, Invalid, id="no reason"),
        pytest.param({"asked_by": OFFICE.id}, Invalid, id="who grants has asked for it"),
        pytest.param({"period": "2021"}, Invalid, id="a year is no quarter"),
        pytest.param({"period": "2035Q1"}, NotFound, id="no rule set"),
        pytest.param({"unit": UnitCode("999999")}, NotFound, id="no such unit"),
        pytest.param({"actor": AUDITOR}, NotAllowed, id="an auditor"),
        pytest.param({"actor": clerk(BEIJING)}, NotAllowed, id="the region itself"),
    ],
)
def test_what_cannot_be_granted_leaves_no_trace(
    office: Office, changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        extend(office, **changes)  # type: ignore[arg-type]
    with office.context.read() as work:
        assert (work.extensions.list(unit=None), work.log.last_position()) == ((), 0)


def test_a_region_sees_its_own_deadline_and_extensions_alone(office: Office) -> None:
    extend(office)
    own = deadlines_of(office.context, actor=clerk(TIANJIN), period="2021Q1")
    assert [line.unit for line in own.lines] == [TIANJIN]
    assert list_extensions(office.context, actor=clerk(TIANJIN)) == ()
    assert len(list_extensions(office.context, actor=clerk(BEIJING))) == 1
    with pytest.raises(NotAllowed):
        deadline_of(office.context, actor=clerk(TIANJIN), unit=BEIJING, period="2021Q1")


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.SYSTEM])
def test_others_see_none(office: Office, role: Role) -> None:
    actor = Actor(id="other", name="其他", roles=frozenset({role}))
    with pytest.raises(NotAllowed):
        deadlines_of(office.context, actor=actor, period="2021Q1")
