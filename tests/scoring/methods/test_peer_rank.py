"""Points by place: who stands before whom, and what equal values share."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.methods.base import Subject
from scoring.methods.peer_rank import PeerRank

GROUP = (Fraction(60), Fraction(80), Fraction(80), Fraction(90), Fraction(95))
"""Five units: places 5, 3 and 4 (tied), 2, 1 where higher is better."""


@pytest.mark.parametrize(
    ("ties", "higher", "value", "place", "points"),
    [
        ("best", True, 95, "1", "10"),
        ("best", True, 80, "3", "5"),
        ("worst", True, 80, "4", "2.5"),
        ("mean", True, 80, "7/2", "3.75"),
        ("best", True, 60, "5", "0"),
        ("worst", True, 60, "5", "0"),
        ("best", False, 60, "1", "10"),
        ("best", False, 80, "2", "7.5"),
        ("worst", False, 80, "3", "5"),
        ("mean", False, 80, "5/2", "6.25"),
        ("mean", False, 95, "5", "0"),
    ],
)
def test_points_go_by_the_place_that_ties_share(
    ties: str, higher: bool, value: int, place: str, points: str
) -> None:
    method, subject = PeerRank(ties=ties), Subject(Fraction(value), Fraction(10), higher, GROUP)
    assert method.place(subject) == Fraction(place)
    assert method.award(subject).points == Fraction(points)


@pytest.mark.parametrize(("ties", "points"), [("best", 10), ("worst", 0), ("mean", 5)])
def test_where_all_are_alike_the_way_with_ties_decides_everything(ties: str, points: int) -> None:
    subject = Subject(Fraction(3), Fraction(10), True, (Fraction(3),) * 4)
    assert PeerRank(ties=ties).award(subject).points == points


@pytest.mark.parametrize("ties", ["best", "worst", "mean"])
def test_a_unit_alone_in_its_group_earns_full_points(ties: str) -> None:
    assert PeerRank(ties=ties).award(Subject(Fraction(3), Fraction(10), True, (Fraction(3),))).points == 10


def test_the_printed_rule_names_the_way_with_ties() -> None:
    assert [
        PeerRank(ties=ties).describe(Fraction(2))[0].rpartition("并列取")[2]
        for ties in ("best", "worst", "mean")
    ] == [
        "较好名次",
        "较差名次",
        "平均名次",
    ]
