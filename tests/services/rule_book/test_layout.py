"""Fractions, powers and cases on one line, with brackets only where they are needed."""

from __future__ import annotations

import pytest

from services.rule_book.layout import (
    PRODUCT,
    SUM,
    Cases,
    Layout,
    Named,
    Quotient,
    Raised,
    Root,
    Words,
    joined,
    row,
    spoken,
)

A, B = Words("甲"), Words("乙")
TOTAL = row(A, Words(" + "), B, level=SUM)
TIMES = row(A, Words(" × "), B, level=PRODUCT)


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (Quotient(A, B), "甲 ÷ 乙"),
        (Quotient(TIMES, B), "甲 × 乙 ÷ 乙"),
        (Quotient(TOTAL, B), "（甲 + 乙） ÷ 乙"),
        (Quotient(A, TIMES), "甲 ÷ （甲 × 乙）"),
        (Quotient(A, Quotient(A, B)), "甲 ÷ （甲 ÷ 乙）"),
        (Raised(TOTAL, A), "（甲 + 乙）^甲"),
        (Raised(A, Quotient(A, B)), "甲^（甲 ÷ 乙）"),
        (Root(TIMES), "√（甲 × 乙）"),
        (Named("甲", "E1"), "甲〔E1〕"),
        (Named("甲", ""), "甲"),
        (Cases(((A, B), (B, A)), Words("0")), "乙时为甲；甲时为乙；其余为0"),
        (joined([A, B], "、"), "甲、乙"),
        (joined([], "、"), ""),
    ],
)
def test_a_layout_reads_as_one_line(layout: Layout, expected: str) -> None:
    assert spoken(layout) == expected
