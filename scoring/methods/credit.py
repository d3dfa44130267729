"""Credit: so many points for each unit of the value, up to a cap."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import FULL, NOTHING, Award, Parameter, Quantity, Subject, at_most, clamp, limit
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """按件计分: each × value, at most `most`."""

    each: Fraction
    least: Quantity = NOTHING
    most: Quantity | None = FULL
    """None = no limit."""

    kind: ClassVar[str] = "credit"
    title: ClassVar[str] = "按件计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="each", kind="number", required=True, meaning="每一件(项、次)得的分"),
        Parameter(name="least", kind="quantity", default=NOTHING, meaning="最少得分"),
        Parameter(
            name="most", kind="quantity", default=FULL, meaning="最多得分,none 为不封顶", may_be_none=True
        ),
    )

    def award(self, subject: Subject) -> Award:
        """The product, within the limits."""
        raw = self.each * Fraction(subject.value)
        points = clamp(raw, self.least.points(subject.full), limit(self.most, subject.full))
        capped = "" if raw == points else f",限定在得分范围内,得 {shown(points)} 分"
        return Award(
            points, (f"{shown(Fraction(subject.value))} × {shown(self.each)} = {shown(raw)} 分{capped}",)
        )

    def lowest(self, full: Fraction) -> Fraction:
        """Its lower limit."""
        return self.least.points(full)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        return (f"每 1 得 {shown(self.each)} 分,{at_most(self.most, full)}",)
