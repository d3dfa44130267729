"""Doubtful figures: one issue for a cell, with the limit's source, and a word where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from intake.check_results import NotRun
from intake.report import Intake, Verdict
from scoring.codes import ElementCode, PeriodCode
from scoring.errors import Issue, Severity
from scoring.facts import Fact, Series, gather_facts
from tests.support.reports import (
    BEIJING,
    agreeing_workbook,
    cell_of,
    number,
    taken,
    text,
    with_cells,
)

RIGHT = agreeing_workbook()


def told(now: str, earlier: Mapping[str, str], element: str = "E901") -> Intake:
    """What is said of a figure of the last quarter, after the earlier ones."""
    facts = [
        Fact(BEIJING, Series(ElementCode(element), PeriodCode(period)), Fraction(amount))
        for period, amount in earlier.items()
    ]
    changes = {cell_of(RIGHT, element): number(now)}
    return taken(with_cells(RIGHT, changes), earlier=gather_facts([BEIJING], facts))


def doubts(found: Intake) -> list[Issue]:
    return [issue for issue in found.issues if issue.code == "doubtful-figure"]


@pytest.mark.parametrize(
    ("now", "earlier", "says"),
    [
        ("130", {"2021Q3": "100"}, []),
        ("131", {"2021Q3": "100"}, ["比上一期的 100 增加 31%，超过 30%"]),
        ("69", {"2021Q3": "100"}, ["比上一期的 100 减少 31%"]),
        ("70", {"2021Q3": "100"}, []),
        ("300", {"2021Q3": "29"}, []),
        ("40", {"2021Q3": "30"}, ["比上一期的 30 增加 33.3%"]),
        ("20", {"2021Q3": "35"}, ["比上一期的 35 减少 42.9%"]),
        ("100", {"2020Q4": "50"}, ["比上年同期的 50 增加 100%"]),
        ("100", {"2021Q3": "50", "2020Q4": "60"}, ["比上一期的 50 增加 100%", "比上年同期的 60 增加 66.7%"]),
        ("100", {"2021Q2": "10"}, []),
    ],
)
def test_a_change_beyond_the_limit_wants_an_explanation(
    now: str, earlier: dict[str, str], says: list[str]
) -> None:
    found = doubts(told(now, earlier))
    assert len(found) == bool(says)
    for each in says:
        assert each in found[0].zh
        assert found[0].severity is Severity.SOFT
        assert "30%" in found[0].source


HISTORY = {"2020Q1": "96", "2020Q2": "104", "2020Q3": "98", "2021Q1": "102"}


@pytest.mark.parametrize(
    ("now", "earlier", "outlier"),
    [
        ("126", HISTORY, False),
        ("135", HISTORY, True),
        ("70", HISTORY, True),
        ("135", {period: HISTORY[period] for period in ("2020Q1", "2020Q2", "2020Q3")}, False),
        ("45", {**dict.fromkeys(HISTORY, "20"), "2020Q2": "21"}, False),
    ],
)
def test_a_figure_far_from_all_earlier_ones_wants_an_explanation(
    now: str, earlier: dict[str, str], outlier: bool
) -> None:
    found = doubts(told(now, earlier, "E203"))
    assert bool(found) is outlier
    for issue in found:
        assert f"偏离以往 {len(earlier)} 期的中位数 " in issue.zh
        assert "Iglewicz" in issue.source


def test_several_reasons_are_one_issue_at_one_cell() -> None:
    found = told("200", {**HISTORY, "2020Q4": "100", "2021Q2": "99", "2021Q3": "101"})
    [issue] = doubts(found)
    assert (issue.place.sheet, issue.place.cell) == cell_of(RIGHT, "E901")
    for part in ("上一期", "上年同期", "中位数"):
        assert part in issue.zh
    assert found.verdict is Verdict.TO_EXPLAIN


@pytest.mark.parametrize("change", [None, text("很多"), number("-3")], ids=["blank", "words", "negative"])
def test_what_was_not_read_is_not_doubted(change: object) -> None:
    fact = Fact(BEIJING, Series(ElementCode("E901"), PeriodCode("2021Q3")), Fraction(1000))
    changed = with_cells(RIGHT, {cell_of(RIGHT, "E901"): change})  # type: ignore[dict-item]
    assert doubts(taken(changed, earlier=gather_facts([BEIJING], [fact]))) == []


def test_without_earlier_figures_both_looks_are_listed_as_not_taken_once_a_form() -> None:
    found = [(each.check, each.form) for each in taken(RIGHT).checks_not_run if each.reason is NotRun.UNKNOWN]
    changes = [form for check, form in found if check == "change"]
    history = [form for check, form in found if check == "history"]
    assert changes == ["F01", "F02", "F03", "F04", "F06", "F09"]
    assert history == [f"F{number:02d}" for number in range(1, 12)]  # F12 has running figures only


def test_running_annual_figures_grow_by_themselves() -> None:
    earlier = {f"{year}H{half}": "100" for year in (2019, 2020) for half in (1, 2)} | {"2021H1": "100"}
    facts = [
        Fact(BEIJING, Series(ElementCode("E804"), PeriodCode(period)), Fraction(amount))
        for period, amount in earlier.items()
    ]
    found = taken(RIGHT, earlier=gather_facts([BEIJING], facts))
    assert doubts(found) == []
