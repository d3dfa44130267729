"""Attributes: what a unit is known to have by the rule set alone, its own properties and rows of tables."""

from __future__ import annotations

from scoring.codes import UnitCode
from scoring.facts import Amount, Standing
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.tables import table_amount


def attribute_of(rules: RuleSet, unit: UnitCode, period: Period, name: str) -> Amount | Standing:
    """The unit's property, or its row of a table, for a period; MISSING where there is none of that name.

    A property that bears the name of a table goes before it: worked examples give it so.
    """
    known = rules.units[unit]
    own = known.attributes.get(name)
    if own is not None:
        return own
    table = rules.tables.get(name)
    if table is None:
        return Standing.MISSING
    amount = table_amount(table, known, period)
    return Standing.MISSING if amount is None else amount
