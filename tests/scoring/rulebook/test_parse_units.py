"""units.yaml: the assessed units and their attributes by type."""

from __future__ import annotations

import pytest

from scoring.codes import UnitCode
from tests.support.defects import RULESET, UNITS, Defect, assert_told, defect
from tests.support.rulesets import small_rules


@pytest.mark.parametrize(
    "case",
    [
        defect(
            "a unit is written twice",
            (UNITS, '"120000"', '"110000"'),
            code="duplicate-code",
            at='{code: "110000", name: 乙省',
        ),
        defect(
            "a unit's whole number is none",
            (UNITS, "population: 250", "population: 250.5"),
            code="wrong-form",
            at="250.5",
            more=["missing-attribute"],
        ),
        defect(
            "a unit's word is empty",
            (UNITS, "group: 西", 'group: ""'),
            code="wrong-form",
            at='", population: 250',
            more=["missing-attribute"],
        ),
        defect(
            "a unit has what the rule set does not know",
            (UNITS, "short: 乙", "gdp: 5"),
            code="unknown-key",
            at="gdp",
            found="gdp",
        ),
    ],
)
def test_each_defect_is_told_once_at_its_line_and_column(case: Defect) -> None:
    assert_told(case)


def test_units_stand_in_order_with_their_names_and_attributes() -> None:
    more = "short: 乙, aliases: [乙地], pinyin: yi, order: 2, gb2260: yes, parent: x"
    rules = small_rules((UNITS, "short: 乙", more))
    assert list(rules.units) == ["110000", "120000", "130000"]
    unit = rules.units[UnitCode("120000")]
    assert [unit.name, unit.short, unit.aliases, unit.pinyin] == ["乙省", "乙", ("乙地",), "yi"]
    assert unit.attributes == {"group": "东", "population": 500}
    assert str(unit.place) == "units.yaml:3:5"


def test_a_word_that_looks_like_a_number_stays_a_word() -> None:
    rules = small_rules((UNITS, "name: 甲省, group: 东", "name: 甲省, group: 1"))
    assert rules.units[UnitCode("110000")].attributes["group"] == "1"


def test_decimals_are_exact() -> None:
    rules = small_rules(
        (RULESET, "type: integer, measure: 人", "type: decimal"),
        (UNITS, "population: 1000", "population: 0.1"),
    )
    assert str(rules.units[UnitCode("110000")].attributes["population"]) == "1/10"
