"""The sample year: its figures hold together, its files are all there, its scores look like a real year's."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.check_context import gather_context
from intake.checks import about_member
from intake.known import Known
from intake.report import Intake, Verdict, read_report
from sample_reports.generate.folder import tables_of, write_workbooks
from sample_reports.generate.ledger import Ledger
from sample_reports.generate.year import is_reported, ledgers_of, reporting_quarter
from scoring.codes import MemberCode, UnitCode
from scoring.engine import PlainEngine, Scoring
from scoring.errors import Severity
from scoring.evaluation import Evaluator, Outcome
from scoring.expressions import expanded
from scoring.fact_tables import facts_from_rows
from scoring.facts import Fact, Facts, Standing
from scoring.periods import QUARTERS, Period
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

ROOT = Path(__file__).resolve().parents[2]
YEAR = ROOT / "sample_reports" / "2021"
RENEW = "run: python -m sample_reports.generate"
MOST_BYTES = 10_000_000


@cache
def rules() -> RuleSet:
    """The rule set that the samples are made for."""
    found, issues = read_rule_set(ROOT / "rules" / "national" / "2021")
    assert found is not None, issues
    return found


@cache
def manifest() -> Any:
    """The manifest as data."""
    return yaml.safe_load((YEAR / "manifest.yaml").read_text(encoding="utf-8"))


@cache
def facts() -> Facts:
    """All facts of the year, those of the system among them, as the table in the folder has them."""
    with (YEAR / "facts.csv").open(encoding="utf-8", newline="") as file:
        found, issues = facts_from_rows(enumerate(csv.DictReader(file), 2), rules(), "facts.csv")
    assert issues == ()
    return found


@cache
def scoring() -> Scoring:
    """The scores of the year."""
    return PlainEngine(rules(), facts(), Period(2021, 4, yearly=True)).score()


def rank_of(short: str) -> int | Decimal | None:
    """The place of a region, by its short name."""
    return scoring().results[unit_named(short)].rank


def unit_named(short: str) -> UnitCode:
    """The code of a region by its short name."""
    return next(code for code, unit in rules().units.items() if unit.short == short)


@cache
def read(unit: str, quarter: int, file: str) -> Intake:
    """A workbook of the folder, read with what the unit reported before."""
    before = [fact for fact in reported(unit) if reporting_quarter(fact.series.period) < quarter]
    others = [
        fact
        for fact in everything(unit)
        if rules().elements[fact.series.element].provider is not Provider.REGION
    ]
    period = Period(2021, quarter, yearly=False)
    return read_report(
        (YEAR / file).read_bytes(),
        rules=rules(),
        unit=UnitCode(unit),
        period=period,
        provider=Provider.REGION,
        context=gather_context(rules(), UnitCode(unit), period, Provider.REGION, [*before, *others]),
    )


@cache
def ledgers() -> dict[UnitCode, Ledger]:
    """Everything that is told of each unit."""
    return ledgers_of(rules())


@cache
def everything(unit: str) -> tuple[Fact, ...]:
    """The generated facts of a unit for 2021, reported or not."""
    return tuple(fact for fact in ledgers()[UnitCode(unit)].facts() if fact.series.period[:4] == "2021")


@cache
def reported(unit: str) -> list[Fact]:
    """Those of its own forms that it handed in."""
    own = (
        fact for fact in everything(unit) if rules().elements[fact.series.element].provider is Provider.REGION
    )
    return [fact for fact in own if is_reported(fact, rules())]


@pytest.mark.parametrize("unit", ["540000", "660000"])
def test_generating_again_gives_the_same_bytes_and_the_files_of_the_folder(unit: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_workbooks(tmp_path / name, rules(), [UnitCode(unit)])
    written = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.xlsx"))
    assert len(written) == 4
    for path in written:
        first = (tmp_path / "one" / path).read_bytes()
        assert first == (tmp_path / "two" / path).read_bytes()
        # Another zlib may pack the same parts into other bytes.
        assert unpacked(first) == unpacked((YEAR / path).read_bytes()), RENEW


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["manifest.yaml", "other-providers.csv", "facts.csv"])
def test_the_tables_are_those_that_the_generator_writes(name: str) -> None:
    assert (YEAR / name).read_text(encoding="utf-8") == tables()[name], RENEW


@cache
def tables() -> dict[str, str]:
    """The tables as generated now."""
    return tables_of(rules())


def test_every_check_of_the_forms_holds_in_every_quarter() -> None:
    broken, decided = [], 0
    for unit in rules().units:
        for quarter in QUARTERS:
            period = Period(2021, quarter, yearly=False)
            if not any(fact.series.period == period.code for fact in reported(unit)):
                continue
            known = Known(rules(), unit, period, tuple(known_by(unit, quarter)))
            outcomes = list(check_outcomes(known))
            decided += sum(not isinstance(outcome, Standing) for _, outcome in outcomes)
            broken += [
                (unit, quarter, what)
                for what, outcome in outcomes
                if not isinstance(outcome, Standing) and not outcome
            ]
    assert broken == []
    assert decided > 10_000


def known_by(unit: str, quarter: int) -> list[Fact]:
    """What is known of a unit at the end of a quarter, the ministry's yearly figures included."""
    own = [fact for fact in reported(unit) if reporting_quarter(fact.series.period) <= quarter]
    others = (
        fact
        for fact in everything(unit)
        if rules().elements[fact.series.element].provider is Provider.MINISTRY
    )
    return own + [
        fact
        for fact in others
        if len(fact.series.period) == 4 or reporting_quarter(fact.series.period) <= quarter
    ]


