"""Stage one: facts of a unit become the value of an indicator, by its formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.evaluation import Evaluator, Outcome
from scoring.expressions import Figure, Formula
from scoring.facts import Amount, Facts, Standing
from scoring.figures import Resolved, resolve
from scoring.periods import Period
from scoring.rulebook.rules import Indicator, RuleSet


@dataclass(frozen=True, slots=True)
class Value:
    """The exact value of one indicator for one unit, or why there is none; and what it was made of."""

    node: NodeCode
    amount: Amount | None
    standing: Standing
    inputs: tuple[Resolved, ...] = ()
    attributes: Mapping[str, Amount | Standing] = field(default_factory=dict)


class UnitView:
    """What formulas see of one unit in one period; remembers what was asked, for the explanation."""

    def __init__(
        self,
        rules: RuleSet,
        facts: Facts,
        row: int,
        period: Period,
        extra: Mapping[str, Amount] | None = None,
    ) -> None:
        self.rules, self.facts, self.row, self.period = rules, facts, row, period
        self.extra = extra or {}
        self.asked: dict[Figure, Resolved] = {}
        self.attributes: dict[str, Amount | Standing] = {}

    def figure(self, figure: Figure) -> Amount | Standing:
        """The figure's amount or standing."""
        resolved = self.asked.get(figure)
        if resolved is None:
            resolved = resolve(figure, self.rules, self.facts, self.row, self.period)
            self.asked[figure] = resolved
        return resolved.outcome

    def attribute(self, name: str) -> Amount | Standing:
        """The unit's property; MISSING where the unit has none of that name."""
        own = self.rules.units[self.facts.units[self.row]].attributes
        amount = self.extra.get(name, own.get(name, Standing.MISSING))
        self.attributes[name] = amount
        return amount

    def evaluate(self, formula: Formula) -> Outcome:
        """The outcome of a formula."""
        root = formula.written_out(self.period.quarters())
        return Evaluator(self.figure, self.attribute).evaluate(root)


def indicator_value(indicator: Indicator, view: UnitView) -> Value:
    """The value of an indicator for the unit of the view; a truth value counts as 1 or 0."""
    if indicator.yearly and not (view.period.yearly or view.period.quarter == 4):
        return Value(indicator.code, None, Standing.NOT_DUE)
    outcome = _outcome(indicator, view)
    inputs, attributes = tuple(view.asked.values()), dict(view.attributes)
    if isinstance(outcome, Standing):
        return Value(indicator.code, None, outcome, inputs, attributes)
    amount = Fraction(outcome) if isinstance(outcome, bool) else outcome
    return Value(indicator.code, amount, Standing.VALUE, inputs, attributes)


def _outcome(indicator: Indicator, view: UnitView) -> Outcome:
    """The formula's outcome; of a condition that does not hold or cannot be decided, that."""
    if indicator.applicable_when is not None:
        applies = view.evaluate(indicator.applicable_when)
        if isinstance(applies, Standing):
            return applies
        if not applies:
            return Standing.NOT_APPLICABLE
    return Standing.MISSING if indicator.value is None else view.evaluate(indicator.value)
