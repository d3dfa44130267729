"""Which ways of an indicator its worked examples show: branches, conditions, absences, the method's steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.engine import PlainEngine
from scoring.example_runs import GivenEngine, Prepared, run_indicator
from scoring.expressions import Call, Comparison, Expression, Figure, Formula, Logic, Number, Operation, walk
from scoring.facts import Standing
from scoring.methods.base import Subject
from scoring.methods.checklist import Checklist
from scoring.points import Points
from scoring.proving.coverage_forks import fork_words, forks_of
from scoring.proving.coverage_methods import MethodWay, Shown, method_ways
from scoring.proving.coverage_ways import WayKind, Ways
from scoring.rulebook.forks import Fork, without_way
from scoring.rulebook.rule_sources import RuleSources
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.values import UnitView

_ABSENCES = {
    Standing.MISSING: ("missing", "未报", "少报公式要用的一个数"),
    Standing.ZERO_DENOMINATOR: ("zero_denominator", "分母为零", "使公式的分母等于 0"),
    Standing.UNDEFINED: ("undefined", "无法计算", "使对数、开方或乘方没有意义"),
    Standing.NOT_APPLICABLE: ("value", "填报不适用", "把公式要用的一个数填成 NA"),
    Standing.NOT_DUE: ("assessed", "未到期", "写 period,取年底以前的一个季度"),
}
_APPLIES = {True: "适用条件成立", False: "适用条件不成立"}


def cover_indicator(
    rules: RuleSet, indicator: Indicator, prepared: Iterable[Prepared], sources: RuleSources, ways: Ways
) -> None:
    """Adds the ways of an indicator, and shows those that its examples take."""
    found = _Indicator(rules, indicator, ways)
    found.add_forks(sources)
    found.add_steps(sources)
    found.add_outcomes(sources)
    for each in prepared:
        if not each.unread:
            found.show(each)


def show_absences(
    engine: GivenEngine, row: int, expected: Mapping[NodeCode, Fraction | None], ways: Ways
) -> None:
    """Shows why indicators have no value, where an example of the whole set expects their points."""
    for code in expected:
        if code in engine.rules.indicators and code not in engine.given[row]:
            standing = engine.points(code)[row].value.standing
            if standing is not Standing.NOT_APPLICABLE and standing in _ABSENCES:
                ways.show(code, WayKind.ABSENCE, _ABSENCES[standing][1])


class _Indicator:
    """One indicator, and the ways of it."""

    def __init__(self, rules: RuleSet, indicator: Indicator, ways: Ways) -> None:
        self.rules, self.indicator, self.ways = rules, indicator, ways
        self.forks: list[tuple[str, Fork]] = []
        self.absences = set(absences(rules, indicator))
        # Points that are shares of nothing are nothing, whichever rung they come from.
        self.steps: tuple[MethodWay, ...] = ()
        if not indicator.statistical:
            self.steps = method_ways(indicator.method, rules.elements, _choices(rules, indicator))

    def add_forks(self, sources: RuleSources) -> None:
        """Adds each way of each fork of its formulas."""
        code = self.indicator.code
        for key in ("value", "applicable_when"):
            formula = getattr(self.indicator, key)
            if formula is None or (key == "value" and isinstance(self.indicator.method, Checklist)):
                continue
            for fork in forks_of(self.rules, sources, code, key, formula):
                self.forks.append((key, fork))
                for way in range(fork.ways):
                    rule, what, needed = fork_words(code, key, fork, way)
                    self.ways.add(rule, WayKind.BRANCH, what, needed, fork.place or self.indicator.place)

    def add_steps(self, sources: RuleSources) -> None:
        """Adds each way of its method."""
        branch = sources.rule(self.indicator.code)
        for step in self.steps:
            place = sources.place(branch, "method", *step.path, default=self.indicator.place)
            self.ways.add(self.indicator.code, WayKind.METHOD, step.what, step.needed, place)

    def add_outcomes(self, sources: RuleSources) -> None:
        """Adds whether it applies, and every reason for which it can be without a value."""
        code, default = self.indicator.code, self.indicator.place
        branch, when = sources.rule(code), self.indicator.applicable_when
        if when is not None:
            place = sources.place(branch, "applicable_when", default=default)
            for truth, what in _APPLIES.items():
                needed = f"使“{when.text}”{'' if truth else '不'}成立"
                self.ways.add(code, WayKind.CONDITION, what, needed, place)
        for standing in sorted(self.absences):
            key, what, needed = _ABSENCES[standing]
            place = sources.place(branch, key, default=default)
            self.ways.add(code, WayKind.ABSENCE, what, needed, place)

    def show(self, prepared: Prepared) -> None:
        """Shows the ways that an example takes."""
        code = self.indicator.code
        engine = run_indicator(self.rules, prepared)
        points = engine.points_of(code, 0)
        self._show_condition(engine)
        standing = points.value.standing
        if standing in self.absences and not (standing is Standing.NOT_APPLICABLE and self._excluded(engine)):
            self.ways.show(code, WayKind.ABSENCE, _ABSENCES[standing][1])
        self._show_steps(engine, points)
        for key, fork in self.forks:
            self._show_fork(prepared, points, key, fork)

    def _show_condition(self, engine: PlainEngine) -> None:
        truth = self._condition(engine)
        if isinstance(truth, bool):
            self.ways.show(self.indicator.code, WayKind.CONDITION, _APPLIES[truth])

    def _excluded(self, engine: PlainEngine) -> bool:
        return self._condition(engine) is False

    def _condition(self, engine: PlainEngine) -> object:
        formula = self.indicator.applicable_when
        if formula is None:
            return None
        return UnitView(engine.rules, engine.facts, 0, engine.period).evaluate(formula)

    def _show_steps(self, engine: PlainEngine, points: Points) -> None:
        value, indicator = points.value, self.indicator
        if value.amount is None:
            return
        peers = engine.peers_of(indicator.code, 0)
        subject = Subject(value.amount, indicator.points, indicator.direction != "lower", peers)
        answers = {each.figure.element: each.outcome for each in value.inputs}
        found = Shown(subject, answers)
        for way in self.steps:
            if way.reached(found):
                self.ways.show(indicator.code, WayKind.METHOD, way.what)

    def _show_fork(self, prepared: Prepared, points: Points, key: str, fork: Fork) -> None:
        """A way is taken where the value is another once that way is undefined."""
        formula: Formula = getattr(self.indicator, key)
        for way in range(fork.ways):
            cut = Formula(formula.text, without_way(formula.root, fork.position, way))
            changed = with_indicator(self.rules, _with_formula(self.indicator, key, cut))
            value = run_indicator(changed, prepared).points_of(self.indicator.code, 0).value
            differs = (value.amount, value.standing) != (points.value.amount, points.value.standing)
            rule, what, _ = fork_words(self.indicator.code, key, fork, way)
            self.ways.show(rule, WayKind.BRANCH, what, shown=differs)


def _with_formula(indicator: Indicator, key: str, formula: Formula) -> Indicator:
    if key == "value":
        return replace(indicator, value=formula)
    return replace(indicator, applicable_when=formula)


def with_indicator(rules: RuleSet, indicator: Indicator) -> RuleSet:
    """The rule set with another indicator of the same code."""
    return replace(rules, indicators={**rules.indicators, indicator.code: indicator})


def absences(rules: RuleSet, indicator: Indicator) -> Iterator[Standing]:
    """The reasons for which the indicator can be without a value."""
    value = indicator.value
    if value is None:
        return
    figures = [rules.elements[figure.element] for figure in value.figures()]
    if figures or any(True for part in walk(value.root) if not isinstance(part, Number)):
        yield Standing.MISSING
    checklist = isinstance(indicator.method, Checklist)
    if can_be_without_denominator(indicator):
        yield Standing.ZERO_DENOMINATOR
    if not checklist and value.can_be_undefined():
        yield Standing.UNDEFINED
    applies = all if checklist else any
    if figures and applies(each.may_be_not_applicable for each in figures):
        yield Standing.NOT_APPLICABLE
    if indicator.yearly:
        yield Standing.NOT_DUE


def can_be_without_denominator(indicator: Indicator) -> bool:
    """Whether some denominator can be zero where the indicator applies; that of a checklist never is."""
    if indicator.value is None or isinstance(indicator.method, Checklist):
        return False
    divisors = [
        part.operands[1]
        for part in walk(indicator.value.root)
        if isinstance(part, Operation) and part.operator in "/%"
    ]
    when = indicator.applicable_when
    sure = [] if when is None else list(_positive(when.root))
    return any(each not in sure for each in divisors if not isinstance(each, Number))


def _positive(condition: Expression) -> Iterator[Expression]:
    """What a condition says to be more than zero, where it holds."""
    if isinstance(condition, Logic) and condition.operator == "and":
        for each in condition.operands:
            yield from _positive(each)
    if not isinstance(condition, Comparison) or not isinstance(condition.right, Number):
        return
    least, sign = condition.right.value, condition.operator
    if (sign == ">" and least >= 0) or (sign == ">=" and least > 0):
        left = condition.left
        yield left
        if isinstance(left, Call) and left.function == "coalesce":
            yield left.arguments[0]


def _choices(rules: RuleSet, indicator: Indicator) -> tuple[str, ...]:
    root = None if indicator.value is None else indicator.value.root
    return rules.elements[root.element].choices if isinstance(root, Figure) else ()
