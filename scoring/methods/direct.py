"""Direct: the value itself is the points, within limits."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import FULL, NOTHING, Award, Parameter, Quantity, Subject, at_most, clamp, greatest
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct:
    """公式直接计分: the formula gives points; the method only keeps them within limits."""

    least: Quantity = NOTHING
    most: Quantity | None = FULL
    """None = no limit."""

    kind: ClassVar[str] = "direct"
    title: ClassVar[str] = "公式直接计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="least", kind="quantity", default=NOTHING, meaning="最少得分"),
        Parameter(
            name="most", kind="quantity", default=FULL, meaning="最多得分,none 为不封顶", may_be_none=True
        ),
    )

    def award(self, subject: Subject) -> Award:
        """The value within the limits."""
        value = Fraction(subject.value)
        points = clamp(value, self.least.points(subject.full), greatest(self.most, subject.full))
        capped = "" if value == points else f",限定在得分范围内,得 {shown(points)} 分"
        return Award(points, (f"计算值 {shown(value)} 分{capped}",))

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        least = shown(self.least.points(full))
        return (f"按公式计算的值即得分,最少 {least} 分,{at_most(self.most, full)}",)
