"""What the system knows of reporting, from the arrival of a file through to the points of I28-1 and I28-2."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import orjson
import pytest

from models.calendar_records import DayKind
from models.records import ReportId
from scoring.codes import NodeCode, UnitCode
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from scoring.workdays import Timeliness
from services.calendar import correct_day
from services.deadlines import extend_deadline, revoke_extension
from services.review import accept_report, return_report
from services.score import score_period
from services.system_facts import derive_system_facts
from tests.support.office import BEIJING, CHINA, OFFICE, TIANJIN, Office, number, series

QUARTER = Period(2021, 1, yearly=False)
LATE = datetime(2021, 4, 14, 9, tzinfo=CHINA)
"""Two workdays behind the deadline, 12 April."""
PROMPT, QUALITY = NodeCode("I28-1"), NodeCode("I28-2")


def hand_in(office: Office, at: datetime, **changed: int) -> ReportId:
    """北京 hands a report in; another figure makes another version."""
    office.now = at
    figures = {series(code, "2021Q1", "市场监管"): number(value) for code, value in changed.items()}
    return ReportId(office.submit(BEIJING, 1, office.workbook(BEIJING, 1, figures)).receipt.report)


def accept(office: Office, report: ReportId) -> None:
    accept_report(office.context, actor=OFFICE, report=report)


def facts_of(office: Office, rules: RuleSet | None = None, unit: UnitCode = BEIJING) -> dict[str, Fraction]:
    """X01 to X03 as they are derived now."""
    derive_system_facts(office.context, rules=rules or office.rules, period=QUARTER)
    with office.context.read() as work:
        report = work.reports.latest_in_force(unit, QUARTER.code, Provider.SYSTEM)
        assert report is not None
        return {fact.series.element: Fraction(fact.amount or 0) for fact in work.reports.facts(report.id)}


def told_of(office: Office, unit: UnitCode = BEIJING) -> dict[str, object]:
    """What was kept of how they came about."""
    with office.context.read() as work:
        report = work.reports.latest_in_force(unit, QUARTER.code, Provider.SYSTEM)
        assert report is not None
        found = orjson.loads(work.blobs.read(report.file_sha256))
        assert isinstance(found, dict)
        return found


def points_of(office: Office, node: NodeCode) -> Fraction | None:
    """What 北京 earns at an indicator for the quarter."""
    run = score_period(office.context, actor=OFFICE, period="2021Q1").id
    with office.context.read() as work:
        return work.runs.card(run, BEIJING).by_node[node].points


def assert_worth(office: Office, *, days_late: int, points: Fraction | int) -> None:
    """北京 is so late, and earns so much for it."""
    assert facts_of(office)["X01"] == days_late
    assert points_of(office, PROMPT) == points


def with_timeliness(office: Office, timeliness: Timeliness) -> RuleSet:
    """The national rules, looking at another version."""
    return replace(office.rules, deadline=replace(office.rules.deadline, timeliness=timeliness))


def test_a_report_in_time_is_not_late_and_one_that_never_came_is_five_days_late(office: Office) -> None:
    accept(office, hand_in(office, datetime(2021, 4, 12, 23, 59, tzinfo=CHINA)))
    assert facts_of(office) == {"X01": 0, "X02": 0, "X03": 0}
    assert facts_of(office, unit=TIANJIN) == {"X01": 5, "X02": 100, "X03": 1}


def test_a_report_that_waits_for_review_counts_as_one_that_did_not_come(office: Office) -> None:
    hand_in(office, LATE)
    assert facts_of(office) == {"X01": 5, "X02": 100, "X03": 1}


def test_an_extension_takes_the_lateness_away_and_its_revocation_brings_it_back(office: Office) -> None:
    accept(office, hand_in(office, LATE))
    assert_worth(office, days_late=2, points=Fraction(9, 5))
    granted = {"actor": OFFICE, "unit": BEIJING, "period": "2021Q1"}
    extend_deadline(office.context, day=date(2021, 4, 13), reason="网络中断", **granted)  # type: ignore[arg-type]
    assert_worth(office, days_late=1, points=Fraction(12, 5))
    assert told_of(office)["extension"]
    office.now += timedelta(minutes=1)
    extend_deadline(office.context, day=date(2021, 4, 14), reason="网络中断", **granted)  # type: ignore[arg-type]
    assert_worth(office, days_late=0, points=3)
    for _ in range(2):
        revoke_extension(office.context, because="误批", **granted)  # type: ignore[arg-type]
    assert_worth(office, days_late=2, points=Fraction(9, 5))
    assert told_of(office)["extension"] is None


def test_a_corrected_day_moves_the_lateness_and_is_named_by_its_entry_in_the_log(office: Office) -> None:
    accept(office, hand_in(office, LATE))
    assert facts_of(office)["X01"] == 2
    off = correct_day(
        office.context, actor=OFFICE, day=date(2021, 4, 13), kind=DayKind.HOLIDAY, because="临时放假"
    )
    correct_day(office.context, actor=OFFICE, day=date(2021, 6, 1), kind=DayKind.HOLIDAY, because="另一天")
    assert_worth(office, days_late=1, points=Fraction(12, 5))
    assert told_of(office)["calendar_corrections"] == [
        {"day": "2021-04-13", "kind": "holiday", "log": off.log_position}
    ]


def test_a_return_and_resubmission_leave_the_first_arrival_what_scores(office: Office) -> None:
    first = hand_in(office, datetime(2021, 4, 12, 9, tzinfo=CHINA))
    return_report(office.context, actor=OFFICE, report=first, reason="请核对")
    assert facts_of(office)["X03"] == 1
    accept(office, hand_in(office, LATE, E101=1))
    assert_worth(office, days_late=0, points=3)
    told = told_of(office)
    assert told["timeliness"] == "first"
    assert (told["first"]["days_late"], told["accepted"]["days_late"]) == (0, 2)  # type: ignore[index]


def test_a_rule_set_may_let_the_accepted_version_score(office: Office) -> None:
    first = hand_in(office, datetime(2021, 4, 12, 9, tzinfo=CHINA))
    return_report(office.context, actor=OFFICE, report=first, reason="请核对")
    accept(office, hand_in(office, LATE, E101=1))
    assert facts_of(office, with_timeliness(office, Timeliness.FIRST))["X01"] == 0
    assert facts_of(office, with_timeliness(office, Timeliness.ACCEPTED))["X01"] == 2
    assert told_of(office)["timeliness"] == "accepted"


def test_a_file_that_cannot_be_read_was_never_a_version(office: Office) -> None:
    from services.errors import Rejected

    office.now = datetime(2021, 4, 12, 9, tzinfo=CHINA)
    with pytest.raises(Rejected):
        office.submit(BEIJING, 1, b"not a workbook")
    accept(office, hand_in(office, LATE))
    assert facts_of(office)["X01"] == 2


def test_the_faulty_cells_of_the_first_version_score_whatever_is_corrected_later(office: Office) -> None:
    first = hand_in(office, datetime(2021, 4, 9, 9, tzinfo=CHINA), E602=10**6)
    with office.context.read() as work:
        faulty = {(each.place.sheet, each.place.cell) for each in work.reports.issues(first)}
    assert faulty
    accept(office, hand_in(office, datetime(2021, 4, 12, 9, tzinfo=CHINA)))
    assert 0 < facts_of(office)["X02"] < 5
    points = points_of(office, QUALITY)
    assert points is not None
    full = office.rules.indicators[QUALITY].points
    assert points == full * Fraction(4, 5)


def test_what_is_kept_is_kept_once_while_nothing_changes(office: Office) -> None:
    accept(office, hand_in(office, LATE))
    facts_of(office)
    with office.context.read() as work:
        before = work.log.last_position()
    facts_of(office)
    with office.context.read() as work:
        assert work.log.last_position() == before


def test_each_figure_says_where_it_was_kept(office: Office) -> None:
    accept(office, hand_in(office, LATE))
    facts_of(office)
    with office.context.read() as work:
        report = work.reports.latest_in_force(BEIJING, QUARTER.code, Provider.SYSTEM)
        assert report is not None
        origins = {fact.series.element: fact.origin for fact in work.reports.facts(report.id)}
    assert origins == {code: f"{report.file_sha256}!facts!{code}" for code in ("X01", "X02", "X03")}
    assert told_of(office)["facts"] == {"X01": "2", "X02": "0", "X03": "0"}
    assert told_of(office)["last_day"] == "2021-04-12"
