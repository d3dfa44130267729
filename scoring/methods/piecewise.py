"""Piecewise: straight lines between given points, flat before the first and after the last."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

from scoring.methods.base import Award, Parameter, Quantity, Subject
from scoring.numbers import shown


@dataclass(frozen=True, slots=True)
class Knot:
    """At this value the line passes through these points."""

    at: Fraction
    earn: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Piecewise:
    """分段线性计分. `points` ascend strictly in `at`; at least two."""

    points: tuple[Knot, ...]

    kind: ClassVar[str] = "piecewise"
    title: ClassVar[str] = "分段线性计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="points", kind="knots", required=True, meaning="折点,按 at 从小到大"),
    )

    def award(self, subject: Subject) -> Award:
        """The height of the line at the value."""
        value, full = Fraction(subject.value), subject.full
        position = bisect_right([knot.at for knot in self.points], value)
        if position in (0, len(self.points)):
            points = self.points[min(position, len(self.points) - 1)].earn.points(full)
            return Award(points, (f"{shown(value)} 在折线之外(或端点上),得 {shown(points)} 分",))
        low, high = self.points[position - 1], self.points[position]
        bottom, top = low.earn.points(full), high.earn.points(full)
        points = bottom + (top - bottom) * (value - low.at) / (high.at - low.at)
        span = f"[{shown(low.at)}, {shown(high.at)})"
        return Award(
            points,
            (f"{shown(value)} 在 {span} 段,由 {shown(bottom)} 到 {shown(top)} 按比例得 {shown(points)} 分",),
        )

    def lowest(self, full: Fraction) -> Fraction:
        """The least of what it says."""
        return min(knot.earn.points(full) for knot in self.points)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line a stretch."""
        heights = [(shown(knot.at), shown(knot.earn.points(full))) for knot in self.points]
        return tuple(
            f"{start}–{end}:由 {bottom} 分到 {top} 分按比例"
            for (start, bottom), (end, top) in pairwise(heights)
        )
