"""The same figures in every format that is taken: the same canonical report, digest and verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from intake.canonical import canonical_report
from intake.cells import CellKind, FileFormat, Workbook
from intake.report import Intake, Verdict, read_report
from scoring.facts import Amount, Series, Standing
from scoring.rulebook.forms import ElementType, Provider
from tests.support.biff import biff_of
from tests.support.csv_files import csv_text, csv_zip, zip_of
from tests.support.libreoffice import convert, converted
from tests.support.reports import (
    BEIJING,
    LAST_QUARTER,
    agreeing_figures,
    agreeing_workbook,
    opened,
    region_fields,
    rules_2021,
    template,
)

Write = Callable[[Workbook], bytes]


def forms_only(workbook: Workbook) -> Workbook:
    """Without cover and marks, which nobody saves as .csv."""
    return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if sheet.name.startswith("F")))


WRITERS: dict[str, tuple[FileFormat, Write]] = {
    "xls": (FileFormat.XLS, lambda book: biff_of(book).file()),
    "Excel 95 in GBK": (FileFormat.XLS, lambda book: biff_of(book, version=5).file()),
    "et": (FileFormat.XLS, lambda book: biff_of(book).file(ETExtData=bytes(64))),
    "csv in UTF-8": (FileFormat.CSV_ZIP, lambda book: csv_zip(forms_only(book), encoding="utf-8-sig")),
    "csv in GB18030, tabs": (FileFormat.CSV_ZIP, lambda book: csv_zip(forms_only(book), separator="\t")),
    "csv in UTF-16": (FileFormat.CSV_ZIP, lambda book: csv_zip(forms_only(book), encoding="utf-16")),
    "csv with semicolons": (FileFormat.CSV_ZIP, lambda book: csv_zip(forms_only(book), separator=";")),
    "csv with marks": (FileFormat.CSV_ZIP, lambda book: csv_zip(book, names="utf-8")),
    "csv under other names": (
        FileFormat.CSV_ZIP,
        lambda book: zip_of(
            (f"{number}.csv".encode(), csv_text(sheet).encode())
            for number, sheet in enumerate(forms_only(book).sheets)
        ),
    ),
}


def taken_as_file(content: bytes) -> Intake:
    return read_report(
        content, rules=rules_2021(), unit=BEIJING, period=LAST_QUARTER, provider=Provider.REGION
    )


def canonical(read: Intake) -> bytes:
    return canonical_report(read.unit, read.period, read.provider, read.facts)


@pytest.mark.parametrize("name", WRITERS)
def test_a_report_in_order_is_the_same_in_every_format(name: str) -> None:
    file_format, write = WRITERS[name]
    expected = taken_as_file(template(agreeing_figures()))
    read = taken_as_file(write(agreeing_workbook()))
    assert (expected.verdict, read.verdict) == (Verdict.IN_ORDER, Verdict.IN_ORDER)
    assert read.format == file_format
    assert canonical(read) == canonical(expected)
    assert read.figures_digest == expected.figures_digest


def any_figures(seed: int) -> dict[Series, Amount | Standing]:
    """Figures of any kind for most fields of a region: they agree with nothing, so that checks complain."""
    draw = Random(seed)  # noqa: S311 - the same figures every time
    found: dict[Series, Amount | Standing] = {}
    for field in region_fields():
        element = field.element
        if field.is_total or not draw.randrange(10):
            continue
        if element.type is ElementType.DATE:
            found[field.series] = Fraction(draw.randrange(737_000, 738_500))
        elif element.type is ElementType.CHOICE:
            found[field.series] = draw.choice(element.choices)
        elif draw.randrange(10):
            found[field.series] = Fraction(draw.randrange(10 ** draw.randrange(1, 10)), 10**element.places)
        else:
            found[field.series] = Standing.NIL
    return found


@pytest.mark.parametrize("seed", range(6))
def test_any_figures_give_the_same_facts_and_issues_in_every_format(seed: int) -> None:
    filled = any_figures(seed)
    workbook = opened(template(filled))
    expected = taken_as_file(biff_of(workbook).file())
    assert expected.verdict is Verdict.TO_CORRECT
    for name, (_, write) in WRITERS.items():
        read = taken_as_file(write(workbook))
        assert canonical(read) == canonical(expected), name
        assert read.figures_digest == expected.figures_digest
        assert [str(issue) for issue in read.issues] == [str(issue) for issue in expected.issues], name
    xlsx = taken_as_file(template(filled))
    assert canonical(xlsx) == canonical(expected)
    assert [issue.code for issue in xlsx.issues] == [issue.code for issue in expected.issues]


def test_what_libreoffice_saves_in_other_formats_is_the_same_report() -> None:
    content = template(agreeing_figures())
    expected = taken_as_file(content)
    xls = taken_as_file(convert(content, "xls"))
    tables = converted(content, "csv")
    texts = zip_of((name.encode(), data) for name, data in tables.items() if "-F" in name)
    read = taken_as_file(texts)
    assert (xls.verdict, read.verdict) == (Verdict.IN_ORDER, Verdict.IN_ORDER), [*xls.issues, *read.issues]
    assert xls.figures_digest == read.figures_digest == expected.figures_digest


def test_a_template_that_libreoffice_saved_unfilled_says_nothing_it_did_not_say_before() -> None:
    content = template({})
    expected, read = taken_as_file(content), taken_as_file(convert(content, "xls"))
    assert [issue.code for issue in read.issues] == [issue.code for issue in expected.issues]


def test_one_text_is_one_form_and_says_where_the_others_belong() -> None:
    (sheet,) = (sheet for sheet in agreeing_workbook().sheets if sheet.name.startswith("F02"))
    read = taken_as_file(csv_text(sheet).encode("gb18030"))
    assert read.format == FileFormat.CSV
    assert {issue.code for issue in read.issues} == {"sheet-beside-csv"}
    assert all(".zip" in issue.fix_zh for issue in read.issues)
    assert {fact.series.element[:2] for fact in read.facts} == {"E2"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("北京市", "天津市", "wrong-unit"), ("2021年第四季度", "2021年第三季度", "wrong-period")],
)
def test_a_text_of_another_unit_or_quarter_is_not_read(old: str, new: str, code: str) -> None:
    sheet = agreeing_workbook().sheets[1]
    read = taken_as_file(csv_text(sheet).replace(old, new).encode())
    assert (read.verdict, read.facts) == (Verdict.UNREADABLE, ())
    assert [(issue.code, issue.place.cell) for issue in read.issues] == [
        (code, "B2" if code == "wrong-unit" else "D2")
    ]


def test_a_text_without_headings_is_nobodys() -> None:
    text = csv_text(agreeing_workbook().sheets[1]).replace("北京市", "").replace("2021年第四季度", "")
    read = taken_as_file(text.encode())
    assert [issue.code for issue in read.issues] == ["origin-unknown"]


def test_the_kinds_of_cells_of_a_text_are_those_of_the_workbook() -> None:
    sheet = agreeing_workbook().sheets[1]
    numbers = sum(cell.kind is CellKind.NUMBER for cell in sheet.cells.values())
    assert numbers > 100
    assert taken_as_file(csv_text(sheet).encode()).normalisations[1:] == ()
