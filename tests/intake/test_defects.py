"""However much of a right report is spoilt, exactly that is named: nothing is lost, nothing invented."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.report import Verdict
from scoring.errors import Severity
from tests.support.report_defects import (
    BY_SPOT,
    DATES,
    ENTERED,
    NUMBERS,
    RELATIONS,
    chosen,
    drawing,
    drawn,
    expected,
    faulty_fields,
    said,
    with_defects,
)
from tests.support.reports import agreeing_workbook, taken

STRUCTURAL = (
    *("row-renamed", "measure-changed", "row-code-misspelt", "row-missing", "row-unknown"),
    *("heading-unit-differs", "heading-unit-unknown", "heading-blank", "heading-period-differs"),
    *("nil-box-unknown", "row-without-code", "stray-value", "column-extra", "merged-inputs"),
    *("sheet-hidden", "sheet-missing", "sheet-doubled"),
)
IN_CELLS = {*NUMBERS, *ENTERED, *DATES, "not-whole", "too-many-places", "converted-too-fine"}


@given(st.integers(1, 200), st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_every_defect_is_named_once_at_its_cell_and_nothing_else_is(count: int, random: Random) -> None:
    defects = chosen(count, random)
    found = taken(with_defects(defects))
    assert said(found) == expected(defects)
    assert found.faulty == len(faulty_fields(defects, found))
    hard = any(issue.severity is Severity.HARD for issue in found.issues)
    assert found.verdict is (Verdict.TO_CORRECT if hard else Verdict.TO_EXPLAIN)


def test_the_defects_reach_200_places_at_once() -> None:
    assert max(expected(chosen(200, drawing(seed))).total() for seed in range(20)) == 200


@pytest.mark.parametrize("code", sorted({*IN_CELLS, *RELATIONS, "total-differs", *STRUCTURAL}))
def test_every_kind_of_defect_is_drawn(code: str) -> None:
    assert code in drawn()


def test_no_fact_is_made_of_a_spoilt_cell_and_all_others_are() -> None:
    defects = [defect for defect in chosen(80, drawing(7)) if "check-" not in defect.told[0][2]]
    found = taken(with_defects(defects))
    faulty = faulty_fields(defects, found)
    named = {(issue.place.sheet, issue.place.cell) for issue in found.issues if issue.code == "cell-blank"}
    wrong = {
        each.series
        for spot, each in BY_SPOT.items()
        if not each.is_total and (each.number in faulty or spot in named)
    }
    facts = {fact.series: fact.amount for fact in found.facts}
    right = {fact.series: fact.amount for fact in taken(agreeing_workbook()).facts}
    assert facts == {series: amount for series, amount in right.items() if series not in wrong}
    assert set(found.missing) == wrong
