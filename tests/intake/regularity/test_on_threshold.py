"""Rates that are exactly a step of their scoring, quarter after quarter."""

from __future__ import annotations

import pytest

from intake.regularity.on_threshold import on_thresholds
from scoring.facts import Fact
from tests.support.looks import figure, look_at

QUARTERS = ("2021Q2", "2021Q3", "2021Q4")


def closing_rates(*rates: tuple[int, int]) -> tuple[list[Fact], list[Fact]]:
    """Filed and closed cases of the net (I01-1, steps at 95, 90, 80 and 70 %), by quarter; the last apart."""
    facts = [
        figure(code, quarter, amount if line == "市场监管" else 0, line)
        for quarter, (filed, closed) in zip(QUARTERS, rates, strict=True)
        for code, amount in (("E111", filed), ("E112", closed))
        for line in ("市场监管", "文化版权")
    ]
    now = [fact for fact in facts if fact.series.period == QUARTERS[-1]]
    return now, [fact for fact in facts if fact not in now]


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        (((20, 18), (40, 36), (10, 9)), True),
        (((20, 18), (40, 36), (10, 8)), False),
        (((20, 18), (40, 38), (10, 9)), False),
        (((20, 20), (40, 40), (10, 10)), False),
        (((20, 17), (20, 17), (20, 17)), False),
        (((0, 0), (40, 36), (10, 9)), False),
    ],
    ids=["on 90 %", "now on 80 %", "once on 95 %", "all done", "on no step", "once without cases"],
)
def test_a_rate_on_the_same_step_three_times_is_told(rates: tuple[tuple[int, int], ...], told: bool) -> None:
    now, earlier = closing_rates(*rates)
    found = list(on_thresholds(look_at(now, earlier=earlier)))
    assert bool(found) is told
    for issue in found:
        assert "I01-1 网络领域案件结案率 连续 3 期正好等于计分的档线 90%" in issue.zh
        assert issue.place.row_label.startswith("E112")


def test_an_unknown_quarter_tells_nothing() -> None:
    now, earlier = closing_rates((20, 18), (40, 36), (10, 9))
    known = [fact for fact in earlier if fact.series.period != "2021Q2"]
    assert list(on_thresholds(look_at(now, earlier=known))) == []
