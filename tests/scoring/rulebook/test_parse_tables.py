"""Tables of parameters: rows by unit, class and period; what can never be found is told at its place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.attributes import attribute_of
from scoring.codes import UnitCode
from scoring.facts import Standing
from scoring.rulebook.rules import RuleSet
from tests.support.defects import RATE, RULESET, Defect, assert_told, defect
from tests.support.rulesets import changed, load, period, rules_from, small_files

LINES = "breakdowns:\n  lines:"
GROUPS = "{东: 5, 西: 7.5}"


def table(written: str, name: str = "target") -> tuple[str, str, str]:
    return (RULESET, LINES, f"tables:\n  {name}: {written}\n{LINES}")


def with_table(written: str) -> RuleSet:
    files = small_files()
    for file, old, new in (table(written), (RATE, "100 * E2 / E1", "100 * E2 / target")):
        files = changed(files, file, old, new)
    before, _, _ = files[RATE].partition("examples:")
    return rules_from({**files, RATE: before})


def looked_up(rules: RuleSet, unit: str, when: str) -> object:
    return attribute_of(rules, UnitCode(unit), period(when), "target")


@pytest.mark.parametrize(
    ("written", "unit", "when", "expected"),
    [
        (f"{{by: [group], rows: {GROUPS}}}", "110000", "2021", "5"),
        (f"{{by: [group], rows: {GROUPS}}}", "130000", "2021Q3", "7.5"),
        ("{by: [period], rows: {2021: 8, 2021Q2: 3}}", "110000", "2021Q2", "3"),
        pytest.param(
            "{by: [period], rows: {2021: 8, 2021Q2: 3}}",
            "110000",
            "2021Q3",
            "8",
            id="a quarter without a row has its year's",
        ),
        ("{by: [period], rows: {2021: 8, 2021Q4: 3}}", "110000", "2021", "8"),
        ("{by: [year], rows: {2021: 8}}", "110000", "2021Q1", "8"),
        ("{by: [unit], default: 1, rows: {110000: 8}}", "110000", "2021", "8"),
        ("{by: [unit], default: 1, rows: {110000: 8}}", "120000", "2021", "1"),
        ("{by: [group, period], default: 0, rows: {东: {2021: 4, 2021Q1: 1}}}", "110000", "2021Q1", "1"),
        (
            "{by: [period, group], default: 0, rows: {2021: {东: 4}, 2021Q1: {西: 2}}}",
            "110000",
            "2021Q1",
            "4",
        ),
        ("{by: [population], default: 0, rows: {1000: 9}}", "110000", "2021", "9"),
    ],
)
def test_a_unit_finds_its_row(written: str, unit: str, when: str, expected: str) -> None:
    assert looked_up(with_table(written), unit, when) == Fraction(expected)


def test_what_is_no_table_is_missing() -> None:
    rules = with_table("{by: [year], rows: {2021: 8}}")
    assert attribute_of(rules, UnitCode("110000"), period("2021"), "nothing") is Standing.MISSING
    assert looked_up(rules, "110000", "2022") is Standing.MISSING


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "a table is by nothing known",
            table("{by: [regoin], rows: {东: 1}}"),
            code="unknown-word",
            at="regoin",
            found="regoin",
        ),
        defect(
            "a table is by the same twice",
            table("{by: [year, year], rows: {}}"),
            code="wrong-form",
            at="[year, ",
        ),
        defect("a table is by nothing", table("{by: [], rows: {东: 1}}"), code="wrong-form", at="[], rows"),
        defect("a table has no rows", table("{by: [year]}"), code="missing-key", at="{by: [year]}"),
        defect(
            "a row is of a unit that is not there",
            table("{by: [unit], default: 1, rows: {119999: 2}}"),
            code="unknown-unit",
            at="119999",
            found="119999",
        ),
        defect(
            "a row is of no period",
            table("{by: [period], default: 1, rows: {2021H1: 2}}"),
            code="wrong-form",
            at="2021H1",
            found="2021H1",
        ),
        defect(
            "a row is of no year",
            table("{by: [year], default: 1, rows: {2021Q1: 2}}"),
            code="wrong-form",
            at="2021Q1: 2",
            found="2021Q1",
        ),
        defect(
            "a row is of a class that no unit is in",
            table("{by: [group], default: 1, rows: {中: 2}}"),
            code="unused-row",
            at="中: 2",
            found="中",
        ),
        defect(
            "a row is no number",
            table("{by: [year], default: 1, rows: {2021: 二}}"),
            code="wrong-form",
            at="二}}",
            found="二",
        ),
        defect(
            "rows are nested less deep than said",
            table("{by: [group, year], default: 1, rows: {东: 2}}"),
            code="wrong-form",
            at="2}}",
        ),
        defect(
            "rows are nested deeper than said",
            table("{by: [group], default: 1, rows: {东: {2021: 2}}}"),
            code="wrong-form",
            at="{2021: 2}",
        ),
        defect(
            "a unit finds no row",
            table("{by: [group], rows: {东: 2}}"),
            code="no-row",
            at="{by: [group]",
            found="130000",
        ),
        defect(
            "units find no row in some period",
            table("{by: [period], rows: {2021Q1: 2}}"),
            code="no-row-for-period",
            at="{by: [period]",
            found="2021",
        ),
        defect(
            "a table has the name of an attribute",
            table("{by: [year], rows: {2021: 2}}", "population"),
            code="duplicate-code",
            at="population: {by",
            found="population",
        ),
        defect(
            "a table is misspelt in a formula",
            (RATE, "100 * E2 / E1", "100 * E2 / traget"),
            table("{by: [year], rows: {2021: 2}}"),
            code="unknown-name",
            at="traget",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_a_worked_example_gives_a_number_of_a_table_as_an_attribute() -> None:
    files = small_files()
    for change in (
        table(f"{{by: [group], rows: {GROUPS}}}"),
        (RATE, "100 * E2 / E1", "100 * E2 / target"),
        (RATE, "given: {E1: 10, E2: 9}", "given: {target: 10, E2: 9}"),
    ):
        files = changed(files, *change)
    assert [each.code for each in load(files)[1]] == []
