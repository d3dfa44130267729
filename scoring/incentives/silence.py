"""Whether leaving a figure blank can earn more than the worst report that could be handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from scoring.codes import ElementCode
from scoring.expressions import (
    Attribute,
    Call,
    Comparison,
    Expression,
    Figure,
    Number,
    Operation,
    OverQuarters,
    Text,
    walk,
)
from scoring.facts import Amount
from scoring.incentives.supposed import Levels, Supposed, Tries, Variable, all_at, variables_of, with_amount
from scoring.incentives.trials import Trials, Tried
from scoring.methods.checklist import Checklist
from scoring.numbers import shown
from scoring.reporting import reporting_periods
from scoring.rulebook.forms import Element, OverTime, Provider
from scoring.rulebook.meaning.asked import asked_by_indicator
from scoring.rulebook.meaning.method_trends import method_trend
from scoring.rulebook.meaning.trends import Sloping, Trend
from scoring.rulebook.rules import Indicator

_LEVELS = tuple(Fraction(each) for each in (100, 10, 1, 0))
_MANY = tuple(Fraction(each) for each in (100, 200, 1))
"""What is tried of figures that cost points, in the one period that is hidden."""
_STRICT = frozenset(
    {
        "min",
        "max",
        "abs",
        "clamp",
        "round",
        "round_half_even",
        "floor",
        "ceil",
        "truncate",
        "sqrt",
        "ln",
        "log10",
    }
)
"""Functions that have no value where one of their arguments has none."""
_MOST_BLANKS = 8
"""So many figures are left blank or moved one at a time."""
_FIRST, _LAST = 0, -1
_FEW = 3
"""So many reports mostly show it already."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A blank that earns more than a report; gain None where the indicator is left out instead."""

    blank: Tried
    reported: Tried
    gain: Fraction | None

    def told(self) -> str:
        """In words: what is reported, what is not, and the points of both."""
        points = self.blank.points
        blank = "不计入" if points.outcome.left_out else f"得 {shown(points.rounded or Fraction(0))} 分"
        reported = self.reported.points.rounded or Fraction(0)
        return (
            f"如实报({self.reported.report.told()})得 {shown(reported)} 分,"
            f"不报({self.blank.report.told()}){blank}"
        )


def own_variables(variables: Sequence[Variable]) -> list[Variable]:
    """What the assessed unit reports itself, this year: only that can it leave blank."""
    return [each for each in variables if each.element.provider is Provider.REGION and not each.last_year]


def silence_pays(indicator: Indicator, trials: Trials) -> Silence | None:
    """The largest gain found of leaving figures blank all year; None where none was found or can be."""
    own = own_variables(variables_of(trials.rules, indicator))
    if not own or not indicator.points or blank_earns_nothing(indicator, own):
        return None
    return search_silence(indicator, trials)


def search_silence(indicator: Indicator, trials: Trials) -> Silence | None:
    """The largest gain among the reports that are tried, whatever has been proved."""
    variables = variables_of(trials.rules, indicator)
    own = own_variables(variables)
    found: list[Silence] = []
    tries = Tries(trials.rules, indicator)
    for level in _LEVELS[:2]:
        base = all_at(variables, level)
        for blanks in _subsets(own):
            hidden = Supposed({**base, **dict.fromkeys(blanks, None)})
            reports = [
                Supposed(with_amount(base, variable, amount))
                for variable in blanks[:_MOST_BLANKS]
                for amount in tries.of(variable)
            ]
            found.extend(_gains(indicator, trials, hidden, reports))
    return _largest(found)


def hidden_period_pays(indicator: Indicator, sloping: Sloping, trials: Trials) -> Silence | None:
    """The largest gain found of leaving one period blank, the others reported; None where none was found."""
    own = repeated(own_variables(variables_of(trials.rules, indicator)))
    if not own or not indicator.points or hiding_is_harmless(indicator, own, sloping, trials):
        return None
    return search_hiding(indicator, sloping, trials)


def search_hiding(indicator: Indicator, sloping: Sloping, trials: Trials) -> Silence | None:
    """A gain among the reports that are tried, whatever has been proved."""
    variables = variables_of(trials.rules, indicator)
    own = repeated(own_variables(variables))
    costly = _costly(indicator, own, sloping)
    for level in _LEVELS:
        base = all_at(variables, level)
        for blanks, other in product(_subsets(own), _periods(own)):
            hidden = Supposed(base, dict.fromkeys(blanks, None), other)
            reports = [Supposed(base, there, other) for there in _worst(own, base, costly)]
            for batch in (reports[:_FEW], reports[_FEW:]):
                found = _largest(list(_gains(indicator, trials, hidden, batch)))
                if found is not None:
                    return found
    return None


def blank_earns_nothing(indicator: Indicator, own: Sequence[Variable]) -> bool:
    """Proved: a blank is missing wherever it is asked for, and missing earns no more than any report."""
    policy, least = indicator.missing, _lowest(indicator)
    if policy.instead is not None or policy.blocks or least is None or not _is_rigid(indicator, own):
        return False
    return policy.lowest or (policy.share == 0 and least >= 0)