def check_outcomes(known: Known) -> Iterator[tuple[tuple[str, str], Outcome]]:
    """Every check of every form for one unit and quarter: its code and member, and what came out."""
    quarter = Evaluator(cache(partial(known.figure, year_to_date=False)), known.attribute)
    year = Evaluator(cache(partial(known.figure, year_to_date=True)), known.attribute)
    for form in rules().forms.values():
        for check in form.checks:
            root = expanded(check.rule.root, known.period.quarters())
            for member in check.each or (MemberCode(""),):
                figures = year if check.year_to_date else quarter
                yield (check.code, member), figures.evaluate(about_member(root, member))


def test_the_manifest_names_every_file_and_no_other() -> None:
    named = [entry["file"] for entry in manifest()["files"]]
    there = [path.relative_to(YEAR).as_posix() for path in YEAR.rglob("*.xlsx")]
    assert sorted(named) == sorted(there)
    assert len(named) == 4 * 32 - 3 + 1


def test_every_unit_and_quarter_is_accepted_once_or_never_reported() -> None:
    accepted = [
        (entry["unit"], entry["period"]) for entry in manifest()["files"] if entry["outcome"] == "accepted"
    ]
    never = [(entry["unit"], entry["period"]) for entry in manifest()["never_reported"]]
    due = [(unit, f"2021Q{quarter}") for unit in rules().units for quarter in QUARTERS]
    assert sorted(accepted + never) == sorted(due)
    assert len(never) == 3


def test_the_manifest_and_the_table_agree_on_days_late() -> None:
    workdays, deadline = rules().workdays, rules().deadline
    assert workdays is not None
    late = {}
    for entry in reversed(manifest()["files"]):  # the first version counts
        came, quarter = datetime.fromisoformat(entry["received_at"]), int(entry["period"][-1])
        assert came.utcoffset() is not None
        assert came.date() > date(2021, 3 * quarter, 28)
        assert workdays.is_workday(came.date())
        late[entry["unit"], quarter] = workdays.between(deadline.day(2021, quarter, workdays), came.date())
    table = {
        (fact.unit, int(fact.series.period[-1])): fact.amount
        for fact in facts()
        if fact.series.element == "X01"
    }
    assert late == {key: table[key] for key in late}
    assert sorted(days for days in late.values() if days) == [1, 1, 1, 2, 3, 6]


@pytest.mark.parametrize("unit", ["440000", "540000", "660000", "620000", "220000"])
def test_a_workbook_gives_the_facts_of_the_table(unit: str) -> None:
    for entry in manifest()["files"]:
        if entry["unit"] == unit:
            quarter = int(entry["period"][-1])
            intake = read(unit, quarter, entry["file"])
            assert "forms-changed" not in {issue.code for issue in intake.issues}, RENEW
            wanted = {
                fact.series: fact
                for fact in reported(unit)
                if reporting_quarter(fact.series.period) == quarter
            }
            found = {fact.series: fact for fact in intake.facts}
            assert {key: (fact.amount, fact.standing) for key, fact in found.items()} == {
                key: (fact.amount, fact.standing) for key, fact in wanted.items()
            }


