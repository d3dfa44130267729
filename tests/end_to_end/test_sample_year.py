"""The sample year from 126 workbooks to a ranking, and the same numbers from the table of its facts."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from models.records import ReportState
from models.unit_of_work import Database
from scoring.codes import NodeCode, PeriodCode, UnitCode
from scoring.explain import LeafAccount, NodeAccount, account_of, as_data
from scoring.results import NodeScore, UnitResult
from services.runs import explain_score, ranking, region_card, run_engine
from services.sample_year import RETURN_REASON, load_sample_year
from services.score import score_period
from services.score_files import Given, read_given, score_given, scores_as_csv
from services.submit import PROVIDER
from services.views import Ranking, RunView
from tests.support.databases import make_sqlite_template, sqlite_url
from tests.support.office import CHINA, OFFICE, ROOT, Office

pytestmark = pytest.mark.slow

RULES, SAMPLES = ROOT / "rules" / "national" / "2021", ROOT / "sample_reports" / "2021"
FACTS = SAMPLES / "facts.csv"
AFTERWARDS = datetime(2022, 2, 1, 9, tzinfo=CHINA)
HUNAN = UnitCode("430000")


@dataclass(frozen=True)
class Year:
    """The year as loaded: the office, its runs, what the loader told, and how often it did."""

    office: Office
    annual: RunView
    quarter: RunView
    loaded: int
    steps: tuple[tuple[int, int], ...]

    def ranking(self) -> Ranking:
        return ranking(self.office.context, actor=OFFICE, run=self.annual.id)

    def results(self) -> Mapping[str, UnitResult]:
        """The result of each unit by its short name, in order of place."""
        return {line.short: line.result for line in self.ranking().lines}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Every workbook read, kept and reviewed; the year and its second quarter scored."""
    database = Database(sqlite_url(make_sqlite_template(tmp_path_factory.mktemp("year"))))
    office = Office(database, AFTERWARDS)
    steps: list[tuple[int, int]] = []
    loaded = load(office, steps)
    annual = score_period(office.context, actor=OFFICE, period="2021")
    quarter = score_period(office.context, actor=OFFICE, period="2021Q2")
    yield Year(office, annual, quarter, loaded, tuple(steps))
    database.close()


@pytest.fixture(scope="module")
def given() -> Given:
    """The facts of the year as one table."""
    return read_given(folder=RULES, facts_file=FACTS)


def load(office: Office, steps: list[tuple[int, int]]) -> int:
    return load_sample_year(
        office.context, folder=SAMPLES, year=2021, progress=lambda done, total, _: steps.append((done, total))
    )


def stored_scores(year: Year, run: RunView) -> dict[tuple[UnitCode, NodeCode], NodeScore]:
    with year.office.context.read() as work:
        rows = [row for node in year.office.rules.order for row in work.runs.at_node(run.id, node)]
    return {(row.unit, row.node): row for row in rows}


def test_every_workbook_is_handed_in_and_told_of(year: Year) -> None:
    assert year.loaded == 126
    assert year.steps[-1] == (126, 126)
    assert [done for done, _ in year.steps] == sorted(done for done, _ in year.steps)


def test_32_units_are_ranked_but_the_one_that_was_vetoed(year: Year) -> None:
    results = year.results()
    assert len(results) == 32
    assert [short for short, result in results.items() if result.rank is None] == ["宁夏"]
    places = [result.rank for result in results.values() if result.rank is not None]
    assert places == sorted(places)


def test_three_share_the_first_place_with_all_points_and_the_next_is_fourth(year: Year) -> None:
    results = year.results()
    first = {short: result.score for short, result in results.items() if result.rank == 1}
    assert first == {"浙江": Fraction(100), "安徽": Fraction(100), "福建": Fraction(100)}
    assert sorted({result.rank for result in results.values() if result.rank})[:2] == [1, 4]


def test_equal_scores_are_told_apart_by_the_item_that_the_rules_name(year: Year) -> None:
    tianjin, shaanxi = year.results()["天津"], year.results()["陕西"]
    assert tianjin.final == shaanxi.final == Fraction("86.79")
    assert (tianjin.rank, shaanxi.rank) == (18, 19)


def test_two_missing_reports_cost_a_grade_and_cap_the_score(year: Year) -> None:
    hainan = year.results()["海南"]
    assert hainan.base is not None
    assert hainan.base > 80
    assert (hainan.score, hainan.grade, hainan.effects) == (Fraction("79.99"), "合格", ("V3",))


def test_a_veto_takes_place_and_grade(year: Year) -> None:
    ningxia = year.results()["宁夏"]
    assert (ningxia.rank, ningxia.group_rank, ningxia.grade, ningxia.effects) == (
        None,
        None,
        "不合格",
        ("V1",),
    )


def test_the_corrected_version_of_a_returned_report_is_in_force(year: Year) -> None:
    period = PeriodCode("2021Q2")
    with year.office.context.read() as work:
        second, first = work.reports.list(unit=HUNAN, period=period, provider=PROVIDER)
        assert (first.version, first.state, bool(first.reason or work.reports.issues(first.id))) == (
            1,
            ReportState.RETURNED,
            True,
        )
        assert (second.version, second.state) == (2, ReportState.ACCEPTED)
        assert work.reports.latest_in_force(HUNAN, period, PROVIDER) == second
        assert list(work.reports.facts(first.id)) == []
        used = {report.id for report in work.reports.in_force([period], unit=HUNAN)}
    assert first.id not in used


