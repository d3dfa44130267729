"""How reporting stands: what is due, what came, what counts, and what each version changed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.records import ReportState
from services.errors import Invalid, NotAllowed, NotFound
from services.filings import filed_versions, filing_of, filings_of_quarter, filings_of_unit
from services.review import return_report
from tests.support.office import AUDITOR, BEIJING, CHINA, OFFICE, TIANJIN, Office, clerk, number, series

CHANGED = {series("E203", "2021Q1"): number(36)}


def test_a_quarter_of_all_units_tells_what_came(office: Office) -> None:
    office.accepted(BEIJING, 1)
    found = filings_of_quarter(office.context, actor=AUDITOR, period="2021Q1")
    assert [each.unit for each in found] == list(office.rules.units)
    beijing, tianjin = found[0], found[1]
    assert beijing.latest is not None
    assert beijing.latest.state is ReportState.ACCEPTED
    assert beijing.in_force == beijing.latest
    assert beijing.scoring is not None
    assert beijing.scoring.days_late == 0
    assert (tianjin.latest, tianjin.in_force, tianjin.scoring) == (None, None, None)


def test_the_accepted_version_counts_while_a_later_one_is_returned(office: Office) -> None:
    first = office.accepted(BEIJING, 1)
    second = office.explained(office.submit(BEIJING, 1, office.workbook(BEIJING, 1, CHANGED)))
    return_report(office.context, actor=OFFICE, report=second.report, reason="核对")
    found = filing_of(office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1")
    assert found.latest is not None
    assert (found.latest.version, found.latest.state) == (2, ReportState.RETURNED)
    assert found.in_force is not None
    assert found.in_force.report == first.report


@pytest.mark.parametrize(
    ("now", "left", "late", "ended"),
    [
        (datetime(2021, 3, 31, 12, tzinfo=CHINA), 12, 0, False),
        (datetime(2021, 4, 12, 23, 59, tzinfo=CHINA), 0, 0, True),
        (datetime(2021, 4, 13, 0, 1, tzinfo=CHINA), -1, 1, True),
        (datetime(2021, 4, 19, 9, tzinfo=CHINA), -7, 5, True),
    ],
)
def test_time_runs_by_the_clock_of_beijing(
    office: Office, now: datetime, left: int, late: int, ended: bool
) -> None:
    office.now = now
    found = filing_of(office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1")
    assert found.last is not None
    assert found.last.day == date(2021, 4, 12)
    assert (found.days_left, found.late_now, found.has_ended) == (left, late, ended)


def test_a_draft_is_no_arrival(office: Office) -> None:
    content = office.workbook(BEIJING, 1, {series("E203", "2021Q1"): number(40)})
    kept = office.submit(BEIJING, 1, content)
    found = filing_of(office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1")
    assert (found.scoring is None) is (kept.receipt.state is ReportState.DRAFT)


def test_each_version_is_held_against_the_one_before_it(office: Office) -> None:
    office.accepted(BEIJING, 1)
    office.explained(office.submit(BEIJING, 1, office.workbook(BEIJING, 1, CHANGED)))
    second, first = filed_versions(office.context, actor=OFFICE, unit=BEIJING, period="2021Q1")
    assert first.changes.against is None
    assert second.changes.against is not None
    assert second.changes.against.version == 1
    assert [str(each.series.element) for each in second.changes.figures] == ["E203"]


def test_a_year_has_four_quarters(office: Office) -> None:
    found = filings_of_unit(office.context, actor=clerk(BEIJING), unit=BEIJING, year=2021)
    assert [each.period.code for each in found] == ["2021Q1", "2021Q2", "2021Q3", "2021Q4"]


def test_a_region_sees_its_own_alone(office: Office) -> None:
    actor = clerk(TIANJIN)
    for ask in (filing_of, filed_versions):
        with pytest.raises(NotAllowed):
            ask(office.context, actor=actor, unit=BEIJING, period="2021Q1")
    with pytest.raises(NotAllowed):
        filings_of_unit(office.context, actor=actor, unit=BEIJING, year=2021)
    own = filings_of_quarter(office.context, actor=actor, period="2021Q1")
    assert [each.unit for each in own] == [TIANJIN]


def test_what_is_no_quarter_is_refused(office: Office) -> None:
    for period, error in (("2021", Invalid), ("x", Invalid), ("1999Q1", NotFound)):
        with pytest.raises(error):
            filings_of_quarter(office.context, actor=OFFICE, period=period)
