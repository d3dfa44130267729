"""Where the dots go: whole numbers, in order, none on top of another."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest

from web.charts import strip_of, trend_of


def scores(*numbers: int) -> list[tuple[str, Fraction, str]]:
    return [(f"单位{position}", Fraction(each), "best") for position, each in enumerate(numbers)]


def test_no_dots_without_scores() -> None:
    strip = strip_of([], None)
    assert (strip.dots, strip.ticks, strip.mean) == ((), (), None)


@pytest.mark.parametrize("numbers", [(80,) * 32, (0, 100), tuple(range(60, 92)), (70,), (0,) * 32])
def test_dots_do_not_touch_and_stay_inside(numbers: tuple[int, ...]) -> None:
    strip = strip_of(scores(*numbers), Fraction(sum(numbers), len(numbers)))
    assert len(strip.dots) == len(numbers)
    for one, other in combinations(strip.dots, 2):
        assert abs(one.x - other.x) >= 12 or abs(one.y - other.y) >= 12
    for dot in strip.dots:
        assert 0 < dot.x < strip.width
        assert 0 < dot.y < strip.base


def test_a_higher_score_lies_further_right_and_the_axis_spans_all() -> None:
    strip = strip_of(scores(99, 61, 80), Fraction(80))
    assert [dot.score for dot in sorted(strip.dots, key=lambda dot: dot.x)] == [61, 80, 99]
    assert (strip.ticks[0].label, strip.ticks[-1].label) == ("60", "100")
    assert strip.ticks[0].at < (strip.mean or 0) < strip.ticks[-1].at


def test_a_trend_needs_two_periods() -> None:
    assert trend_of([("一季度", Fraction(1), "1", "", True)]) is None


def test_a_trend_rises_with_the_score() -> None:
    trend = trend_of(
        [("一季度", Fraction(60), "60", "", False), ("年度", Fraction(90), "90", "", True)],
    )
    assert trend is not None
    first, last = trend.stops
    assert first.x < last.x < trend.width
    assert 0 < last.y < first.y <= trend.base
    assert trend.line == f"{first.x},{first.y} {last.x},{last.y}"
    assert trend.area.startswith(f"{first.x},{trend.base} ")


def test_equal_scores_make_a_level_trend() -> None:
    trend = trend_of([(str(each), Fraction(80), "80", "", False) for each in range(3)])
    assert trend is not None
    assert len({stop.y for stop in trend.stops}) == 1
