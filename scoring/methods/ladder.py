"""Ladder: the first rung whose threshold the value reaches says the points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import NOTHING, Award, Parameter, Quantity, Subject
from scoring.numbers import shown

SIGNS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: at_least and at_most include the threshold, above and below do not."""

    test: str
    threshold: Fraction
    earn: Quantity

    def holds(self, value: Fraction) -> bool:
        """Whether the value stands on this rung or beyond it."""
        if self.test == "at_least":
            return value >= self.threshold
        if self.test == "above":
            return value > self.threshold
        return value <= self.threshold if self.test == "at_most" else value < self.threshold

    def __str__(self) -> str:
        """For people: "≥95"."""
        return f"{SIGNS[self.test]}{shown(self.threshold)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """阶梯计分. Rungs are asked from the first to the last; none holds: `otherwise`."""

    rungs: tuple[Rung, ...]
    otherwise: Quantity = NOTHING

    kind: ClassVar[str] = "ladder"
    title: ClassVar[str] = "阶梯计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="rungs", kind="rungs", required=True, meaning="自上而下的档次,第一个符合的档次计分"),
        Parameter(name="otherwise", kind="quantity", default=NOTHING, meaning="各档都不符合时的得分"),
    )

    def award(self, subject: Subject) -> Award:
        """The points of the first rung that holds."""
        value = Fraction(subject.value)
        for rung in self.rungs:
            if rung.holds(value):
                points = rung.earn.points(subject.full)
                return Award(points, (f"{shown(value)} {rung},该档得 {shown(points)} 分",))
        points = self.otherwise.points(subject.full)
        return Award(points, (f"{shown(value)} 不在任何一档,得 {shown(points)} 分",))

    def lowest(self, full: Fraction) -> Fraction:
        """The least of what it says."""
        return min(self.otherwise.points(full), *(rung.earn.points(full) for rung in self.rungs))

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line a rung."""
        lines = tuple(f"{rung} 得 {shown(rung.earn.points(full))} 分" for rung in self.rungs)
        return (*lines, f"其余得 {shown(self.otherwise.points(full))} 分")
