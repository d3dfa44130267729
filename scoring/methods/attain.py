"""Attainment: points in proportion to how much of the target was reached."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import FULL, NOTHING, Award, Parameter, Quantity, Subject, at_most, clamp, limit
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Attain:
    """按完成程度计分: full × (value - start) / (target - start), at most `most`."""

    target: Fraction
    start: Fraction = Fraction(0)
    least: Quantity = NOTHING
    most: Quantity | None = FULL
    """None = no limit."""

    kind: ClassVar[str] = "attain"
    title: ClassVar[str] = "按完成程度计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="target", kind="number", required=True, meaning="得满分的值"),
        Parameter(name="start", kind="number", default=Fraction(0), meaning="开始得分的值,不能等于 target"),
        Parameter(name="least", kind="quantity", default=NOTHING, meaning="最少得分"),
        Parameter(
            name="most", kind="quantity", default=FULL, meaning="最多得分,none 为不封顶", may_be_none=True
        ),
    )

    def award(self, subject: Subject) -> Award:
        """The proportion of full points; works downwards too where target < start."""
        full = subject.full
        share = (Fraction(subject.value) - self.start) / (self.target - self.start)
        points = clamp(full * share, self.least.points(full), limit(self.most, full))
        step = f"完成目标的 {shown(share * 100, 4)}%,{shown(full)} × {shown(share)} = {shown(full * share)}"
        capped = "" if points == full * share else f",限定在得分范围内,得 {shown(points)} 分"
        return Award(points, (step + capped,))

    def lowest(self, full: Fraction) -> Fraction:
        """Its lower limit."""
        return self.least.points(full)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        start = f"(从 {shown(self.start)} 起算)" if self.start else ""
        return (f"实际值 ÷ {shown(self.target)} × {shown(full)} 分{start},{at_most(self.most, full)}",)
