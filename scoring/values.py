"""Stage one: facts of a unit become the value of an indicator, by its formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scoring.attributes import attribute_of
from scoring.codes import NodeCode, UnitCode
from scoring.evaluation import Evaluator, Outcome
from scoring.expressions import (
    PEERS,
    SCOPES,
    Earlier,
    Expression,
    Figure,
    Formula,
    Statistic,
    StatisticKind,
    Substitute,
    expanded,
)
from scoring.facts import Amount, Facts, Standing
from scoring.figures import LeftOut, Resolved, lacking_quarters, resolve_without
from scoring.panel import Panel, PlainPanel
from scoring.periods import Period
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.statistics import Found


@dataclass(frozen=True, slots=True)
class Value:
    """The exact value of one indicator for one unit, or why there is none; and what it was made of."""

    node: NodeCode
    amount: Amount | None
    standing: Standing
    inputs: tuple[Resolved, ...] = ()
    attributes: Mapping[str, Amount | Standing] = field(default_factory=dict)
    statistics: tuple[Found, ...] = ()
    substituted: tuple[Substituted, ...] = ()


@dataclass(frozen=True, slots=True)
class Substituted:
    """What stood for something that has no value for one unit, and why it has none."""

    rule: Substitute
    reason: Standing
    amount: Amount | bool


class UnitView:
    """What formulas see of one unit in one period; remembers what was asked, for the explanation.

    extra: attributes reckoned on the way. panel: all units, for statistics; without one it makes its own.
    """

    def __init__(
        self,
        rules: RuleSet,
        facts: Facts,
        row: int,
        period: Period,
        extra: Mapping[str, Amount] | None = None,
        panel: Panel | None = None,
    ) -> None:
        self.rules, self.facts, self.row, self.period = rules, facts, row, period
        self.extra = extra or {}
        self.asked: dict[Figure, Resolved] = {}
        self.past: dict[Figure, Resolved] = {}
        """The figures of the period before."""
        self.attributes: dict[str, Amount | Standing] = {}
        self.statistics: dict[Statistic, Found] = {}
        self.substituted: dict[Substitute, Substituted] = {}
        self._panel = panel
        self._lacked: dict[tuple[Figure, ...], tuple[LeftOut, ...]] = {(): ()}

    def figure(self, figure: Figure) -> Amount | Standing:
        """The figure's amount or standing."""
        resolved = self.asked.get(figure)
        if resolved is None:
            given = self.rules, self.facts, self.row, self.period
            resolved = resolve_without(self._lacking(figure.together), figure, *given)
            self.asked[figure] = resolved
        return resolved.outcome

    def _lacking(self, together: tuple[Figure, ...]) -> tuple[LeftOut, ...]:
        """The quarters that any of these figures lacks; asked once for all of them."""
        found = self._lacked.get(together)
        if found is None:
            given = self.rules, self.facts, self.row, self.period
            found = self._lacked[together] = lacking_quarters(together, *given)
        return found

    def attribute(self, name: str) -> Amount | Standing:
        """The unit's property or row of a table; MISSING where the unit has none of that name."""
        amount: Amount | Standing | None = self.extra.get(name)
        if amount is None:
            amount = attribute_of(self.rules, self.facts.units[self.row], self.period, name)
        self.attributes[name] = amount
        return amount

    def evaluate(self, formula: Formula) -> Outcome:
        """The outcome of a formula."""
        return self.outcome(formula.written_out(self.period.quarters(), self.rules.sharing_quarters))

    def outcome(self, root: Expression) -> Outcome:
        """The outcome of an expression in which all quarters are written out."""
        evaluator = Evaluator(self.figure, self.attribute, self.statistic, self.earlier, self._note)
        return evaluator.evaluate(root)

    def earlier(self, node: Earlier) -> Outcome:
        """What an expression came to for the unit in the period before; its figures are remembered too."""
        period = self.period.before()
        view = UnitView(self.rules, self.facts, self.row, period, self.extra, self.panel.before)
        outcome = view.outcome(expanded(node.inner, period.quarters(), self.rules.sharing_quarters))
        self.past.update(view.asked)
        return outcome

    @property
    def panel(self) -> Panel:
        """All units side by side."""
        if self._panel is None:
            self._panel = panel_of(self.rules, self.facts, self.period)
        return self._panel

    def _note(self, rule: Substitute, reason: Standing, outcome: Outcome) -> None:
        if not isinstance(outcome, Standing):
            self.substituted[rule] = Substituted(rule, reason, outcome)

    def statistic(self, statistic: Statistic) -> Outcome:
        """What a statistic comes to for the unit; of a rank its own figures are remembered too."""
        found = self.statistics.get(statistic)
        if found is None:
            found = self.statistics[statistic] = self.panel.found(statistic, self.row)
            if statistic.kind is StatisticKind.RANK:
                self.outcome(statistic.inner)
        return found.outcome


def panel_of(rules: RuleSet, facts: Facts, period: Period) -> PlainPanel:
    """All units of the facts, each seen by itself."""
    places = {unit: place for place, unit in enumerate(rules.units)}
    rows = sorted(range(len(facts.units)), key=lambda row: places[facts.units[row]])

    def evaluate(root: Expression, row: int) -> Outcome:
        return UnitView(rules, facts, row, period, panel=panel).outcome(root)

    def scope(name: str, row: int) -> str | Standing:
        return scope_of(rules, facts.units[row], name)

    def earlier() -> Panel:
        return panel_of(rules, facts, period.before())

    panel = PlainPanel(rows, evaluate, scope, earlier)
    return panel


def scope_of(rules: RuleSet, unit: UnitCode, scope: str) -> str | Standing:
    """The group of a scope that a unit is in; MISSING where it lacks the attribute that tells."""
    attributes = rules.units[unit].attributes
    if scope == PEERS:
        return str(attributes.get(rules.ranking.peer_group, "")) if rules.ranking.peer_group else ""
    if scope in SCOPES:
        return ""
    word = attributes.get(scope, Standing.MISSING)
    return word if isinstance(word, Standing) else str(word)


def indicator_value(indicator: Indicator, view: UnitView) -> Value:
    """The value of an indicator for the unit of the view; a truth value counts as 1 or 0."""
    if indicator.yearly and not (view.period.yearly or view.period.quarter == 4):
        return Value(indicator.code, None, Standing.NOT_DUE)
    outcome = _outcome(indicator, view)
    shared = {replace(figure, together=()) for figure in view.asked if figure.together}
    told = (each for figure, each in view.asked.items() if figure not in shared)
    inputs = (*told, *view.past.values())
    asked = inputs, dict(view.attributes), tuple(view.statistics.values()), tuple(view.substituted.values())
    if isinstance(outcome, Standing):
        return Value(indicator.code, None, outcome, *asked)
    amount = Fraction(outcome) if isinstance(outcome, bool) else outcome
    return Value(indicator.code, amount, Standing.VALUE, *asked)


def _outcome(indicator: Indicator, view: UnitView) -> Outcome:
    """The formula's outcome; of a condition that does not hold or cannot be decided, that."""
    if indicator.applicable_when is not None:
        applies = view.evaluate(indicator.applicable_when)
        if isinstance(applies, Standing):
            return applies
        if not applies:
            return Standing.NOT_APPLICABLE
    return Standing.MISSING if indicator.value is None else view.evaluate(indicator.value)
