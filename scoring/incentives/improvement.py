"""Whether doing better can cost points: proved where the shapes allow it, searched for elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from scoring.incentives.supposed import Supposed, Tries, Variable, all_at, movable, variables_of, with_amount
from scoring.incentives.trials import Trials, Tried, looks_at_others
from scoring.methods.checklist import Checklist
from scoring.methods.graded import Graded
from scoring.numbers import shown
from scoring.rulebook.meaning.method_trends import method_trend
from scoring.rulebook.meaning.trends import Sloping, Trend
from scoring.rulebook.rules import Indicator

_LEVELS = tuple(Fraction(each) for each in (100, 10))
"""What all other figures are while one is moved."""


class Proof(Enum):
    """How it is known that improving a figure never costs points."""

    PROVED = "proved"
    SEARCHED = "searched"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True)
class CounterExample:
    """Two reports of which the better one earns less.

    turns: the points rise and then fall as one figure grows, or fall and then rise; `first` came before.
    """

    moved: Variable
    before: Tried
    after: Tried
    turns: bool = False
    first: Tried | None = None

    def told(self) -> str:
        """In words: figures, values and points before and after."""
        steps = [each for each in (self.first, self.before, self.after) if each is not None]
        return ";".join(
            f"{each.report.told()}:值 {_value(each)},得 {shown(each.points.exact)} 分" for each in steps
        )


def _value(tried: Tried) -> str:
    amount = tried.points.value.amount
    return shown(amount) if isinstance(amount, Fraction) else str(amount)


def improvement(
    indicator: Indicator, sloping: Sloping, trials: Trials
) -> tuple[Proof, CounterExample | None]:
    """Whether any step that betters the value, or a figure, loses points."""
    if is_proved(indicator, sloping):
        return Proof.PROVED, None
    found = next(counter_examples(indicator, trials), None)
    return (Proof.SEARCHED, None) if found is None else (Proof.REFUTED, found)


def is_proved(indicator: Indicator, sloping: Sloping) -> bool:
    """Whether points follow the value, and the value each of its figures, one way all along."""
    method, wanted = indicator.method, wanted_trend(indicator)
    if not indicator.points or isinstance(method, Graded):
        return True
    if isinstance(method, Checklist):
        return all(part.earn >= 0 for part in method.parts)
    trend = method_trend(method, indicator.points, higher_is_better=wanted is not Trend.FALLS)
    if trend is Trend.UNKNOWN or (wanted is not None and trend not in (wanted, Trend.FLAT)):
        return False
    return indicator.value is not None and Trend.UNKNOWN not in sloping.of(indicator.value.root).values()


def wanted_trend(indicator: Indicator) -> Trend | None:
    """How points should follow the value; None where neither way is better."""
    return {"higher": Trend.RISES, "lower": Trend.FALLS}.get(indicator.direction)


def counter_examples(indicator: Indicator, trials: Trials) -> Iterator[CounterExample]:
    """Every step among typical and boundary figures by which doing better costs points."""
    tries = Tries(trials.rules, indicator)
    variables = variables_of(trials.rules, indicator)
    wanted = wanted_trend(indicator)
    turning: list[CounterExample] = []
    # Beside others every report is scored together with all of theirs: one level must do.
    for level in _LEVELS[:1] if looks_at_others(indicator) else _LEVELS:
        base = all_at(variables, level)
        for variable in movable(variables):
            reports = [Supposed(with_amount(base, variable, amount)) for amount in tries.of(variable)]
            valid = trials.valid(indicator, reports)
            tried = [each for each in trials.run(indicator, valid) if each.scored]
            if wanted is not None:
                yield from _costly(variable, tried, wanted)
            turning.extend(_turning(variable, tried))
    yield from turning


def _costly(variable: Variable, tried: Sequence[Tried], wanted: Trend) -> Iterator[CounterExample]:
    """Steps by which the value gets better and the points fewer."""
    for one, other in pairwise(tried):
        low, high = sorted((one, other), key=_amount)
        if _amount(low) == _amount(high):
            continue
        before, after = (low, high) if wanted is Trend.RISES else (high, low)
        if after.points.exact < before.points.exact:
            yield CounterExample(variable, before, after)


def _amount(tried: Tried) -> Fraction:
    amount = tried.points.value.amount
    return amount if isinstance(amount, Fraction) else Fraction(0)


def _turning(variable: Variable, tried: Sequence[Tried]) -> Iterable[CounterExample]:
    """Three figures in order of which the middle one earns more than both others, or less."""
    if len(tried) < 3:
        return
    least = most = first = tried[0]
    for each in tried[1:]:
        points = each.points.exact
        if most is not first and points < most.points.exact > first.points.exact:
            yield CounterExample(variable, most, each, turns=True, first=first)
            return
        if least is not first and points > least.points.exact < first.points.exact:
            yield CounterExample(variable, least, each, turns=True, first=first)
            return
        most = each if points > most.points.exact else most
        least = each if points < least.points.exact else least
