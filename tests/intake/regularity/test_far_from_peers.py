"""Figures per head against those of the unit's group."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from intake.regularity.far_from_peers import far_from_peers
from scoring.codes import UnitCode
from scoring.errors import Issue
from scoring.facts import Fact
from tests.support.looks import figure, look_at
from tests.support.reports import BEIJING, rules_2021

UNITS = rules_2021().units
EAST = [code for code, unit in UNITS.items() if unit.attributes["group"] == "东部" and code != BEIJING]


def people(unit: UnitCode) -> Fraction:
    return Fraction(UNITS[unit].attributes["population"])


def others(units: list[UnitCode], per_million: Mapping[int, int] | None = None) -> dict[str, list[Fact]]:
    """About 100 links a million people, a few more or fewer."""
    wanted = per_million or {}
    return {
        unit: [figure("E201", "2021Q4", people(unit) * wanted.get(place, 95 + place) / 10**6, unit=unit)]
        for place, unit in enumerate(units)
    }


def told(per_million: int, units: list[UnitCode]) -> list[Issue]:
    own = figure("E201", "2021Q4", people(BEIJING) * per_million / 10**6)
    return list(far_from_peers(look_at([own], others=others(units))))


@pytest.mark.parametrize(
    ("per_million", "far"), [(100, False), (386, False), (387, True), (26, False), (25, True)]
)
def test_a_figure_far_from_the_groups_median_is_told(per_million: int, far: bool) -> None:
    # 0.6745 · ln(3.9017) / ln(1.3) = 3.5, and the median is 99
    found = told(per_million, EAST)
    assert bool(found) is far
    for issue in found:
        assert f"按常住人口折算后偏离同组（东部） {len(EAST)} 个单位的中位数" in issue.zh
        assert issue.place.row_label.startswith("E201")


def test_a_group_of_few_is_widened_to_all_units_and_few_units_tell_nothing() -> None:
    west = [code for code, unit in UNITS.items() if unit.attributes["group"] == "西部"]
    [issue] = told(1000, [*EAST[:5], *west[:3]])
    assert "偏离全部 8 个单位" in issue.zh
    assert told(1000, EAST[:5]) == []


def test_small_figures_are_compared_with_nothing() -> None:
    own = figure("E201", "2021Q4", 29)
    assert list(far_from_peers(look_at([own], others=others(EAST)))) == []
