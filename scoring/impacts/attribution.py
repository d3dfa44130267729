"""Splits a difference exactly over the steps that led to it, whatever the order in which they are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import factorial, lcm

MOST_SPLIT = 8
"""Up to so many steps every combination of them is tried; 2 ** 8 of them."""
Worth = Sequence[Fraction]
"""What one combination of steps comes to: any number of figures, the same for each combination."""
Steps = frozenset[int]


@dataclass(frozen=True, slots=True)
class Split:
    """One figure's difference as a sum: a part for each step, and what no single part accounts for."""

    parts: tuple[Fraction, ...]
    rest: Fraction = Fraction(0)

    @property
    def whole(self) -> Fraction:
        """The difference."""
        return sum(self.parts, self.rest)


def split_difference(
    count: int, worth: Callable[[Steps], Worth], before: Worth, after: Worth
) -> tuple[Split, ...]:
    """For each figure its difference from before to after, over `count` steps.

    Up to MOST_SPLIT steps: Shapley's parts, each the mean of what the step brings over all orders of taking
    the steps. Beyond: what each step brings by itself. Parts and rest always sum to the difference; the rest
    is 0 where every combination was tried and all steps together come to `after`.
    """
    if not count:
        return tuple(_split((), *ends) for ends in zip(before, after, strict=True))
    parts = _mean_parts(count, worth, before) if count <= MOST_SPLIT else _lone_parts(count, worth, before)
    return tuple(
        _split(tuple(part[place] for part in parts), *ends)
        for place, ends in enumerate(zip(before, after, strict=True))
    )


def _split(parts: tuple[Fraction, ...], before: Fraction, after: Fraction) -> Split:
    return Split(parts, after - before - sum(parts, Fraction(0)))


def _lone_parts(count: int, worth: Callable[[Steps], Worth], before: Worth) -> list[list[Fraction]]:
    alone = (worth(frozenset({step})) for step in range(count))
    return [[new - old for new, old in zip(each, before, strict=True)] for each in alone]


def _mean_parts(count: int, worth: Callable[[Steps], Worth], before: Worth) -> list[list[Fraction]]:
    found = {frozenset[int](): before}
    for size in range(1, count + 1):
        for steps in combinations(range(count), size):
            found[frozenset(steps)] = worth(frozenset(steps))
    columns = zip(*found.values(), strict=True)
    split = [_shapley(count, list(found), column) for column in columns]
    return [[parts[step] for parts in split] for step in range(count)]


def _shapley(count: int, steps: Sequence[Steps], column: Sequence[Fraction]) -> list[Fraction]:
    """The parts of one figure, worked in whole numbers over one denominator."""
    if len(set(column)) == 1:
        return [Fraction(0)] * count
    scale = lcm(*(each.denominator for each in column))
    whole = [each.numerator * (scale // each.denominator) for each in column]
    sums = [0] * count
    for taken, value in zip(steps, whole, strict=True):
        given = _weights(count)
        for step in range(count):
            sums[step] += value * (given[len(taken) - 1] if step in taken else -given[len(taken)])
    return [Fraction(each, scale * factorial(count)) for each in sums]


@cache
def _weights(count: int) -> Mapping[int, int]:
    """In how many of all orders exactly these many steps come before a given one."""
    return {size: factorial(size) * factorial(count - size - 1) for size in range(count)} | {count: 0, -1: 0}
