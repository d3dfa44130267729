"""Where one step of a figure moves a large part of the points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scoring.expressions import Attribute, Call, Choice, Expression, Figure, Number, Operation, walk
from scoring.incentives.supposed import Supposed, Tries, Variable, all_at, movable, with_amount
from scoring.incentives.trials import Trials, looks_at_others
from scoring.methods.base import Subject
from scoring.methods.checklist import Checklist
from scoring.methods.graded import Graded
from scoring.methods.slope import Slope
from scoring.numbers import shown
from scoring.rulebook.meaning.intervals import Interval
from scoring.rulebook.meaning.method_reach import jumps_of
from scoring.rulebook.meaning.method_thresholds import thresholds_of
from scoring.rulebook.meaning.trends import linear_in
from scoring.rulebook.rules import Indicator

_LEVELS = tuple(Fraction(each) for each in (100, 10_000))
_STEPS_TRIED = 6
_ROUGH = frozenset({"round", "round_half_even", "floor", "ceil", "truncate"})


@dataclass(frozen=True, slots=True)
class Cliff:
    """A step and the points on both sides of it."""

    step: str
    below: Fraction
    above: Fraction

    @property
    def size(self) -> Fraction:
        """How many points."""
        return abs(self.above - self.below)


def cliffs(
    indicator: Indicator, values: Interval, trials: Trials, variables: Sequence[Variable]
) -> Iterator[Cliff]:
    """The cliffs of an indicator: of its method, of a value that is counted, of its formula."""
    if not indicator.points or isinstance(indicator.method, Checklist | Graded):
        return
    for jump in jumps_of(indicator.method, indicator.points, values):
        yield Cliff(f"值过 {shown(jump.at)} 处", jump.below, jump.above)
    yield from _steps_of_slope(indicator)
    if not looks_at_others(indicator):
        yield from _counted(indicator, values, variables)
        yield from _of_formula(indicator, trials, variables)


def _steps_of_slope(indicator: Indicator) -> Iterator[Cliff]:
    method, full = indicator.method, indicator.points
    if isinstance(method, Slope) and method.steps != "continuous":
        higher = indicator.direction != "lower"
        low, high = (
            method.award(Subject(method.target + shift, full, higher)).points
            for shift in ((-method.per, 0) if higher else (method.per, 0))
        )
        yield Cliff(f"每差 {shown(method.per)}", low, high)


def _counted(indicator: Indicator, values: Interval, variables: Sequence[Variable]) -> Iterator[Cliff]:
    """Of a value that is a sum of figures: one more of a figure, where that moves most."""
    if indicator.value is None:
        return
    for variable in variables:
        step = _step_of_value(indicator.value.root, variable)
        if step:
            yield from _widest(indicator, values, variable, step)


def _step_of_value(root: Expression, variable: Variable) -> Fraction:
    """By how much one step of the figure moves the value; 0 where the value is no plain sum with it."""
    figures = {
        part for part in walk(root) if isinstance(part, Figure) and part.element == variable.element.code
    }
    for figure in figures:
        found = linear_in(root, figure)
        if found is not None and found[0] and all(_is_plain(term) for _, term in found[1]):
            return abs(found[0]) * variable.step
    return Fraction(0)


def _is_plain(term: Expression) -> bool:
    return isinstance(term, Figure | Number | Attribute)


def _widest(indicator: Indicator, values: Interval, variable: Variable, step: Fraction) -> Iterator[Cliff]:
    higher = indicator.direction != "lower"
    starts = {Fraction(0), *thresholds_of(indicator.method)}
    tried = sorted({start + shift * step for start in starts for shift in range(-_STEPS_TRIED, _STEPS_TRIED)})
    found = []
    for value in tried:
        if values.has(value) and values.has(value + step):
            below, above = (
                indicator.method.award(Subject(each, indicator.points, higher)).points
                for each in (value, value + step)
            )
            found.append(
                Cliff(f"{variable.name} 每变 {shown(variable.step)}(值 {shown(value)} 处)", below, above)
            )
    widest = max(found, key=lambda each: each.size, default=None)
    if widest is not None:
        yield widest


def _of_formula(indicator: Indicator, trials: Trials, variables: Sequence[Variable]) -> Iterator[Cliff]:
    """Of choices and roundings within the formula: steps of figures beside the numbers it names."""
    if indicator.value is None or not any(_jumps(part) for part in walk(indicator.value.root)):
        return
    tries = Tries(trials.rules, indicator)
    for level in _LEVELS:
        base = all_at(variables, level)
        for variable in (each for each in movable(variables) if each.is_number):
            amounts = [each for each in tries.of(variable) if isinstance(each, Fraction)]
            reports = [Supposed(with_amount(base, variable, amount)) for amount in amounts]
            tried = trials.run(indicator, reports)
            for (low, one), (high, other) in pairwise(zip(amounts, tried, strict=True)):
                if high - low == variable.step and one.scored and other.scored:
                    step = f"{variable.name} 由 {shown(low)} 到 {shown(high)}"
                    yield Cliff(step, one.points.exact, other.points.exact)


def _jumps(part: Expression) -> bool:
    rough = isinstance(part, Call) and part.function in _ROUGH
    return rough or isinstance(part, Choice) or (isinstance(part, Operation) and part.operator == "%")
