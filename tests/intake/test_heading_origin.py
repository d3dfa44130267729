"""A text has no marks: its headings say whose it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.cells import FileFormat, Workbook
from intake.heading_origin import heading_marks
from tests.support.reports import agreeing_workbook, rules_2021, text, with_cells


def headed(**headings: str) -> Workbook:
    """The report of the last quarter as texts, with other headings: sheet and cell as `F01_B2`."""
    changes = {(place[:3], place[4:]): text(words) for place, words in headings.items()}
    return with_cells(replace(agreeing_workbook(), format=FileFormat.CSV_ZIP), changes)


@pytest.mark.parametrize(
    ("headings", "marks"),
    [
        ({}, {"unit": "110000", "period": "2021Q4"}),
        ({"F01_B2": "北京"}, {"unit": "110000", "period": "2021Q4"}),
        ({"F01_B2": "", "F02_D2": ""}, {"unit": "110000", "period": "2021Q4"}),
        ({"F01_B2": "天津市"}, {"period": "2021Q4"}),
        ({"F03_D2": "2021Q3"}, {"unit": "110000"}),
        ({"F03_B2": "某地"}, {"unit": "110000", "period": "2021Q4"}),
    ],
)
def test_headings_name_unit_and_period_where_they_agree(
    headings: dict[str, str], marks: dict[str, str]
) -> None:
    assert heading_marks(headed(**headings), rules_2021()) == marks
