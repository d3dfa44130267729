"""Graded: a named judgement earns what its scale says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import NOTHING, Award, Parameter, Quantity, Subject
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """评级计分. The value is a choice; a word that the scale does not have earns `otherwise`."""

    scale: Mapping[str, Quantity]
    otherwise: Quantity = NOTHING

    kind: ClassVar[str] = "graded"
    title: ClassVar[str] = "评级计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="scale", kind="scale", required=True, meaning="每个评语对应的得分"),
        Parameter(name="otherwise", kind="quantity", default=NOTHING, meaning="不在表内时的得分"),
    )

    def award(self, subject: Subject) -> Award:
        """The points of the word."""
        points = self.scale.get(str(subject.value), self.otherwise).points(subject.full)
        return Award(points, (f"评为“{subject.value}”,得 {shown(points)} 分",))

    def lowest(self, full: Fraction) -> Fraction:
        """The least of what it says."""
        return min(each.points(full) for each in (self.otherwise, *self.scale.values()))

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line a word."""
        return tuple(f"{word} 得 {shown(earn.points(full))} 分" for word, earn in self.scale.items())
