"""The same figure in four quarters running; stocks and small figures stay the same by nature."""

from __future__ import annotations

import pytest

from intake.regularity.same_figure import same_figures
from scoring.rulebook.plausibility import Plausibility
from tests.support.looks import figure, look_at

QUARTERS = ("2021Q1", "2021Q2", "2021Q3")


@pytest.mark.parametrize(
    ("element", "amounts", "now", "told"),
    [
        ("E201", (7, 7, 7), 7, True),
        ("E201", (7, 7, 8), 7, False),
        ("E201", (8, 7, 7), 7, False),
        ("E201", (4, 4, 4), 4, False),
        ("E203", (7, 7, 7), 7, False),
        ("E201", (7, 7), 7, False),
    ],
)
def test_a_flow_that_never_changes_is_told(
    element: str, amounts: tuple[int, ...], now: int, told: bool
) -> None:
    earlier = [figure(element, *each) for each in zip(QUARTERS, amounts, strict=False)]
    found = list(same_figures(look_at([figure(element, "2021Q4", now)], earlier=earlier)))
    assert bool(found) is told
    for issue in found:
        assert "连续 4 期都是 7" in issue.zh
        assert (issue.place.cell, issue.place.row_label[:4]) == (element, element)
        assert issue.source


def test_each_member_is_looked_at_by_itself() -> None:
    earlier = [figure("E103", quarter, 7, line) for quarter in QUARTERS for line in ("海关", "药监")]
    now = [figure("E103", "2021Q4", 7, "海关"), figure("E103", "2021Q4", 9, "药监")]
    [issue] = same_figures(look_at(now, earlier=earlier))
    assert issue.place.column_label == "海关"


def test_a_rule_set_that_does_not_ask_is_not_answered() -> None:
    earlier = [figure("E201", quarter, 7) for quarter in QUARTERS]
    look = look_at([figure("E201", "2021Q4", 7)], earlier=earlier, limits=Plausibility())
    assert list(same_figures(look)) == []
