"""The oracle for W: the same rules once more in Python's integers, written without the engine's parts.

Numbers of any length in object arrays: slow, but it never rounds where it should not and never overflows.
`benchmarks.score_w` holds it to the plain engine's fractions up to 3,000 units, then uses it for 40,000.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.w_case import BONUS_CAP, BONUS_EACH, GRADES, VETO_ABOVE, Cents, Rule, item_sizes, rules
from scoring.methods.attain import Attain
from scoring.methods.deduction import Deduction
from scoring.methods.ladder import Ladder
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.methods.piecewise import Piecewise
from scoring.methods.slope import Slope

Integers = NDArray[Any]
"""Python integers in an object array."""
_FINE = 2**80
"""Fractions of numbers below 2^36 keep their order when cut to whole multiples of 1/2^80."""


@dataclass(frozen=True, slots=True)
class OracleScores:
    """Points by indicator in hundredths, final scores in thousandths, shown scores in hundredths.

    grades: positions from the best. ranks: 0 for units without a place.
    """

    points: list[Integers]
    base: Integers
    final: Integers
    score: Integers
    grades: list[int]
    ranks: list[int]


def oracle_scores(cents: Cents) -> OracleScores:
    """W in integers."""
    figures = {code: column.astype(object) for code, column in cents.items()}
    given_rules = rules()
    points = [_points(rule, figures) for rule in given_rules]
    ends = np.cumsum([0, *item_sizes()]).tolist()
    weighted = [int(rule.weight * 10) * own for rule, own in zip(given_rules, points, strict=True)]
    items = [np.sum(weighted[start:end], axis=0) for start, end in pairwise(ends)]
    base = np.sum(items, axis=0)
    # a hundredth of a count is worth `each` hundredths of a point
    bonus = np.minimum(figures["C19"] * int(BONUS_EACH * 10), int(BONUS_CAP * 1000))
    final = base + bonus
    score = _half_up(final, 10)
    vetoed = (figures["C01"] > int(VETO_ABOVE * 100)).tolist()
    limits = [int(limit) * 100 for limit in GRADES]
    grades = [
        len(limits) if lost else sum(own < limit for limit in limits)
        for own, lost in zip(score.tolist(), vetoed, strict=True)
    ]
    ranks = _ranks([None if lost else own for own, lost in zip(final.tolist(), vetoed, strict=True)])
    return OracleScores(points, base, final, score, grades, ranks)


def _points(rule: Rule, figures: dict[str, Integers]) -> Integers:
    """Rounded points of all units, in hundredths."""
    method, full = rule.method, rule.full * 100
    top = figures[rule.top] * (100 if rule.bottom else 1)
    bottom = figures[rule.bottom] if rule.bottom else np.full(len(top), 100, dtype=object)
    if isinstance(method, Slope):
        each = method.deduct / method.per * 100
        return np.clip(_line(each, full - each * method.target, top, bottom), 0, int(full))
    if isinstance(method, Deduction):
        return np.clip(_line(-method.each * 100, full, top, bottom), 0, int(full))
    if isinstance(method, Attain):
        return np.clip(_line(full / method.target, Fraction(0), top, bottom), 0, int(full))
    if isinstance(method, Ladder):
        return _steps(method, full, top, bottom)
    if isinstance(method, Piecewise):
        return _bends(method, full, top, bottom)
    if isinstance(method, PeerRange):
        return _range(method, full, top, bottom)
    if isinstance(method, PeerRank):
        return _places(full, top, bottom)
    raise TypeError(method.kind)


def _half_up(top: Integers, bottom: Integers | int) -> Integers:
    return np.asarray((2 * top + bottom) // (2 * bottom))


def _line(slope: Fraction, offset: Fraction, top: Integers, bottom: Integers) -> Integers:
    """The line slope × top / bottom + offset, rounded half up (below zero only the sign matters)."""
    common = math.lcm(slope.denominator, offset.denominator)
    return _half_up(int(slope * common) * top + int(offset * common) * bottom, common * bottom)


def _steps(method: Ladder, full: Fraction, top: Integers, bottom: Integers) -> Integers:
    found = np.zeros(len(top), dtype=object)
    for rung in reversed(method.rungs):
        earned = rung.earn.points(full)
        reached = top * rung.threshold.denominator >= rung.threshold.numerator * bottom
        found = np.where(reached, int(_half_up(np.array([earned.numerator]), earned.denominator)[0]), found)
    return found


def _bends(method: Piecewise, full: Fraction, top: Integers, bottom: Integers) -> Integers:
    knots = [(knot.at, knot.earn.points(full)) for knot in method.points]
    found = np.full(len(top), int(knots[0][1]), dtype=object)
    for (start, low), (end, high) in pairwise(knots):
        slope = (high - low) / (end - start)
        beyond = top * start.denominator >= start.numerator * bottom
        found = np.where(beyond, _line(slope, low - slope * start, top, bottom), found)
    at, most = knots[-1]
    return np.where(top * at.denominator >= at.numerator * bottom, int(most), found)


def _range(method: PeerRange, full: Fraction, top: Integers, bottom: Integers) -> Integers:
    order = np.argsort(top * _FINE // bottom, kind="stable")
    low, high = (Fraction(top[order[place]], bottom[order[place]]) for place in (0, -1))
    best, worst = (high, low) if method.best == "max" else (low, high)
    slope = full / (best - worst)
    return _line(slope, -slope * worst, top, bottom)


def _places(full: Fraction, top: Integers, bottom: Integers) -> Integers:
    ranks = _ranks((top * _FINE // bottom).tolist())
    behind = np.array([len(ranks) - rank for rank in ranks], dtype=object)
    return _half_up(full.numerator * behind, full.denominator * (len(ranks) - 1))


def _ranks(keys: list[int | None]) -> list[int]:
    """Competition places, the greatest first; 0 where there is no key."""
    places: dict[int, int] = {}
    for place, key in enumerate(sorted((key for key in keys if key is not None), reverse=True), start=1):
        places.setdefault(key, place)
    return [0 if key is None else places[key] for key in keys]
