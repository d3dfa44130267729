"""Peer range: the group's best earns full points, its worst none, the others in proportion."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import FULL, Award, Parameter, Quantity, Subject
from scoring.methods.peer_quantiles import GROUPS
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRange:
    """组内极差计分(最大最小值法). All alike in the group: `equal`."""

    best: str = "max"
    equal: Quantity = FULL
    group: str = "peers"

    kind: ClassVar[str] = "peer_range"
    title: ClassVar[str] = "组内极差计分"
    peers: ClassVar[bool] = True
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(
            name="best", kind="word", words=("max", "min"), default="max", meaning="最好的是最大值还是最小值"
        ),
        Parameter(name="equal", kind="quantity", default=FULL, meaning="组内全部相同时的得分"),
        Parameter(name="group", kind="word", words=GROUPS, default="peers", meaning="同组单位,或全部单位"),
    )

    def award(self, subject: Subject) -> Award:
        """Full × (value - worst) / (best - worst)."""
        low, high = subject.peers[0], subject.peers[-1]
        if low == high:
            points = self.equal.points(subject.full)
            return Award(points, (f"组内各单位相同(均为 {shown(low)}),得 {shown(points)} 分",))
        best, worst = (high, low) if self.best == "max" else (low, high)
        points = subject.full * (Fraction(subject.value) - worst) / (best - worst)
        return Award(points, (f"组内最好 {shown(best)}、最差 {shown(worst)},按位置得 {shown(points)} 分",))

    def lowest(self, full: Fraction) -> Fraction:
        """The worst of the group: 0."""
        return min(Fraction(0), self.equal.points(full))

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        formula = (
            "(本单位 − 最小) ÷ (最大 − 最小)" if self.best == "max" else "(最大 − 本单位) ÷ (最大 − 最小)"
        )
        return (f"组内 {formula} × {shown(full)} 分;组内全部相同得 {shown(self.equal.points(full))} 分",)
