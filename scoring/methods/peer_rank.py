"""Peer rank: points by place in the group; equal values share the best, worst or mean of their places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import Award, Parameter, Subject
from scoring.methods.peer_quantiles import GROUPS
from scoring.numbers import shown

TIES = ("best", "worst", "mean")
_TIED = {"best": "较好名次", "worst": "较差名次", "mean": "平均名次"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRank:
    """组内名次计分: full × (n - place) / (n - 1); alone in the group: full.

    ties: where two share places 2 and 3, `best` gives both 2 (RANK.EQ), `worst` 3, `mean` 2.5 (RANK.AVG).
    """

    group: str = "peers"
    ties: str = "best"

    kind: ClassVar[str] = "peer_rank"
    title: ClassVar[str] = "组内名次计分"
    peers: ClassVar[bool] = True
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="group", kind="word", words=GROUPS, default="peers", meaning="同组单位,或全部单位"),
        Parameter(name="ties", kind="word", words=TIES, default="best", meaning="并列取较好、较差或平均名次"),
    )

    def award(self, subject: Subject) -> Award:
        """The share of the others that stand behind the unit's place."""
        place, count = self.place(subject), len(subject.peers)
        points = subject.full * (count - place) / (count - 1) if count > 1 else subject.full
        return Award(points, (f"组内 {count} 个单位中列第 {shown(place)},得 {shown(points)} 分",))

    def place(self, subject: Subject) -> Fraction:
        """The place by the method's way with ties; a half where a mean falls between two places."""
        value = Fraction(subject.value)
        below, upto = bisect_left(subject.peers, value), bisect_right(subject.peers, value)
        best = 1 + (len(subject.peers) - upto if subject.higher_is_better else below)
        worst = best + upto - below - 1
        return {"best": Fraction(best), "worst": Fraction(worst), "mean": Fraction(best + worst, 2)}[
            self.ties
        ]

    def lowest(self, _: Fraction) -> Fraction:
        """The last place: 0."""
        return Fraction(0)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line."""
        return (f"第一名得 {shown(full)} 分,最后一名得 0 分,其余按名次等距;并列取{_TIED[self.ties]}",)