@pytest.mark.parametrize(
    ("unit", "quarter", "verdict", "codes"),
    [
        ("440000", 4, Verdict.IN_ORDER, []),
        ("660000", 4, Verdict.IN_ORDER, []),
        ("540000", 1, Verdict.IN_ORDER, []),
        ("220000", 3, Verdict.TO_EXPLAIN, ["cell-blank"]),
    ],
    ids=["large", "corps", "nil return of a form", "one figure not reported"],
)
def test_what_is_said_about_a_workbook(unit: str, quarter: int, verdict: Verdict, codes: list[str]) -> None:
    file = next(
        each["file"]
        for each in manifest()["files"]
        if each["unit"] == unit and each["period"][-1] == str(quarter)
    )
    intake = read(unit, quarter, file)
    assert [issue.code for issue in intake.issues] == codes
    assert intake.verdict is verdict


def test_the_returned_report_has_four_faulty_cells_and_its_correction_none() -> None:
    first, second = (
        entry["file"]
        for entry in manifest()["files"]
        if (entry["unit"], entry["period"]) == ("430000", "2021Q2")
    )
    returned, corrected = read("430000", 2, first), read("430000", 2, second)
    hard = {
        (issue.place.sheet, issue.place.cell) for issue in returned.issues if issue.severity is Severity.HARD
    }
    assert len(hard) == returned.faulty == 4
    assert corrected.verdict is Verdict.IN_ORDER
    share = next(
        fact.amount
        for fact in facts()
        if fact.unit == "430000" and fact.series.element == "X02" and fact.amount
    )
    assert abs(Fraction(share) - 100 * returned.faulty_share) < Fraction(1, 10_000)


def test_every_sheet_says_that_it_is_simulated() -> None:
    for path in (YEAR / "310000-shanghai").glob("*.xlsx"):
        parts = unpacked(path.read_bytes())
        sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
        marked = [text for text in sheets if "模拟数据".encode() in text]
        assert len(marked) == len(sheets) - 1  # all but the hidden marks of the template


def test_the_workbooks_are_small_enough_to_carry() -> None:
    assert sum(path.stat().st_size for path in YEAR.rglob("*") if path.is_file()) < MOST_BYTES


def test_three_regions_share_the_first_place_with_full_marks() -> None:
    first = [result for result in scoring().results.values() if result.rank == 1]
    assert {rules().units[result.unit].short for result in first} == {"浙江", "安徽", "福建"}
    assert {result.final for result in first} == {Fraction(100)}
    assert min(result.rank for result in scoring().results.values() if (result.rank or 0) > 1) == 4  # type: ignore[type-var]


def test_equal_totals_are_told_apart_by_item_28() -> None:
    results, scores = scoring().results, scoring().scores
    one, other = unit_named("天津"), unit_named("陕西")
    assert results[one].final == results[other].final
    assert scores[one, "item-28"].points > scores[other, "item-28"].points  # type: ignore[index, operator]
    assert rank_of("陕西") == (rank_of("天津") or 0) + 1


def test_the_grades_spread_as_in_a_real_year() -> None:
    grades = Counter(result.grade for result in scoring().results.values())
    assert grades == {"优秀": 11, "良好": 15, "合格": 5, "不合格": 1}


@pytest.mark.parametrize(
    ("short", "effects", "grade", "ranked"),
    [("宁夏", ("V1",), "不合格", False), ("海南", ("V3",), "合格", True), ("甘肃", (), "良好", True)],
    ids=["veto", "two reports missing", "one report missing"],
)
def test_events_pull_a_grade_down(short: str, effects: tuple[str, ...], grade: str, ranked: bool) -> None:
    result = scoring().results[unit_named(short)]
    assert (result.effects, result.grade, result.rank is not None) == (effects, grade, ranked)


@pytest.mark.parametrize(
    ("short", "bonus", "penalty"),
    [
        ("贵州", "0.7", "0"),
        ("重庆", "0.5", "0"),
        ("山西", "0", "-1"),
        ("云南", "0", "-1"),
        ("福建", "0", "0"),
    ],
)
def test_few_regions_gain_or_lose_outside_the_hundred(short: str, bonus: str, penalty: str) -> None:
    result = scoring().results[unit_named(short)]
    assert (result.bonus, result.penalty) == (Fraction(bonus), Fraction(penalty))


def test_what_the_corps_does_not_have_is_not_counted_against_it() -> None:
    corps = unit_named("兵团")
    left_out = {
        node for (unit, node), score in scoring().scores.items() if unit == corps and score.outcome.left_out
    }
    assert {"I03-2", "I03-3", "I14-2", "I16-1", "I17-1", "I21-1", "item-16", "item-17"} <= left_out
    assert scoring().scores[corps, rules().root].full == 100
