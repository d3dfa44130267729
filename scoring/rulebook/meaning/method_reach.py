"""Which points a method can give, for the values that there can be; and where it jumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from scoring.methods.base import Method, Quantity, Subject, limit
from scoring.methods.ladder import Ladder
from scoring.rulebook.meaning.intervals import EVERYTHING, Interval, hull, point
from scoring.rulebook.meaning.method_trends import method_trend
from scoring.rulebook.meaning.trends import Trend


@dataclass(frozen=True, slots=True)
class Band:
    """Values that earn the same points; rung is its place among the rungs, None for the rest."""

    values: Interval
    earn: Quantity
    rung: int | None = None


def bands_of(ladder: Ladder) -> tuple[Band, ...]:
    """The ladder as bands in its own order, each with its sides; the rest last, empty if nothing is left."""
    left, found = EVERYTHING, []
    for at, rung in enumerate(ladder.rungs):
        own, others = _parted(rung.test, rung.threshold)
        found.append(Band(left.meet(own), rung.earn, at))
        left = left.meet(others)
    return (*found, Band(left, ladder.otherwise))


def _parted(test: str, threshold: Fraction) -> tuple[Interval, Interval]:
    if test in {"at_least", "above"}:
        open_ = test == "above"
        return Interval(low=threshold, low_open=open_), Interval(high=threshold, high_open=not open_)
    open_ = test == "below"
    return Interval(high=threshold, high_open=open_), Interval(low=threshold, low_open=not open_)


def points_reached(method: Method, full: Fraction, values: Interval, *, higher_is_better: bool) -> Interval:
    """The bounds of the points for values of an interval; everything for a method that is not known here."""
    if isinstance(method, Ladder):
        bands = [each for each in bands_of(method) if not each.values.meet(values).is_empty]
        return hull(point(each.earn.points(full)) for each in bands)
    reader = _READERS.get(method.kind)
    return reader(method, full, values, higher_is_better) if reader is not None else EVERYTHING


def _by_ends(method: Any, full: Fraction, values: Interval, higher: bool) -> Interval:
    """Of a method that only rises or only falls: the points at both ends, or its limits if there is none."""
    trend = method_trend(method, full, higher_is_better=higher)
    if trend is Trend.UNKNOWN:
        return EVERYTHING
    least, most = _limits(method, full)
    if least is not None and most is not None and least >= most:
        return point(least)
    ends = [
        None if end is None else method.award(Subject(end, full, higher)).points
        for end in (values.low, values.high)
    ]
    if trend is Trend.FALLS:
        ends.reverse()
    if trend is Trend.FLAT and ends == [None, None]:
        ends = [method.award(Subject(Fraction(0), full, higher)).points] * 2
    low, high = ends
    return Interval(least if low is None else low, most if high is None else high)


def _limits(method: Any, full: Fraction) -> tuple[Fraction | None, Fraction | None]:
    least = limit(getattr(method, "least", None), full)
    most = limit(method.most, full) if hasattr(method, "most") else full
    return least, most


def _knots(method: Any, full: Fraction, values: Interval, higher: bool) -> Interval:
    inside = [knot.earn.points(full) for knot in method.points if values.has(knot.at)]
    low = method.points[0].at if values.low is None else values.low
    high = method.points[-1].at if values.high is None else values.high
    ends = [method.award(Subject(each, full, higher)).points for each in (low, high)]
    return hull(point(each) for each in (*inside, *ends))


def _between_peers(method: Any, full: Fraction, _: Interval, __: bool) -> Interval:
    earned = [Fraction(0), full]
    if method.kind == "peer_quantiles":
        earned = [each.points(full) for each in (method.otherwise, *(band.earn for band in method.bands))]
    if method.kind == "peer_range":
        earned.append(method.equal.points(full))
    return hull(point(each) for each in earned)


def _judged(method: Any, full: Fraction, _: Interval, __: bool) -> Interval:
    return hull(point(each.points(full)) for each in (method.otherwise, *method.scale.values()))


@dataclass(frozen=True, slots=True)
class Jump:
    """At this value the points jump from one amount to another; below is what earns the first of them."""

    at: Fraction
    below: Fraction
    above: Fraction

    @property
    def size(self) -> Fraction:
        """How many points."""
        return abs(self.above - self.below)


def jumps_of(method: Method, full: Fraction, values: Interval) -> Iterator[Jump]:
    """The jumps of a ladder among the values that there can be; those of steps of a slope are its steps."""
    if not isinstance(method, Ladder):
        return
    live = [each for each in bands_of(method) if not each.values.meet(values).is_empty]
    ordered = sorted(live, key=lambda each: (each.values.low is not None, each.values.low or Fraction(0)))
    for low, high in pairwise(ordered):
        at = high.values.low
        if at is not None:
            yield Jump(at, low.earn.points(full), high.earn.points(full))


_READERS: Mapping[str, Callable[[Any, Fraction, Interval, bool], Interval]] = {
    **dict.fromkeys(("slope", "attain", "credit", "deduction", "direct", "checklist"), _by_ends),
    "piecewise": _knots,
    "graded": _judged,
    **dict.fromkeys(("peer_range", "peer_rank", "peer_quantiles"), _between_peers),
}