def test_the_reports_that_never_came_are_those_of_the_story(year: Year) -> None:
    units = year.office.rules.units
    with year.office.context.read() as work:
        came = {(r.unit, r.period) for r in work.reports.in_force(unit=None) if r.provider == PROVIDER}
    missing = {
        (units[unit].short, quarter)
        for unit in units
        for quarter in (1, 2, 3, 4)
        if (unit, f"2021Q{quarter}") not in came
    }
    assert missing == {("海南", 1), ("海南", 3), ("甘肃", 3)}


def test_asking_to_load_the_year_again_changes_nothing(year: Year) -> None:
    def state() -> tuple[object, ...]:
        with year.office.context.read() as work:
            return (
                tuple(work.reports.list(unit=None)),
                tuple(work.runs.list()),
                work.log.last_position(),
                work.blobs.digests(),
            )

    before = state()
    steps: list[tuple[int, int]] = []
    assert load(year.office, steps) == 126
    assert steps == [(126, 126)]
    assert state() == before


def test_scoring_again_gives_the_same_result_from_the_same_facts(year: Year) -> None:
    again = score_period(year.office.context, actor=OFFICE, period="2021")
    assert again.id != year.annual.id
    assert (again.result_digest, again.facts_digest) == (year.annual.result_digest, year.annual.facts_digest)


def test_the_workbooks_say_exactly_what_the_table_of_facts_says(year: Year, given: Given) -> None:
    assert year.annual.facts_digest == given.facts.digest


@pytest.mark.parametrize("name", ["annual", "quarter"])
def test_every_stored_score_is_the_one_that_files_give(year: Year, name: str) -> None:
    run: RunView = getattr(year, name)
    scoring = score_given(read_given(folder=RULES, facts_file=FACTS, period=run.period))
    assert stored_scores(year, run) == dict(scoring.scores)
    view = ranking(year.office.context, actor=OFFICE, run=run.id)
    assert {line.unit: line.result for line in view.lines} == dict(scoring.results)


def test_a_region_card_shows_the_scores_of_the_run(year: Year) -> None:
    scores = stored_scores(year, year.annual)
    card = region_card(year.office.context, actor=OFFICE, run=year.annual.id, unit=HUNAN)
    assert {line.code: line.score for line in card.lines} == {
        node: score for (unit, node), score in scores.items() if unit == HUNAN
    }


def test_every_number_explains_itself_without_a_float(year: Year) -> None:
    scores = stored_scores(year, year.annual)
    engine = run_engine(year.office.context, year.annual.id)
    for (unit, node), score in scores.items():
        account = account_of(engine, unit, node)
        told = account.earned if isinstance(account, LeafAccount) else account.earned.points
        outcome = as_data(account)["outcome"]
        assert (told, outcome) == (score.points, score.outcome), (unit, node)
        assert not holds_float(as_data(account))


def test_a_number_is_traced_to_the_cells_of_the_workbook(year: Year) -> None:
    account = explain_score(
        year.office.context, actor=OFFICE, run=year.annual.id, unit=HUNAN, node=NodeCode("I01-1")
    )
    assert isinstance(account, LeafAccount)
    parts = [part for each in account.points.value.inputs for part in each.made_of]
    with year.office.context.read() as work:
        files = {report.file_sha256 for report in work.reports.in_force(unit=HUNAN)}
    assert len(parts) == 16
    for part in parts:
        digest, sheet, cell = part.origin.split("!")
        assert digest in files
        assert sheet
        assert cell[0].isalpha()


def test_the_account_of_a_demoted_unit_tells_its_ceiling(year: Year) -> None:
    hainan = next(line.unit for line in year.ranking().lines if line.short == "海南")
    account = explain_score(
        year.office.context, actor=OFFICE, run=year.annual.id, unit=hainan, node=year.office.rules.root
    )
    assert isinstance(account, NodeAccount)
    found = as_data(account)["sentences"]
    assert isinstance(found, list)
    assert any("封顶 79.99" in sentence for sentence in found)


def test_the_reason_of_a_return_is_kept(year: Year) -> None:
    with year.office.context.read() as work:
        returned = [r for r in work.reports.list(unit=None) if r.state is ReportState.RETURNED]
    assert [(report.unit, report.version) for report in returned] == [(HUNAN, 1)]
    assert all(report.reason in {"", RETURN_REASON} for report in returned)


def test_the_command_line_gives_the_same_bytes_whatever_the_hash_seed(given: Given, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "score", str(RULES), str(FACTS)]
    outputs = {seed: tmp_path / f"{seed}.csv" for seed in ("0", "1", "4242")}
    running = [
        subprocess.Popen([*command, "-o", str(file)], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed})
        for seed, file in outputs.items()
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0]
    assert len({file.read_bytes() for file in outputs.values()}) == 1
    text = outputs["0"].read_text(encoding="utf-8")
    assert text == scores_as_csv(given, score_given(given))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["points"] for row in rows if row["unit"] == "330000" and row["node"] == "total"} == {"100"}


def holds_float(tree: object) -> bool:
    """Whether a binary float is anywhere within lists and mappings."""
    if isinstance(tree, dict):
        return any(holds_float(value) for value in tree.values())
    return any(map(holds_float, tree)) if isinstance(tree, list) else isinstance(tree, float)
