"""A report in a file says whose it is by its marks, or by its headings where it has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.report import Intake, Verdict
from services.errors import Invalid
from services.report_files import check_file
from tests.support.biff import biff_of
from tests.support.csv_files import csv_text, zip_of
from tests.support.reports import agreeing_workbook

RULES = Path(__file__).parents[2] / "rules" / "national" / "2021"


def checked(folder: Path, content: bytes, unit: str = "") -> Intake:
    """The file under a name that says nothing."""
    file = folder / "x.xlsx"
    file.write_bytes(content)
    return check_file(folder=RULES, file=file, unit=unit).intake


def texts(old: str = "", new: str = "") -> bytes:
    """The forms of the report as texts in a zip, without the marks."""
    sheets = [sheet for sheet in agreeing_workbook().sheets if sheet.name.startswith("F")]
    return zip_of(
        (f"{number}.csv".encode(), csv_text(sheet).replace(old or "\0", new).encode("gb18030"))
        for number, sheet in enumerate(sheets)
    )


def test_every_format_is_checked_at_a_desk(tmp_path: Path) -> None:
    xls, csv = checked(tmp_path, biff_of(agreeing_workbook()).file()), checked(tmp_path, texts())
    for read in (xls, csv):
        assert (read.verdict, read.unit, read.period.code) == (Verdict.IN_ORDER, "110000", "2021Q4")
    assert xls.figures_digest == csv.figures_digest


def test_a_text_that_does_not_say_whose_it_is_needs_to_be_told(tmp_path: Path) -> None:
    content = texts("北京市", "某省")
    with pytest.raises(Invalid):
        checked(tmp_path, content)
    read = checked(tmp_path, content, unit="110000")
    assert {issue.code for issue in read.issues} == {"heading-unit-unknown"}


def test_a_text_of_another_unit_than_asked_for_is_not_read(tmp_path: Path) -> None:
    read = checked(tmp_path, texts(), unit="120000")
    assert (read.verdict, {issue.code for issue in read.issues}) == (Verdict.UNREADABLE, {"wrong-unit"})
