"""Peer quantiles: bands whose limits are quantiles of the group's own values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.methods.base import NOTHING, Award, Parameter, Quantity, Subject
from scoring.numbers import shown

GROUPS = ("peers", "all")


@dataclass(frozen=True, slots=True)
class QuantileBand:
    """At least as good as this quantile (0 to 1; better = higher) earns this."""

    at_least: Fraction
    earn: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerQuantiles:
    """组内分位计分. Bands from the best down; for lower-is-better the quantiles count from the top."""

    bands: tuple[QuantileBand, ...]
    otherwise: Quantity = NOTHING
    group: str = "peers"

    kind: ClassVar[str] = "peer_quantiles"
    title: ClassVar[str] = "组内分位计分"
    peers: ClassVar[bool] = True
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="bands", kind="bands", required=True, meaning="分位档,如 P50"),
        Parameter(name="otherwise", kind="quantity", default=NOTHING, meaning="其余的得分"),
        Parameter(name="group", kind="word", words=GROUPS, default="peers", meaning="同组单位,或全部单位"),
    )

    def award(self, subject: Subject) -> Award:
        """The first band whose quantile the value reaches."""
        value = Fraction(subject.value)
        for band in self.bands:
            position = band.at_least if subject.higher_is_better else 1 - band.at_least
            limit = quantile(subject.peers, position)
            if value >= limit if subject.higher_is_better else value <= limit:
                points = band.earn.points(subject.full)
                name = f"P{shown(band.at_least * 100)}"
                return Award(points, (f"达到组内 {name}(= {shown(limit)}),得 {shown(points)} 分",))
        points = self.otherwise.points(subject.full)
        return Award(points, (f"未达到任何分位档,得 {shown(points)} 分",))

    def lowest(self, full: Fraction) -> Fraction:
        """The least of what it says."""
        return min(self.otherwise.points(full), *(band.earn.points(full) for band in self.bands))

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line a band."""
        lines = tuple(
            f"达到 P{shown(band.at_least * 100)} 得 {shown(band.earn.points(full))} 分" for band in self.bands
        )
        return (*lines, f"其余得 {shown(self.otherwise.points(full))} 分")


def quantile(ascending: Sequence[Fraction], position: Fraction) -> Fraction:
    """The quantile at a position from 0 to 1, linear between neighbours (as PERCENTILE.INC).

    The values are in ascending order and at least one.
    """
    place = position * (len(ascending) - 1)
    low = place.numerator // place.denominator
    high = min(low + 1, len(ascending) - 1)
    return ascending[low] + (ascending[high] - ascending[low]) * (place - low)
