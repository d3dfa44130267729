"""How figures are reported: periods by frequency, texts by type."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from scoring.codes import ElementCode
from scoring.facts import Amount, Standing
from scoring.reporting import read_amount, reporting_periods
from tests.support.rulesets import small_rules

ELEMENTS = small_rules().elements
NUMBER, YEARLY_NUMBER, HALF, DAY, CHOICE = (ElementCode(code) for code in ("E1", "E7", "E8", "E5", "E6"))


@pytest.mark.parametrize(
    ("code", "periods"),
    [(NUMBER, "2021Q1 2021Q2 2021Q3 2021Q4"), (HALF, "2021H1 2021H2"), (YEARLY_NUMBER, "2021")],
)
def test_an_element_is_reported_as_often_as_it_says(code: ElementCode, periods: str) -> None:
    assert reporting_periods(ELEMENTS[code], 2021) == tuple(periods.split())


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (NUMBER, "12", (Fraction(12), Standing.VALUE)),
        (NUMBER, "0", (Fraction(0), Standing.VALUE)),
        (NUMBER, "NIL", (Fraction(0), Standing.NIL)),
        (NUMBER, "NA", (None, Standing.NOT_APPLICABLE)),
        (YEARLY_NUMBER, "1.5", (Fraction("1.5"), Standing.VALUE)),
        (DAY, "2021-05-16", (Fraction(date(2021, 5, 16).toordinal()), Standing.VALUE)),
        (DAY, "NA", (None, Standing.NOT_APPLICABLE)),
        (CHOICE, "是", ("是", Standing.VALUE)),
        (CHOICE, "NA", (None, Standing.NOT_APPLICABLE)),
        (NUMBER, "", None),
        (NUMBER, "1,000", None),
        (DAY, "2021-02-30", None),
        (DAY, "20210516", None),
        (CHOICE, "也许", None),
        pytest.param(CHOICE, "NIL", None, id="a choice cannot be zero"),
        pytest.param(DAY, "NIL", None, id="nor can a day"),
    ],
)
def test_a_text_is_read_by_the_type_of_its_element(
    code: ElementCode, text: str, expected: tuple[Amount | None, Standing] | None
) -> None:
    assert read_amount(ELEMENTS[code], text) == expected