def _lowest(indicator: Indicator) -> Fraction | None:
    """The least points that the method gives; None where it has no limit."""
    method = indicator.method
    unlimited = hasattr(method, "least") and getattr(method, "least", None) is None
    return None if unlimited else method.lowest(indicator.points)


def _is_rigid(indicator: Indicator, own: Sequence[Variable]) -> bool:
    """Whether one figure missing makes the value missing, whatever the others are; of known shapes only."""
    if any(each.element.if_missing is not None for each in own) or isinstance(indicator.method, Checklist):
        return False
    roots = [asked.formula.root for asked in asked_by_indicator(indicator)]
    return all(_needs_all(part) for root in roots for part in walk(root))


def _needs_all(part: Expression) -> bool:
    if isinstance(part, Call):
        return part.function in _STRICT
    return isinstance(part, Number | Text | Figure | Attribute | Operation | Comparison | OverQuarters)


def hiding_is_harmless(
    indicator: Indicator, own: Sequence[Variable], sloping: Sloping, trials: Trials
) -> bool:
    """Proved: a blank period is missing altogether, or adds nothing where adding can only help."""
    if indicator.value is None or not _is_rigid(indicator, own):
        return False
    by_quarter = any(isinstance(part, OverQuarters) for part in walk(indicator.value.root))
    if not trials.rules.partial_periods or by_quarter:
        return blank_earns_nothing(indicator, own)
    if not all(_adds_from_nothing(each.element) for each in own) or indicator.applicable_when is not None:
        return False
    return not _costly(indicator, own, sloping)


def _costly(indicator: Indicator, own: Sequence[Variable], sloping: Sloping) -> frozenset[ElementCode]:
    """The elements of which more can mean fewer points, as far as is known."""
    if indicator.value is None:
        return frozenset(each.element.code for each in own)
    higher = indicator.direction != "lower"
    method = method_trend(indicator.method, indicator.points, higher_is_better=higher)
    trends = sloping.of(indicator.value.root).items()
    helpful = (Trend.RISES, Trend.FLAT)
    return frozenset(figure.element for figure, trend in trends if trend.then(method) not in helpful)


def repeated(variables: Sequence[Variable]) -> list[Variable]:
    """Those that are reported more than once a year."""
    return [each for each in variables if len(reporting_periods(each.element, 1)) > 1]


def _adds_from_nothing(element: Element) -> bool:
    return element.over_time is OverTime.SUM and element.minimum == 0


def _subsets(own: Sequence[Variable]) -> Iterator[tuple[Variable, ...]]:
    """All of them together, and each element alone."""
    yield tuple(own)
    elements = list(dict.fromkeys(each.element.code for each in own))
    if len(elements) > 1:
        for code in elements[:_MOST_BLANKS]:
            yield tuple(each for each in own if each.element.code == code)


def _periods(own: Sequence[Variable]) -> tuple[int, ...]:
    """Which period is worth hiding: the last, and of openings the first."""
    opens = any(each.element.over_time is OverTime.FIRST for each in own)
    return (_LAST, _FIRST) if opens else (_LAST,)


def _worst(
    own: Sequence[Variable], base: Levels, costly: frozenset[ElementCode]
) -> Iterator[dict[Variable, Amount | None]]:
    """Reports of the one period that earn little: nothing of what helps, much of what costs.

    Those with some of both come after, for where the forms do not let the worst pass.
    """
    numbers = [each for each in own if each.is_number]
    for little, much in product((Fraction(0), Fraction(1), Fraction(50)), _MANY):
        amounts = {each: much if each.element.code in costly else little for each in numbers}
        yield {**base, **{each: amount for each, amount in amounts.items() if each.allows(amount)}}
    for variable in numbers[:_MOST_BLANKS]:
        for amount in (Fraction(0), *_MANY):
            if variable.allows(amount):
                yield {**base, variable: amount}


def _gains(
    indicator: Indicator, trials: Trials, hidden: Supposed, reports: Sequence[Supposed]
) -> Iterator[Silence]:
    """The blank beside the worst of the reports that could be handed in and have points."""
    blank, *tried = trials.run(indicator, [hidden, *trials.valid(indicator, reports)])
    scored = [each for each in tried if each.scored]
    if blank.points.rounded is None or not scored:
        return
    worst = min(scored, key=lambda each: each.points.rounded or Fraction(0))
    least = worst.points.rounded or Fraction(0)
    if blank.points.outcome.left_out:
        if least < indicator.points:
            yield Silence(blank, worst, None)
    elif blank.points.rounded > least:
        yield Silence(blank, worst, blank.points.rounded - least)


def _largest(found: Sequence[Silence]) -> Silence | None:
    """The first of the largest gains; being left out counts as all of the points."""
    return max(
        found,
        key=lambda each: each.blank.points.full if each.gain is None else each.gain,
        default=None,
    )
