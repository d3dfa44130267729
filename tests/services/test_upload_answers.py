"""What an upload is answered with: changes, stakes, and in a dry run the score to expect."""

from __future__ import annotations

import io
from fractions import Fraction
from zipfile import ZipFile

import pytest

from intake.issue_keys import issue_key
from scoring.codes import NodeCode
from services.runs import region_card
from services.score import score_period
from services.submit import check_report
from services.upload_answers import UploadAnswer
from tests.support.office import BEIJING, OFFICE, TIANJIN, Office, clerk, number, series

FEWER = {series("E210", "2021Q1"): number(0)}


def packed_anew(content: bytes) -> bytes:
    """The same parts in another container."""
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return packed.getvalue()


def looked_at(office: Office, quarter: int, content: bytes) -> UploadAnswer:
    return check_report(
        office.context, actor=clerk(BEIJING), unit=BEIJING, period=f"2021Q{quarter}", content=content
    )


def test_the_first_report_changes_nothing_that_was_there(office: Office) -> None:
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    assert (answer.changes.against, answer.changes.figures) == (None, ())


def test_a_new_version_is_compared_figure_by_figure_with_the_last_that_has_figures(office: Office) -> None:
    office.accepted(BEIJING, 1)
    faulty = {series("E602", "2021Q1", "市场监管"): number(10**6)}
    office.submit(BEIJING, 1, office.workbook(BEIJING, 1, faulty))
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, FEWER))
    assert answer.changes.against is not None
    assert (answer.receipt.version, answer.changes.against.version) == (3, 1)
    (change,) = answer.changes.figures
    assert change.series == series("E210", "2021Q1")
    assert change.before is not None
    assert change.after is not None
    assert (change.after.amount, change.before.amount) == (Fraction(0), Fraction(2))
    assert change.name


def test_the_same_figures_in_another_file_are_the_same_report(office: Office) -> None:
    first = office.submit(BEIJING, 1, office.workbook(BEIJING, 1))
    again = office.submit(BEIJING, 1, packed_anew(office.workbook(BEIJING, 1)))
    assert again.repeated
    assert again.receipt == first.receipt
    assert again.intake.digest != first.receipt.file_sha256


def test_every_issue_says_what_hangs_on_it(office: Office) -> None:
    faulty = {series("E602", "2021Q1", "市场监管"): number(10**6)}
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, faulty))
    asking = [
        each.points
        for each in office.rules.indicators.values()
        if each.value and {"E601", "E602"} & {figure.element for figure in each.value.figures()}
    ]
    issue = next(each for each in answer.intake.issues if each.code == "check-f06-01")
    assert answer.stakes[issue_key(issue)] == sum(asking, Fraction(0)) > 0


def test_the_forecast_of_a_dry_run_is_the_score_that_accepting_it_gives(office: Office) -> None:
    office.accepted(TIANJIN, 1)
    office.accepted(BEIJING, 1)
    before = score_period(office.context, actor=OFFICE, period="2021Q1").id
    dry = looked_at(office, 1, office.workbook(BEIJING, 1, FEWER))
    assert dry.forecast is not None
    office.accepted(BEIJING, 1, FEWER)
    after = score_period(office.context, actor=OFFICE, period="2021Q1").id
    cards = [region_card(office.context, actor=OFFICE, run=run, unit=BEIJING) for run in (before, after)]
    changed = {
        old.code
        for old, new in zip(cards[0].lines, cards[1].lines, strict=True)
        if old.score.points != new.score.points and old.code in office.rules.indicators
    }
    assert NodeCode("I02-4") in changed
    assert changed == {line.code for line in dry.forecast.lines}
    for line in dry.forecast.lines:
        (told,) = [each.score.points for each in cards[1].lines if each.code == line.code]
        assert line.after == told, line.code


def test_a_forecast_tells_the_difference_to_what_is_in_force(office: Office) -> None:
    office.accepted(BEIJING, 1)
    same = looked_at(office, 1, office.workbook(BEIJING, 1))
    assert same.forecast is not None
    assert (same.forecast.score, same.forecast.lines) == (same.forecast.before, ())
    worse = looked_at(office, 1, office.workbook(BEIJING, 1, FEWER))
    assert worse.forecast is not None
    assert worse.forecast.score is not None
    assert worse.forecast.before is not None
    assert worse.forecast.score < worse.forecast.before


@pytest.mark.parametrize("content", [b"", b"not a workbook"])
def test_what_cannot_be_read_is_answered_with_its_issues_alone(office: Office, content: bytes) -> None:
    answer = looked_at(office, 1, content)
    assert answer.intake.issues
    assert (answer.forecast, answer.explained, answer.offered) == (None, {}, {})
    assert answer.changes.against is None
