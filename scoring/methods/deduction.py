"""Deduction: full points, less so many for each unit of the value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import FULL, NOTHING, Award, Parameter, Quantity, Subject, clamp
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """按件扣分: full - each × value, not under `least` (扣完为止)."""

    each: Fraction
    least: Quantity = NOTHING

    kind: ClassVar[str] = "deduction"
    title: ClassVar[str] = "按件扣分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="each", kind="number", required=True, meaning="每一件(处、个)扣的分"),
        Parameter(name="least", kind="quantity", default=NOTHING, meaning="最少得分"),
    )

    def award(self, subject: Subject) -> Award:
        """What is left of full points, which a negative value never exceeds."""
        value = Fraction(subject.value)
        off = self.each * value
        points = clamp(subject.full - off, self.least.points(subject.full), FULL.points(subject.full))
        step = f"{shown(value)} × {shown(self.each)} = 扣 {shown(off)} 分,得 {shown(points)} 分"
        return Award(points, (step,))

    def lowest(self, full: Fraction) -> Fraction:
        """Its lower limit."""
        return self.least.points(full)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        least = self.least.points(full)
        floor = "扣完为止" if least == 0 else f"最少得 {shown(least)} 分"
        return (f"满分 {shown(full)} 分,每 1 扣 {shown(self.each)} 分,{floor}",)
