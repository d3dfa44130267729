"""Peer rank: points by place in the group, equal values sharing the better place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import Award, Parameter, Subject
from scoring.methods.peer_quantiles import GROUPS
from scoring.numbers import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRank:
    """组内名次计分: full × (n - place) / (n - 1) with competition places; alone in the group: full."""

    group: str = "peers"

    kind: ClassVar[str] = "peer_rank"
    title: ClassVar[str] = "组内名次计分"
    peers: ClassVar[bool] = True
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="group", kind="word", words=GROUPS, default="peers", meaning="同组单位,或全部单位"),
    )

    def award(self, subject: Subject) -> Award:
        """The share of the others that do not stand before the unit."""
        value, count = Fraction(subject.value), len(subject.peers)
        ahead = count - bisect_right(subject.peers, value)
        if not subject.higher_is_better:
            ahead = bisect_left(subject.peers, value)
        points = subject.full * Fraction(count - 1 - ahead, count - 1) if count > 1 else subject.full
        return Award(points, (f"组内 {count} 个单位中列第 {ahead + 1},得 {shown(points)} 分",))

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        return (f"第一名得 {shown(full)} 分,最后一名得 0 分,其余按名次等距;并列取较好名次",)
