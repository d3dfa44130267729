"""Scoring what is in force: immutable runs that give the same bytes and explain themselves years later."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest

from models.records import RunId
from scoring.codes import NodeCode
from scoring.errors import UnknownNode
from scoring.explain import LeafAccount, as_data, sentences
from services.errors import Invalid, NotAllowed, NotFound
from services.export_run import export_run
from services.runs import explain_score, latest_run, list_runs, ranking, region_card
from services.score import score_period
from services.system_facts import DAYS_LATE, FAULTY_SHARE, NEVER_CAME
from tests.support.office import AUDITOR, BEIJING, CHINA, OFFICE, TIANJIN, Office, clerk, number, series


@pytest.fixture(scope="module")
def run(reporting_office: Office) -> RunId:
    return score_period(reporting_office.context, actor=OFFICE, period="2021Q1").id


def test_a_quarter_is_monitoring_and_leaves_out_what_is_not_due(reporting_office: Office, run: RunId) -> None:
    card = region_card(reporting_office.context, actor=OFFICE, run=run, unit=BEIJING)
    outcomes = {line.code: line.score.outcome for line in card.lines}
    assert card.run.label == "监测"
    assert outcomes[NodeCode("I26-1")] == "not_due"
    assert outcomes[NodeCode("I09-1")] == "scored"


def test_scoring_again_gives_the_same_result_and_facts_digest(reporting_office: Office, run: RunId) -> None:
    again = score_period(reporting_office.context, actor=OFFICE, period="2021Q1")
    first = next(each for each in list_runs(reporting_office.context, actor=OFFICE) if each.id == run)
    assert again.id != run
    assert (again.result_digest, again.facts_digest) == (first.result_digest, first.facts_digest)


def test_every_unit_is_in_the_ranking_and_those_in_front_come_first(
    reporting_office: Office, run: RunId
) -> None:
    view = ranking(reporting_office.context, actor=OFFICE, run=run)
    places = [line.result.rank for line in view.lines if line.result.rank]
    assert len(view.lines) == 32
    assert places == sorted(places)
    assert {line.unit for line in view.lines[:2]} == {BEIJING, TIANJIN}


def test_a_number_names_the_cells_it_came_from(reporting_office: Office, run: RunId) -> None:
    account = explain_score(
        reporting_office.context, actor=AUDITOR, run=run, unit=BEIJING, node=NodeCode("I09-1")
    )
    data = as_data(account)
    cells = [part["cell"] for each in data["inputs"] for part in each["made_of"]]  # type: ignore[attr-defined]
    assert isinstance(account, LeafAccount)
    assert len(cells) == 16  # two figures, eight agency lines each, one quarter
    assert all(cells)
    assert any("E602" in sentence for sentence in sentences(account))


def test_the_account_of_a_run_is_that_of_what_it_used_not_of_what_is_in_force_now(office: Office) -> None:
    office.accepted(BEIJING, 1)
    run = score_period(office.context, actor=OFFICE, period="2021Q1").id
    before = explain_score(office.context, actor=OFFICE, run=run, unit=BEIJING, node=NodeCode("I02-4"))
    fewer = {series("E210", "2021Q1"): number(0)}
    office.accepted(BEIJING, 1, fewer)
    office.context.books._kept.clear()
    after = explain_score(office.context, actor=OFFICE, run=run, unit=BEIJING, node=NodeCode("I02-4"))
    assert as_data(after) == as_data(before)


def test_the_stored_score_and_its_account_agree_on_every_number(reporting_office: Office, run: RunId) -> None:
    card = region_card(reporting_office.context, actor=OFFICE, run=run, unit=TIANJIN)
    for line in card.lines:
        account = explain_score(reporting_office.context, actor=OFFICE, run=run, unit=TIANJIN, node=line.code)
        told = account.earned if isinstance(account, LeafAccount) else account.earned.points
        assert told == line.score.points, line.code


@pytest.mark.parametrize(
    ("arrived", "days"),
    [
        (datetime(2021, 4, 12, 23, 59, tzinfo=CHINA), 0),
        (datetime(2021, 4, 13, 0, 1, tzinfo=CHINA), 1),
        (datetime(2021, 4, 25, 9, 0, tzinfo=CHINA), 10),  # a Sunday on which people worked
    ],
)
def test_lateness_is_reckoned_in_working_days_of_the_first_version(
    office: Office, arrived: datetime, days: int
) -> None:
    office.now = arrived
    office.accepted(BEIJING, 1)
    assert system_figures(office, BEIJING)[DAYS_LATE] == days


def test_a_report_that_never_came_counts_as_late_and_faulty(office: Office) -> None:
    office.accepted(BEIJING, 1)
    figures = system_figures(office, TIANJIN)
    told = [int(figures[element]) for element in (DAYS_LATE, FAULTY_SHARE, NEVER_CAME)]
    assert told == [5, 100, 1]


def test_the_share_of_faulty_cells_is_that_of_the_first_version(office: Office) -> None:
    faulty = {series("E602", "2021Q1", "市场监管"): number(10**6)}
    answer = office.submit(BEIJING, 1, office.workbook(BEIJING, 1, faulty))
    cells = {
        (issue.place.sheet, issue.place.cell) for issue in answer.intake.issues if issue.severity == "hard"
    }
    office.accepted(BEIJING, 1)
    share = system_figures(office, BEIJING)[FAULTY_SHARE]
    assert abs(share - Fraction(100 * len(cells), answer.intake.required)) < Fraction(1, 10**4)
    assert share > 0


def system_figures(office: Office, unit: str) -> dict[str, Fraction]:
    score_period(office.context, actor=OFFICE, period="2021Q1")
    with office.context.read() as work:
        facts = work.reports.facts_in_force(unit=None)
        return {
            fact.series.element: Fraction(fact.amount or 0)
            for fact in facts
            if fact.unit == unit and fact.series.element.startswith("X")
        }


def test_a_region_sees_its_own_card_and_nothing_else(reporting_office: Office, run: RunId) -> None:
    context, beijing = reporting_office.context, clerk(BEIJING)
    assert region_card(context, actor=beijing, run=run, unit=BEIJING).unit == BEIJING
    for asked in (
        lambda: region_card(context, actor=beijing, run=run, unit=TIANJIN),
        lambda: ranking(context, actor=beijing, run=run),
        lambda: list_runs(context, actor=beijing),
        lambda: explain_score(context, actor=beijing, run=run, unit=TIANJIN, node=NodeCode("total")),
        lambda: export_run(context, actor=beijing, run=run, content="ranking", form="csv"),
        lambda: score_period(context, actor=beijing, period="2021Q1"),
    ):
        with pytest.raises(NotAllowed):
            asked()


def test_what_does_not_exist_is_said_so(reporting_office: Office, run: RunId) -> None:
    context = reporting_office.context
    with pytest.raises(NotFound):
        ranking(context, actor=OFFICE, run=RunId("none"))
    with pytest.raises(NotFound):
        latest_run(context, actor=OFFICE, period="2021Q4")
    with pytest.raises(UnknownNode):
        explain_score(context, actor=OFFICE, run=run, unit=BEIJING, node=NodeCode("I99-9"))
    with pytest.raises(Invalid):
        score_period(context, actor=OFFICE, period="2021M01")
    with pytest.raises(Invalid):
        export_run(context, actor=OFFICE, run=run, content="ranking", form="pdf")
