"""Slope: full points at the target, so many points off for each step short of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import FULL, NOTHING, Award, Parameter, Quantity, Subject, clamp, limit
from scoring.numbers import RoundingMode, round_quotient, shown

STEPS = ("continuous", "whole", "started")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """按差距扣分(每低一个百分点扣…分). Beyond the target `add` points a step, up to `most`."""

    target: Fraction
    deduct: Fraction
    per: Fraction = Fraction(1)
    add: Fraction = Fraction(0)
    steps: str = "continuous"
    least: Quantity = NOTHING
    most: Quantity | None = FULL
    """None = no limit."""

    kind: ClassVar[str] = "slope"
    title: ClassVar[str] = "按差距扣分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="target", kind="number", required=True, meaning="达到即得满分的值"),
        Parameter(name="deduct", kind="number", required=True, meaning="每差一步扣的分"),
        Parameter(name="per", kind="positive", default=Fraction(1), meaning="一步的大小,与指标同一计量单位"),
        Parameter(name="add", kind="number", default=Fraction(0), meaning="每超一步加的分"),
        Parameter(
            name="steps",
            kind="word",
            words=STEPS,
            default="continuous",
            meaning="按比例、只算整步、不足一步按一步",
        ),
        Parameter(name="least", kind="quantity", default=NOTHING, meaning="最少得分"),
        Parameter(
            name="most", kind="quantity", default=FULL, meaning="最多得分,none 为不封顶", may_be_none=True
        ),
    )

    def award(self, subject: Subject) -> Award:
        """Full points less the shortfall's deduction, or with the surplus's addition."""
        value, full = Fraction(subject.value), subject.full
        gap = self.target - value if subject.higher_is_better else value - self.target
        count = self.count(abs(gap) / self.per)
        moved = -count * self.deduct if gap > 0 else count * self.add
        points = clamp(full + moved, self.least.points(full), limit(self.most, full))
        if gap > 0:
            step = f"比目标 {shown(self.target)} 差 {shown(gap)},扣 {shown(-moved)} 分,得 {shown(points)} 分"
        else:
            step = f"达到目标 {shown(self.target)},得 {shown(points)} 分"
        return Award(points, (step,))

    def count(self, steps: Fraction) -> Fraction:
        """How many steps count, of a distance given in steps (not negative)."""
        if self.steps == "continuous":
            return steps
        mode = RoundingMode.FLOOR if self.steps == "whole" else RoundingMode.CEIL
        return Fraction(round_quotient(steps.numerator, steps.denominator, mode))

    def lowest(self, full: Fraction) -> Fraction:
        """Its lower limit."""
        return self.least.points(full)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        added = f",每超 {shown(self.per)} 加 {shown(self.add)} 分" if self.add else ""
        least = self.least.points(full)
        floor = "扣完为止" if least == 0 else f"最少得 {shown(least)} 分"
        whole = {"continuous": "", "whole": "(只算整步)", "started": "(不足一步按一步)"}[self.steps]
        return (
            f"达到 {shown(self.target)} 得满分 {shown(full)} 分,"
            f"每差 {shown(self.per)} 扣 {shown(self.deduct)} 分{whole}{added},{floor}",
        )
