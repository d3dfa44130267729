"""Whether the points of each scoring method rise or fall with the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from scoring.methods.base import Method, Quantity
from scoring.rulebook.meaning.trends import Trend, sign_trend


def method_trend(method: Method, full: Fraction, *, higher_is_better: bool) -> Trend:
    """How the points of a method move with the value; unknown for a method that is not known here."""
    reader = _METHODS.get(method.kind)
    return reader(method, full, higher_is_better) if reader is not None else Trend.UNKNOWN


def _steps(earned: Iterable[Quantity], full: Fraction) -> Trend:
    """Of points one after the other, in the order in which the value grows."""
    found = Trend.FLAT
    for low, high in pairwise(each.points(full) for each in earned):
        found = found.and_(sign_trend(high - low))
    return found


def _ladder(method: Any, full: Fraction, _: bool) -> Trend:
    downward = method.rungs[0].test in {"at_least", "above"}
    earned = [*(rung.earn for rung in method.rungs), method.otherwise]
    return _steps(reversed(earned) if downward else earned, full)


def _slope(method: Any, _: Fraction, higher: bool) -> Trend:
    short, beyond = sign_trend(method.deduct), sign_trend(method.add)
    towards = short.and_(beyond)
    return towards if higher else towards.turned()


def _quantiles(method: Any, full: Fraction, higher: bool) -> Trend:
    worst_first = [method.otherwise, *(band.earn for band in reversed(method.bands))]
    found = _steps(worst_first, full)
    return found if higher else found.turned()


_METHODS: Mapping[str, Callable[[Any, Fraction, bool], Trend]] = {
    "ladder": _ladder,
    "slope": _slope,
    "attain": lambda method, full, _: sign_trend(full).then(sign_trend(method.target - method.start)),
    "piecewise": lambda method, full, _: _steps((knot.earn for knot in method.points), full),
    "credit": lambda method, _, __: sign_trend(method.each),
    "deduction": lambda method, _, __: sign_trend(-method.each),
    "direct": lambda _, __, ___: Trend.RISES,
    "checklist": lambda _, __, ___: Trend.RISES,
    "peer_range": lambda method, full, _: sign_trend(full if method.best == "max" else -full),
    "peer_rank": lambda _, full, higher: sign_trend(full if higher else -full),
    "peer_quantiles": _quantiles,
}
