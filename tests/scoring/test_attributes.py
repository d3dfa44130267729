"""Attributes of units: their own go before tables of the same name."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from scoring.attributes import attribute_of
from scoring.codes import UnitCode
from scoring.facts import Standing
from scoring.rulebook.rules import Table
from tests.support.rulesets import period, small_rules

UNIT = UnitCode("110000")


def test_a_property_goes_before_a_table_of_the_same_name() -> None:
    rules = small_rules()
    tables = {
        name: Table(name=name, keys=("unit",), rows={(UNIT,): Fraction(3)}) for name in ("population", "goal")
    }
    rules = replace(rules, tables=tables)
    asked = [attribute_of(rules, UNIT, period("2021"), name) for name in ("population", "goal", "nothing")]
    assert asked == [1000, 3, Standing.MISSING]


def test_a_unit_that_lacks_the_attribute_of_a_key_has_the_default() -> None:
    rules = small_rules()
    bare = replace(rules.units[UNIT], attributes={})
    for default, expected in ((None, Standing.MISSING), (Fraction(2), 2)):
        table = Table(name="goal", keys=("group",), rows={("东",): Fraction(3)}, default=default)
        changed = replace(rules, tables={"goal": table}, units={UNIT: bare})
        assert attribute_of(changed, UNIT, period("2021"), "goal") == expected
