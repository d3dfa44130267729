"""Schemas are made once for the same fields, and judge each report by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from intake.entries import Entry
from intake.readings import Reading, State
from intake.spots import Spot
from intake.typed import type_issues
from tests.support.reports import region_fields

COUNT = next(field for field in region_fields() if field.element.code == "E201")


def entry(figure: str, element: object = COUNT.element) -> Entry:
    field = replace(COUNT, element=element)  # type: ignore[arg-type]  # an element like it
    reading = Reading(State.VALUE, number=Decimal(figure))
    return Entry(field=field, spot=Spot("F02", "D5", None), text=figure, reading=reading)


def codes(figure: str, element: object = COUNT.element) -> list[str]:
    return [issue.code for _, issue in type_issues([entry(figure, element)])]


def test_what_one_report_held_is_not_held_against_the_next() -> None:
    assert [codes(figure) for figure in ("1", "-1", "2", "1.5")] == [[], ["below-minimum"], [], ["not-whole"]]


def test_another_element_in_the_same_place_has_bounds_of_its_own() -> None:
    bounded = replace(COUNT.element, maximum=COUNT.element.minimum)
    assert codes("7") == []
    assert codes("7", bounded) == ["above-maximum"]
    assert codes("7") == []


@pytest.mark.parametrize("figures", [("1", "-1"), ("-1", "1")])
def test_reports_read_side_by_side_do_not_meet(figures: tuple[str, str]) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(codes, figures * 10))
    assert found == [["below-minimum"] if figure == "-1" else [] for figure in figures * 10]
