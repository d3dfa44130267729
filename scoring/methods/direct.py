"""Direct: the value itself is the points, within limits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import (
    FULL,
    NOTHING,
    Award,
    Parameter,
    Quantity,
    Subject,
    at_least,
    at_most,
    clamp,
    limit,
)
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """公式直接计分: the formula gives points; the method only keeps them within limits."""

    least: Quantity | None = NOTHING
    """None = no limit."""
    most: Quantity | None = FULL
    """None = no limit."""

    kind: ClassVar[str] = "direct"
    title: ClassVar[str] = "公式直接计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(
            name="least",
            kind="quantity",
            default=NOTHING,
            meaning="最少得分,none 为可以为负",
            may_be_none=True,
        ),
        Parameter(
            name="most", kind="quantity", default=FULL, meaning="最多得分,none 为不封顶", may_be_none=True
        ),
    )

    def award(self, subject: Subject) -> Award:
        """The value within the limits."""
        value = Fraction(subject.value)
        points = clamp(value, limit(self.least, subject.full), limit(self.most, subject.full))
        capped = "" if value == points else f",限定在得分范围内,得 {shown(points)} 分"
        return Award(points, (f"计算值 {shown(value)} 分{capped}",))

    def lowest(self, full: Fraction) -> Fraction:
        """The lower limit; 0 where there is none."""
        return limit(self.least, full) or Fraction(0)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        return (f"按公式计算的值即得分,{at_least(self.least, full)},{at_most(self.most, full)}",)
