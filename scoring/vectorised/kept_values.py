"""The values of indicators for all units, each reckoned when it is first asked for, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.codes import NodeCode
from scoring.facts import Amount, Standing
from scoring.vectorised.indicator_values import Values, leaf_values
from scoring.vectorised.lanes import Mask
from scoring.vectorised.plan import Plan
from scoring.vectorised.sheet import Sheet


@dataclass(frozen=True, slots=True)
class KeptValues:
    """Values by indicator. lost: where its figures were found false."""

    plan: Plan
    sheet: Sheet
    lost: Mapping[NodeCode, Mask]
    found: dict[NodeCode, Values] = field(default_factory=dict)

    def of(self, code: NodeCode) -> Values:
        """The values of an indicator, as they were reported."""
        if code not in self.found:
            self.found[code] = leaf_values(self.plan.leaves[self.plan.rows[code]], self.sheet)
        return self.found[code]

    def at(self, row: int, code: NodeCode) -> Amount | Standing:
        """The value of an indicator for one unit; missing where its figures were found false."""
        values = self.of(code)
        amount = values.amount(row)
        if amount is None:
            return Standing.MISSING if values.standings is None else Standing(int(values.standings[row]))
        lost = self.lost.get(code)
        return Standing.MISSING if lost is not None and lost[row] else amount
