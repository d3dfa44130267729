"""Runs of neighbouring figures that are another's, or last quarter's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.regularity.equal_blocks import equal_blocks
from scoring.codes import PeriodCode, UnitCode
from scoring.facts import Fact
from tests.support.looks import figure, look_at

ELEMENTS = ("E201", "E202", "E205", "E206", "E209", "E210", "E301", "E302", "E303")
TIANJIN = UnitCode("120000")


def report(*amounts: int) -> list[Fact]:
    return [figure(code, "2021Q4", amount) for code, amount in zip(ELEMENTS, amounts, strict=False)]


OWN = report(11, 22, 33, 44, 55, 66, 77)


@pytest.mark.parametrize(
    ("theirs", "own", "figures"),
    [
        ((11, 22, 33, 44, 55, 66, 78), OWN, 6),
        ((11, 22, 33, 44, 55, 67, 77), OWN, 0),
        ((12, 22, 33, 44, 55, 66, 77), OWN, 6),
        ((11, 22, 33, 44, 55, 66, 77), OWN, 7),
        ((11, 22, 3, 33, 44, 55, 66), report(11, 22, 3, 33, 44, 55, 66), 6),
        ((11, 11, 11, 22, 22, 22), report(11, 11, 11, 22, 22, 22), 0),
        ((0, 0, 0, 0, 0, 0), report(0, 0, 0, 0, 0, 0), 0),
    ],
    ids=["six", "five", "six later", "all", "a small one between", "two amounts", "zeros"],
)
def test_a_block_that_is_another_units_is_told_once(
    theirs: tuple[int, ...], own: list[Fact], figures: int
) -> None:
    others = [replace(fact, unit=TIANJIN) for fact in report(*theirs)]
    found = list(equal_blocks(look_at(own, others={TIANJIN: others})))
    assert len(found) == bool(figures)
    for issue in found:
        assert f"相邻的 {figures} 个数与天津市" in issue.zh
        assert issue.place.sheet


def test_a_block_of_the_units_own_last_quarter_is_told_and_stocks_do_not_count() -> None:
    last = [replace(fact, series=fact.series._replace(period=PeriodCode("2021Q3"))) for fact in OWN]
    [issue] = equal_blocks(look_at(OWN, earlier=last))
    assert "本单位上一期" in issue.zh
    stocks = [figure(code, "2021Q4", amount) for code, amount in (("E203", 11), ("E204", 22), ("E207", 33))]
    before = [replace(fact, series=fact.series._replace(period=PeriodCode("2021Q3"))) for fact in stocks]
    found = list(equal_blocks(look_at([*OWN[:3], *stocks], earlier=[*last[:3], *before])))
    assert found == []
