"""Statistics over units: one number of many, by functions that both engines use, so that they agree.

Whole numbers over a common denominator are reckoned exactly. Where that denominator, or the outcome, is too
long to be held, numbers are taken to a hundred digits and the outcome to fifty; roots always are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, lcm

from scoring.expressions import EVERY, Statistic, StatisticKind, is_condition
from scoring.facts import Standing
from scoring.methods.peer_quantiles import quantile
from scoring.numbers import approximated, can_be_held, square_root
from scoring.rulebook.final_rules import Ties

LONGEST_DENOMINATOR = 2_000
"""So many bits; beyond, numbers are put on a decimal grid."""
_GRID_DIGITS = 100
Outcome = Fraction | Standing
SUMS = frozenset(
    {
        StatisticKind.SUM,
        StatisticKind.SUMSQ,
        StatisticKind.MEAN,
        StatisticKind.STDEV,
        StatisticKind.PSTDEV,
    }
)
"""Those made of sums; the others but the count are made of the order."""

_OF_NOTHING = frozenset({StatisticKind.COUNT, StatisticKind.RANK})
"""Nobody can be counted; and of places each unit has its own reason for having none."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Many numbers as whole numbers over one positive denominator; at least one number."""

    tops: Sequence[int]
    bottom: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a statistic came to for one unit, and how many units with a value are in its scope."""

    statistic: Statistic
    outcome: Outcome
    count: int


def on_one_denominator(tops: Sequence[int], bottoms: Sequence[int]) -> Numbers:
    """Reduced fractions as whole numbers over their least common denominator, or on a grid of 100 digits."""
    distinct = set(bottoms)
    bottom = _least_common(distinct)
    if bottom is not None:
        factors = {each: bottom // each for each in distinct}
        return Numbers([top * factors[each] for top, each in zip(tops, bottoms, strict=True)], bottom)
    greatest = max(abs(top) // each for top, each in zip(tops, bottoms, strict=True))
    if not greatest:
        least = min(each // abs(top) for top, each in zip(tops, bottoms, strict=True) if top)
        scale = 10 ** (_GRID_DIGITS + len(str(least)))
    else:
        scale = 10 ** max(_GRID_DIGITS - len(str(greatest)), 0)
    return Numbers([top * scale // each for top, each in zip(tops, bottoms, strict=True)], scale, exact=False)


def _least_common(denominators: Iterable[int]) -> int | None:
    bottom = 1
    for each in denominators:
        bottom = lcm(bottom, each)
        if bottom.bit_length() > LONGEST_DENOMINATOR:
            return None
    return bottom


def of_sums(kind: StatisticKind, numbers: Numbers) -> Outcome:
    """A sum, mean or deviation; a sample of one has no deviation (zero denominator)."""
    count, total = len(numbers.tops), sum(numbers.tops)
    if kind is StatisticKind.SUM:
        return _held(Fraction(total, numbers.bottom), numbers.exact)
    if kind is StatisticKind.MEAN:
        return _held(Fraction(total, numbers.bottom * count), numbers.exact)
    squares = sum(top * top for top in numbers.tops)
    if kind is StatisticKind.SUMSQ:
        return _held(Fraction(squares, numbers.bottom**2), numbers.exact)
    divisor = count * (count - 1 if kind is StatisticKind.STDEV else count)
    if not divisor:
        return Standing.ZERO_DENOMINATOR
    return _root(Fraction(count * squares - total * total, divisor * numbers.bottom**2), numbers.exact)


def of_order(kind: StatisticKind, ascending: Sequence[Fraction], position: Fraction | None) -> Outcome:
    """The least, the greatest, the median or a percentile (0 to 100) of numbers in ascending order."""
    if kind is StatisticKind.MIN:
        return ascending[0]
    if kind is StatisticKind.MAX:
        return ascending[-1]
    return _held(quantile(ascending, Fraction(1, 2) if position is None else position / 100), exact=True)


def places_of(values: Sequence[Fraction], ties: str) -> list[Fraction]:
    """The place of each, the greatest first; of equal ones by the way of ties, in order where ordinal."""
    order = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    places = [Fraction(0)] * len(values)
    start, run = 0, 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        run += 1
        for position in range(start, end):
            places[order[position]] = _place(ties, start + 1, end, run, position + 1)
        start = end
    return places


def _place(ties: str, best: int, worst: int, run: int, own: int) -> Fraction:
    if ties == Ties.AVERAGE:
        return Fraction(best + worst, 2)
    return Fraction({Ties.WORST: worst, Ties.DENSE: run, Ties.ORDINAL: own}.get(Ties(ties), best))


def of_group(statistic: Statistic, outcomes: Sequence[Outcome]) -> list[Found]:
    """What a statistic comes to for each unit of a scope, given the outcomes of its inner expression."""
    present = [each for each in outcomes if isinstance(each, Fraction)]
    absent = max((each for each in outcomes if isinstance(each, Standing)), default=None)
    nothing = not present and statistic.kind not in _OF_NOTHING
    if absent is not None and (statistic.scope == EVERY or nothing):
        return [Found(statistic, absent, len(present))] * len(outcomes)
    if statistic.kind is StatisticKind.RANK:
        places = iter(places_of(present, statistic.ties))
        return [
            Found(statistic, next(places) if isinstance(each, Fraction) else each, len(present))
            for each in outcomes
        ]
    return [Found(statistic, _of_values(statistic, present), len(present))] * len(outcomes)


def _of_values(statistic: Statistic, values: Sequence[Fraction]) -> Outcome:
    if statistic.kind is StatisticKind.COUNT:
        return count_of(statistic, values)
    if statistic.kind in SUMS:
        tops, bottoms = [each.numerator for each in values], [each.denominator for each in values]
        return of_sums(statistic.kind, on_one_denominator(tops, bottoms))
    return of_order(statistic.kind, sorted(values), statistic.position)


def count_of(statistic: Statistic, values: Sequence[Fraction]) -> Fraction:
    """How many values there are; of a condition how often it holds."""
    return Fraction(sum(map(bool, values)) if is_condition(statistic.inner) else len(values))


def _held(value: Fraction, exact: bool) -> Outcome:
    if exact and can_be_held(value):
        return value
    found = approximated(value)
    return Standing.UNDEFINED if found is None else found


def _root(value: Fraction, exact: bool) -> Outcome:
    """The square root: itself where it is a fraction that can be held, else to fifty digits."""
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return _held(Fraction(top, bottom), exact)
    found = square_root(value)
    return Standing.UNDEFINED if found is None else found
