"""What is read of real and of hand-made workbooks, cell by cell."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from intake.cells import Cell, CellKind, Sheet, Visibility
from intake.limits import Limits
from intake.numbers_text import decimal_of
from intake.strict_xlsx import parse_xlsx
from tests.support.hostile_containers import Case
from tests.support.hostile_xlsx import CELLS, FORBIDDEN, MARKUP, TABS
from tests.support.read_xlsx import first_sheet, read
from tests.support.xlsx import (
    MAIN,
    OFFICE,
    Part,
    make_xlsx,
    one_cell,
    pack,
    plain_parts,
    relationships,
    sheet_xml,
    strings_xml,
    styles_xml,
    workbook_xml,
    xlsx_parts,
)

HOSTILE = {**FORBIDDEN, **MARKUP, **CELLS, **TABS}


def written(fill: Callable[[xlsxwriter.Workbook, Any], None], **options: Any) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as workbook:
        fill(workbook, workbook.add_worksheet("表1"))
    return buffer.getvalue()


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def texts(sheet: Sheet) -> dict[str, tuple[CellKind, str]]:
    return {address: (cell.kind, cell.text) for address, cell in sheet.cells.items()}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in HOSTILE.items()])
def test_a_hostile_workbook_is_refused_by_its_name(case: Case) -> None:
    build, code = case
    workbook, refusals = parse_xlsx(build())
    assert workbook is None
    assert [refusal.code for refusal in refusals] == [code]


def test_a_refused_cell_is_named_with_its_sheet() -> None:
    _, refusals = parse_xlsx(make_xlsx(one_cell('<c r="C7"><v>约12</v></c>', row=7)))
    (refusal,) = refusals
    assert (refusal.sheet, refusal.cell, refusal.facts) == ("表1", "C7", {"value": "约12"})


def test_every_sheet_and_every_forbidden_thing_is_reported_at_once() -> None:
    bad = one_cell('<c r="A1"><v>x</v></c>')
    names = "".join(f'<sheet name="表{n}" r:id="rId{n}"/>' for n in (1, 2, 3))
    arrows = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in (1, 2, 3)]
    content = make_xlsx(
        bad,
        changed={
            "xl/workbook.xml": workbook_xml(names),
            "xl/_rels/workbook.xml.rels": relationships(*arrows),
            "xl/worksheets/sheet2.xml": sheet_xml(),
            "xl/worksheets/sheet3.xml": bad,
            "xl/vbaProject.bin": b"x",
            "xl/embeddings/oleObject1.bin": b"x",
        },
    )
    _, refusals = parse_xlsx(content)
    found = [(refusal.code, refusal.sheet) for refusal in refusals]
    assert found == [("macros", ""), ("embedded-objects", ""), ("bad-number", "表1"), ("bad-number", "表3")]


# ---- real programs ----


def test_what_xlsxwriter_writes_is_read_with_kind_text_and_format() -> None:
    def fill(workbook: xlsxwriter.Workbook, sheet: Any) -> None:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write("A1", "案件数")
        sheet.write("B1", 0.1 + 0.2)
        sheet.write("C1", True)
        sheet.write_datetime("D1", datetime.date(2021, 3, 31), day)
        sheet.write_formula("E1", "=B1*2", None, 0.6)
        sheet.write_formula("F1", "=1/0", None, "#DIV/0!")
        sheet.write_formula("G1", '=""', None, "")
        sheet.write_array_formula("H1:I1", "{=A1:B1}", None, 5)
        sheet.write("I1", 6)
        sheet.write("J1", "001234")
        sheet.write_blank("K1", None, day)
        sheet.merge_range("A3:C3", "合并")
        workbook.set_custom_property("form", "M1")

    workbook = read(written(fill))
    sheet = workbook.sheets[0]
    assert texts(sheet) == {
        "A1": (CellKind.TEXT, "案件数"),
        "B1": (CellKind.NUMBER, "0.3"),
        "C1": (CellKind.BOOLEAN, "1"),
        "D1": (CellKind.DATE, "44286"),
        "E1": (CellKind.NUMBER, "0.6"),
        "F1": (CellKind.ERROR, "#DIV/0!"),
        "G1": (CellKind.BLANK, ""),
        "H1": (CellKind.NUMBER, "5"),
        "I1": (CellKind.NUMBER, "6"),
        "J1": (CellKind.TEXT, "001234"),
        "A3": (CellKind.TEXT, "合并"),
    }
    formulas = {address: cell.formula for address, cell in sheet.cells.items() if cell.formula}
    assert formulas == {"E1": "B1*2", "F1": "1/0", "G1": '""', "H1": "A1:B1", "I1": "A1:B1"}
    assert sheet.cells["D1"].number_format == "yyyy-mm-dd"
    assert sheet.merged == ("A3:C3",)
    assert workbook.properties == {"form": "M1"}
    assert workbook.application == "Microsoft Excel"


def test_what_openpyxl_writes_is_read_with_its_formula_without_a_result() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 3
    sheet["A2"] = "=A1+1"
    sheet["A3"] = " 甲 "
    sheet["A4"] = 0.1 + 0.2
    sheet["A5"] = datetime.date(2021, 3, 31)
    sheet["B5"] = False
    sheet["C9"].fill = PatternFill("solid", "FFFF0000")
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    book.create_sheet("_meta").sheet_state = "veryHidden"
    book.epoch = CALENDAR_MAC_1904
    workbook = read(saved(book))
    assert texts(workbook.sheets[0]) == {
        "A1": (CellKind.NUMBER, "3"),
        "A2": (CellKind.BLANK, ""),
        "A3": (CellKind.TEXT, " 甲 "),
        "A4": (CellKind.NUMBER, "0.3"),
        "A5": (CellKind.DATE, "42824"),
        "B5": (CellKind.BOOLEAN, "0"),
    }
    assert workbook.sheets[0].cells["A2"].formula == "A1+1"
    assert workbook.date1904
    assert [sheet.visibility for sheet in workbook.sheets] == list(Visibility)


@pytest.mark.parametrize("engine", ["openpyxl", "xlsxwriter"])
def test_what_pandas_writes_is_read_with_equal_values(engine: Any) -> None:
    frame = pd.DataFrame({"地区": ["北京", "上海"], "件数": [12, None], "金额": [0.285, -3.5]})
    buffer = io.BytesIO()
    frame.to_excel(buffer, index=False, engine=engine)
    sheet = first_sheet(buffer.getvalue())
    values = {
        address: cell.text if cell.kind is CellKind.TEXT else decimal_of(cell)
        for address, cell in sheet.cells.items()
    }
    assert values == {
        "A1": "地区",
        "B1": "件数",
        "C1": "金额",
        "A2": "北京",
        "B2": Decimal(12),
        "C2": Decimal("0.285"),
        "A3": "上海",
        "C3": Decimal("-3.5"),
    }


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 40), st.integers(0, 12)),
        st.one_of(
            st.text(
                st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff\r"),
                min_size=1,
                max_size=30,
            ),
            st.integers(-(10**15) + 1, 10**15 - 1),
            st.decimals(-(10**6), 10**6, places=4).map(float),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_whatever_is_written_is_read_back_at_its_address(cells: dict[tuple[int, int], Any]) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: Any) -> None:
        for (row, column), value in cells.items():
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, value)

    sheet = first_sheet(written(fill))
    found = {(cell.row - 1, cell.column - 1): _value(cell) for cell in sheet.cells.values()}
    assert found == {place: Decimal(repr(v)) if type(v) is float else v for place, v in cells.items()}


def _value(cell: Cell) -> object:
    if cell.kind is CellKind.BOOLEAN:
        return cell.text == "1"
    return cell.text if cell.kind is CellKind.TEXT else decimal_of(cell)


# ---- whatever comes ----

MUTATED = xlsx_parts(
    sheet_xml(
        '<row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f t="shared" si="0">A1+SUM(1:2)</f>'
        '<v>1.5E-3</v></c></row><row r="2"><c r="B2" t="e"><f t="shared" si="0"/><v>#N/A</v></c>'
        '<c r="C2" t="inlineStr"><is><r><t>_x000D_</t></r></is></c>'
        '<c r="D2"><f t="array" ref="D2:E3">ROW()</f><v>1</v></c></row>',
        before='<sheetFormatPr zeroHeight="0"/><cols><col min="1" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:C9"/></mergeCells>',
    ),
    strings=strings_xml("<t>甲</t>", "<r><t>b</t></r><rPh><t>x</t></rPh>"),
    styles=styles_xml("0.00", "yyyy"),
)
SPLINTERS = [
    *("<v>", "</v>", "<c/>", "<f>", "<is>", "<t>", "<row>", "</row>", "<!--", "-->", "<![CDATA[", "]]>"),
    *('r="A1"', 's="', 't="', 'si="', "0", "-1", "9" * 20, '"', "<", ">", "&", "&#0;", "_xD800_", "\0", " "),
    *("XFD1048576", "A1:", "External", "../../", "sst", "\uffff"),
]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_change_of_any_part_makes_the_reader_fail(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(MUTATED)))
    text = MUTATED[name].decode()
    for _ in range(data.draw(st.integers(1, 4))):
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        inserted = data.draw(st.sampled_from([*SPLINTERS, text[start:end]]))
        kept_from = data.draw(st.sampled_from([start, min(start + 9, end)]))
        text = text[:start] + inserted + text[kept_from:]
    workbook, refusals = parse_xlsx(pack(plain_parts({**MUTATED, name: text.encode()})))
    assert (workbook is None) == bool(refusals)


# ---- the whole ----


def test_the_digest_is_of_the_bytes() -> None:
    content = make_xlsx()
    assert read(content).digest == hashlib.sha256(content).hexdigest()


def test_a_sheet_and_a_cell_are_found_by_name() -> None:
    workbook = read(make_xlsx(one_cell('<c r="A1"><v>1</v></c>')))
    sheet = workbook.sheet("表1")
    assert sheet is not None
    assert workbook.sheet("表2") is None
    assert sheet.cell("A1") is sheet.cells["A1"]
    assert sheet.cell("A2") is None


def test_the_strict_variant_of_the_format_is_read_alike() -> None:
    transitional = xlsx_parts(one_cell('<c r="A1"><v>1</v></c>'))
    main, office = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"schemas.openxmlformats.org/officeDocument/2006",
    )
    strict = {
        name: data.replace(main.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            office, b"purl.oclc.org/ooxml/officeDocument"
        )
        for name, data in transitional.items()
    }
    assert first_sheet(pack(plain_parts(strict))) == first_sheet(pack(plain_parts(transitional)))


def test_absolute_targets_and_chart_sheets_are_followed() -> None:
    content = make_xlsx(
        changed={
            "xl/workbook.xml": workbook_xml('<sheet name="图" r:id="rId1"/><sheet name="表" r:id="rId2"/>'),
            "xl/_rels/workbook.xml.rels": relationships(
                ("rId1", "chartsheet", "chartsheets/sheet1.xml"),
                ("rId2", "worksheet", "/xl/worksheets/../worksheets/sheet1.xml"),
            ),
        }
    )
    assert [(sheet.name, len(sheet.cells)) for sheet in read(content).sheets] == [("图", 0), ("表", 0)]


def test_hyperlinks_to_the_network_are_no_external_links() -> None:
    content = make_xlsx(
        changed={
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                ("rId1", "hyperlink", "https://example.invalid/", "External")
            )
        }
    )
    assert read(content).sheets[0].name == "表1"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(cells=1), "too-many-cells"),
        (Limits(rows=1), "too-many-rows"),
        (Limits(columns=1), "too-many-columns"),
        (Limits(text_characters=1), "text-too-long"),
        (Limits(workbook_characters=3), "too-much-text"),
        (Limits(parts=6), "too-many-parts"),
        (Limits(sheets=0), "too-many-sheets"),
        (Limits(file_bytes=100), "file-too-large"),
        (Limits(unpacked_bytes=1000), "unpacked-too-large"),
        (Limits(elements=10), "too-many-elements"),
        (Limits(xml_depth=3), "xml-too-deep"),
    ],
)
def test_every_limit_can_be_set(limits: Limits, code: str) -> None:
    rows = '<row r="1"><c r="B1"><v>12</v></c></row><row r="2"><c r="A2"><v>34</v></c></row>'
    _, refusals = parse_xlsx(make_xlsx(sheet_xml(rows)), limits)
    assert [refusal.code for refusal in refusals] == [code]


def test_what_excel_and_wps_write_around_the_cells_is_passed_over() -> None:
    sheet = (
        '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="urn:mc" mc:Ignorable="x14ac"'
        ' xmlns:x14ac="urn:x14ac" xmlns:x14="urn:x14" xmlns:xm="urn:xm">'
        '<sheetPr><tabColor rgb="FFFF0000"/></sheetPr><dimension ref="A1:B1"/>'
        '<sheetViews><sheetView workbookViewId="0"><selection sqref="A1"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/>'
        '<cols><col min="1" max="1" width="9" customWidth="1"/></cols><cols><col min="2" max="16384"/></cols>'
        '<sheetData>\n<row r="1" spans="1:2" ht="20" customHeight="1" x14ac:dyDescent="0.2">'
        '<c r="A1" s="0" t="s" cm="1" vm="1" ph="1"><v>0</v></c>\t<c r="B1"><f ca="1">NOW()</f><v>1</v></c>'
        '<extLst/></row></sheetData><sheetProtection sheet="1"/>'
        '<customSheetViews><customSheetView guid="{0}"/></customSheetViews>'
        '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1</formula></cfRule>'
        '</conditionalFormatting><dataValidations><dataValidation sqref="A1"><formula1>"是,否"</formula1>'
        '</dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>'
        "<mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>"
        "<extLst><ext><x14:rule><xm:f>A1</xm:f><xm:sqref>A1</xm:sqref></x14:rule></ext></extLst></worksheet>"
    )
    extra: dict[str, str | bytes | None] = {
        "xl/theme/theme1.xml": "<theme/>",
        "xl/calcChain.xml": "<calcChain/>",
        "xl/cellimages.xml": "<images/>",
        "xl/printerSettings/printerSettings1.bin": b"\0\1",
        "xl/drawings/vmlDrawing1.vml": "<xml><br></xml>",
        "docMetadata/LabelInfo.xml": "<labels/>",
        "customXml/item1.xml": "<item/>",
    }
    strings = (
        f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>甲</t><phoneticPr fontId="1"/></si></sst>'
    )
    sheet_read = first_sheet(make_xlsx(sheet, strings=strings, changed=extra))
    assert {a: (cell.text, cell.formula) for a, cell in sheet_read.cells.items()} == {
        "A1": ("甲", ""),
        "B1": ("1", "NOW()"),
    }


def test_a_sheet_name_may_hold_any_kind_of_blank() -> None:
    content = make_xlsx(
        changed={"xl/workbook.xml": workbook_xml('<sheet name="表\u3000一 (2)" r:id="rId1"/>')}
    )
    assert read(content).sheets[0].name == "表\u3000一 (2)"


def test_a_stray_part_does_no_harm() -> None:
    content = pack([*plain_parts(xlsx_parts()), Part("customXml/item1.xml", b"<not even xml")])
    assert read(content).sheets[0].name == "表1"
