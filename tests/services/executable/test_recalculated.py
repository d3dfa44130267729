"""LibreOffice recalculates the executable breakdown of every unit and comes to the engine's figures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.facts import Standing
from services.exports.executable.pages import Page
from services.exports.executable.words import MARKERS, NO_SCORE
from services.exports.executable.workbook import region_sheets, workbook
from services.score_files import read_given
from tests.support.libreoffice import convert

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[3]
RULES, FACTS = ROOT / "rules" / "national" / "2021", ROOT / "sample_reports" / "2021" / "facts.csv"
NEAR = 1e-9
Rows = Mapping[str, tuple[object, ...]]


@dataclass(frozen=True)
class Recalculated:
    """What LibreOffice came to: for each unit the rows of the indicators and of the tree, by their codes."""

    engine: PlainEngine
    lines: Mapping[str, Rows]
    totals: Mapping[str, Rows]
    unexpressed: tuple[tuple[str, str], ...]


def recalculated(period: str, *, live_peers: bool) -> Recalculated:
    given = read_given(folder=RULES, facts_file=FACTS, period=period)
    engine = PlainEngine(given.rules, given.facts, given.period)
    pages: list[Page] = []
    unexpressed: list[tuple[str, str]] = []
    for at, unit in enumerate(engine.facts.units):
        sheets, left = region_sheets(engine, unit, live_peers=live_peers, prefix=f"u{at}")
        pages += sheets
        unexpressed += left
    book = openpyxl.load_workbook(
        io.BytesIO(convert(workbook(pages, (), blank=True), "xlsx")), data_only=True, read_only=True
    )
    rows = {
        name: {str(row[0]): row for row in book[name].iter_rows(values_only=True)} for name in book.sheetnames
    }
    units = list(enumerate(engine.facts.units))
    return Recalculated(
        engine,
        {unit: rows[f"u{at}指标"] for at, unit in units},
        {unit: rows[f"u{at}汇总"] for at, unit in units},
        tuple(unexpressed),
    )


@pytest.fixture(scope="module", params=[("2021", True), ("2021Q2", False)], ids=["year-live", "Q2-closed"])
def found(request: pytest.FixtureRequest) -> Recalculated:
    period, live_peers = request.param
    return recalculated(period, live_peers=live_peers)


def expected(outcome: Fraction | Standing | str | None) -> float | str:
    if isinstance(outcome, Standing):
        return MARKERS[outcome]
    return NO_SCORE if outcome is None else outcome if isinstance(outcome, str) else float(outcome)


def agree(told: object, wanted: float | str, *, near: float = 0.0) -> bool:
    if isinstance(wanted, str) or isinstance(told, str) or told is None:
        return told == wanted
    return abs(float(str(told)) - wanted) <= near * max(1.0, abs(wanted))


def test_every_indicator_of_every_unit_comes_out_as_the_engine_has_it(found: Recalculated) -> None:
    wrong, seen = [], 0
    for row, unit in enumerate(found.engine.facts.units):
        for code in found.engine.rules.indicators:
            points = found.engine.points(code)[row]
            earned = found.engine.totals[row][code]
            value = points.value.standing if points.value.amount is None else points.value.amount
            told = found.lines[unit][code]
            seen += 1
            checks = (
                (told[3], expected(value), NEAR),
                (told[5], expected(points.exact if points.rounded is not None else None), NEAR),
                (told[6], expected(earned.points), 0.0),
                (told[7], float(earned.full), 0.0),
            )
            wrong += [(unit, code, check) for check in checks if not agree(check[0], check[1], near=check[2])]
    assert wrong == []
    assert seen == 32 * 57


def test_every_node_and_the_result_of_every_unit_come_out_as_the_engine_has_them(found: Recalculated) -> None:
    wrong: list[tuple[object, ...]] = []
    for row, unit in enumerate(found.engine.facts.units):
        told, result = found.totals[unit], found.engine.results[row]
        checks: list[tuple[str, object, float | str, float]] = [
            (code, told[code][2], expected(found.engine.totals[row][code].points), NEAR)
            for code in found.engine.rules.nodes
        ]
        checks += [
            ("bonus", told["bonus"][2], float(result.bonus), NEAR),
            ("penalty", told["penalty"][2], float(result.penalty), NEAR),
            ("final", told["final"][2], expected(result.final), NEAR),
            ("score", told["score"][2], expected(result.score), 0.0),
            ("grade", told["grade"][2], result.grade, 0.0),
            ("tier", told["tier"][2], result.tier, 0.0),
            ("converted", told["converted"][2], expected(result.converted), 0.0),
        ]
        wrong += [(unit, code, a, b) for code, a, b, near in checks if not agree(a, b, near=near)]
    assert wrong == []


def test_nothing_of_the_national_rules_goes_without_a_formula(found: Recalculated) -> None:
    assert found.unexpressed == ()


def test_a_wrong_formula_is_seen_as_wrong() -> None:
    given = read_given(folder=RULES, facts_file=FACTS, period="2021")
    engine = PlainEngine(given.rules, given.facts, given.period)
    sheets, _ = region_sheets(engine, engine.facts.units[0], live_peers=False)
    lines = next(page for page in sheets if page.name == "指标")
    at = next(at for at, row in enumerate(lines.rows) if row[0].shown == "I01-1")
    lines.rows[at][3] = replace(lines.rows[at][3], formula=lines.rows[at][3].formula.replace("100", "50"))
    file = io.BytesIO(convert(workbook(sheets, (), blank=True), "xlsx"))
    told = next(
        row for row in openpyxl.load_workbook(file, data_only=True)["指标"].values if row[0] == "I01-1"
    )
    amount = engine.points(NodeCode("I01-1"))[0].value.amount
    assert isinstance(amount, Fraction)
    assert not agree(told[3], float(amount), near=NEAR)
    assert isinstance(told[10], float | int)
    assert told[10] != 0
