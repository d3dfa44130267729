"""The float64 program for W that an analyst would write: one indicator after the other, plain numpy."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.w_case import BONUS_CAP, BONUS_EACH, GRADES, VETO_ABOVE, Rule, item_sizes
from scoring.methods.attain import Attain
from scoring.methods.deduction import Deduction
from scoring.methods.ladder import Ladder
from scoring.methods.peer_range import PeerRange
from scoring.methods.piecewise import Piecewise
from scoring.methods.slope import Slope

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FloatScores:
    """What the program gives: points by indicator, the scores, the grades and the places (0 = none)."""

    points: list[Doubles]
    items: list[Doubles]
    sections: list[Doubles]
    base: Doubles
    final: Doubles
    score: Doubles
    grades: NDArray[np.intp]
    ranks: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class FloatRule:
    """A rule with its parameters as doubles, made ready outside the timed part."""

    kind: str
    top: str
    bottom: str
    full: float
    weight: float
    numbers: tuple[float, ...] = ()
    limits: tuple[float, ...] = ()
    earned: tuple[float, ...] = ()


def float_rule(rule: Rule) -> FloatRule:
    """The rule in doubles."""
    method, full = rule.method, rule.full
    numbers: tuple[float, ...] = ()
    limits: tuple[float, ...] = ()
    earned: tuple[float, ...] = ()
    if isinstance(method, Slope):
        numbers = (float(method.target), float(method.deduct / method.per))
    elif isinstance(method, Ladder):
        limits = tuple(float(rung.threshold) for rung in method.rungs)
        earned = tuple(float(rung.earn.points(full)) for rung in method.rungs)
    elif isinstance(method, Piecewise):
        limits = tuple(float(knot.at) for knot in method.points)
        earned = tuple(float(knot.earn.points(full)) for knot in method.points)
    elif isinstance(method, Deduction):
        numbers = (float(method.each),)
    elif isinstance(method, Attain):
        numbers = (float(full / method.target),)
    elif isinstance(method, PeerRange):
        numbers = (1.0 if method.best == "max" else 0.0,)
    return FloatRule(
        rule.kind, rule.top, rule.bottom, float(full), float(rule.weight), numbers, limits, earned
    )


def half_up(points: Doubles) -> Doubles:
    """Rounded half up to two decimals, as doubles allow."""
    return np.floor(points * 100 + 0.5) / 100


def points_of(rule: FloatRule, value: Doubles) -> Doubles:
    """The points of one indicator for all units."""
    full = rule.full
    if rule.kind == "slope":
        target, each = rule.numbers
        return half_up(np.clip(full - (target - value) * each, 0, full))
    if rule.kind == "ladder":
        points = np.zeros(len(value))
        for limit, earned in zip(reversed(rule.limits), reversed(rule.earned), strict=True):
            points = np.where(value >= limit, earned, points)
        return half_up(points)
    if rule.kind == "piecewise":
        return half_up(np.interp(value, rule.limits, rule.earned))
    if rule.kind == "deduction":
        return half_up(np.clip(full - rule.numbers[0] * value, 0, full))
    if rule.kind == "attain":
        return half_up(np.clip(rule.numbers[0] * value, 0, full))
    if rule.kind == "peer_range":
        low, high = value.min(), value.max()
        above = value - low if rule.numbers[0] else high - value
        return half_up(full * above / (high - low))
    behind = np.searchsorted(np.sort(value), value, side="right") - 1
    return half_up(full * behind / (len(value) - 1))


def float_scores(rules: list[FloatRule], columns: dict[str, Doubles]) -> FloatScores:
    """W in doubles."""
    points = []
    for rule in rules:
        value = columns[rule.top]
        if rule.bottom:
            value = 100 * value / columns[rule.bottom]
        points.append(points_of(rule, value))
    items, sections = [], []
    ends = np.cumsum([0, *item_sizes()]).tolist()
    for start, end in pairwise(ends):
        item = rules[start].weight * points[start]
        for place in range(start + 1, end):
            item = item + rules[place].weight * points[place]
        items.append(item)
    for start in range(0, len(items), 4):
        sections.append(items[start] + items[start + 1] + items[start + 2] + items[start + 3])
    base = sections[0]
    for section in sections[1:]:
        base = base + section
    final = base + np.minimum(float(BONUS_EACH) * columns["C19"], float(BONUS_CAP))
    score = half_up(final)
    vetoed = columns["C01"] > float(VETO_ABOVE)
    grades = len(GRADES) - np.searchsorted(sorted(float(limit) for limit in GRADES), score, side="right")
    grades[vetoed] = len(GRADES)
    ranked = np.flatnonzero(~vetoed)
    ranks = np.zeros(len(final), dtype=np.intp)
    ranks[ranked] = places(final[ranked])
    return FloatScores(points, items, sections, base, final, score, grades, ranks)


def places(points: Doubles) -> NDArray[np.intp]:
    """Competition places, the greatest first."""
    return len(points) - np.searchsorted(np.sort(points), points, side="right") + 1
