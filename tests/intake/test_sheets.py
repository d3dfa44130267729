"""One worksheet: kinds of values, addresses, formulas, and the cells that nobody sees."""

from __future__ import annotations

import pytest

from intake.cells import CellKind
from tests.support.read_xlsx import first_sheet, only_cell
from tests.support.xlsx import MAIN, make_xlsx, one_cell, sheet_xml, strings_xml, styles_xml


@pytest.mark.parametrize(
    ("xml", "kind", "text"),
    [
        ('<c r="A1"><v>0.28499999999999998</v></c>', CellKind.NUMBER, "0.28499999999999998"),
        ('<c r="A1" t="n"><v>-1.5E-7</v></c>', CellKind.NUMBER, "-1.5E-7"),
        ('<c r="A1" t="b"><v>0</v></c>', CellKind.BOOLEAN, "0"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', CellKind.ERROR, "#N/A"),
        ('<c r="A1" t="e"><v>#NAME?</v></c>', CellKind.ERROR, "#NAME?"),
        ('<c r="A1" t="d"><v>2021-03-31T00:00:00</v></c>', CellKind.DATE, "2021-03-31T00:00:00"),
        ('<c r="A1" t="str"><v>12</v></c>', CellKind.TEXT, "12"),
        ('<c r="A1" t="str"><v/></c>', CellKind.TEXT, ""),
        ('<c r="A1" t="inlineStr"><is><t>12</t></is></c>', CellKind.TEXT, "12"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><rPr/><t>乙</t></r></is></c>',
            CellKind.TEXT,
            "甲乙",
        ),
        ('<c r="A1" t="s"><v>0</v></c>', CellKind.TEXT, "一"),
        ('<c r="A1" t="s"><v>1</v></c>', CellKind.TEXT, "富文本"),
        ('<c r="A1" t="s"><v>2</v></c>', CellKind.TEXT, "東京"),
        ('<c r="A1" t="s"><v>3</v></c>', CellKind.TEXT, "  两头空  "),
        ('<c r="A1" t="s"><v>4</v></c>', CellKind.TEXT, ""),
        ('<c r="A1" t="str"><v>a_x000D_b</v></c>', CellKind.TEXT, "a\rb"),
        ('<c r="A1" t="str"><v>_x005F_x000D_</v></c>', CellKind.TEXT, "_x000D_"),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', CellKind.TEXT, "\N{GRINNING FACE}"),
        ('<c r="A1" t="str"><v>_x00g0_ &lt;&#x4e00;&gt;</v></c>', CellKind.TEXT, "_x00g0_ <一>"),
        ('<c r="A1" t="str"><v>a\r\nb&#13;c</v></c>', CellKind.TEXT, "a\nb\rc"),
        ('<c r="A1"><f>B1</f></c>', CellKind.BLANK, ""),
        ('<c r="A1"><f>B1</f><v></v></c>', CellKind.BLANK, ""),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', CellKind.TEXT, ""),
        ("<c><v>1</v></c>", CellKind.NUMBER, "1"),
        ('<!-- a --><c r="A1"><!-- b --><v>1</v><!-- c --></c>', CellKind.NUMBER, "1"),
        ('<c r="A1"><v>1</v><extLst><ext/></extLst></c>', CellKind.NUMBER, "1"),
    ],
)
def test_every_kind_of_value_is_told_apart(xml: str, kind: CellKind, text: str) -> None:
    strings = strings_xml(
        "<t>一</t>",
        "<r><t>富</t></r><r><rPr><b/></rPr><t>文本</t></r>",
        '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
        '<t xml:space="preserve">  两头空  </t>',
        "<t/>",
    )
    cell = only_cell(xml, strings=strings)
    assert (cell.address, cell.row, cell.column) == ("A1", 1, 1)
    assert (cell.kind, cell.text) == (kind, text)


@pytest.mark.parametrize(
    "xml", ['<c r="A1"/>', '<c r="A1" s="0"/>', '<c r="A1"><v/></c>', '<c r="A1" t="s"/>']
)
def test_a_cell_without_value_and_formula_is_not_kept(xml: str) -> None:
    assert first_sheet(make_xlsx(one_cell(xml))).cells == {}


def test_a_blank_cell_may_lie_beyond_the_limits() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert first_sheet(make_xlsx(sheet_xml(far))).cells == {}


def test_rows_and_cells_without_address_follow_the_ones_before() -> None:
    rows = (
        "<row><c><v>1</v></c></row>"
        '<row r="5"><c r="C5"><v>2</v></c><c><v>3</v></c></row>'
        "<row><c><v>4</v></c></row>"
    )
    assert {a: c.text for a, c in first_sheet(make_xlsx(sheet_xml(rows))).cells.items()} == {
        "A1": "1",
        "C5": "2",
        "D5": "3",
        "A6": "4",
    }


def test_a_false_dimension_changes_nothing() -> None:
    sheet = sheet_xml('<row r="3"><c r="B3"><v>1</v></c></row>', before='<dimension ref="A1:XFD1048576"/>')
    assert list(first_sheet(make_xlsx(sheet)).cells) == ["B3"]


def test_the_last_allowed_row_column_and_text_are_taken() -> None:
    rows = f'<row r="20000"><c r="IV20000" t="str"><v>{"字" * 32767}</v></c></row>'
    assert len(first_sheet(make_xlsx(sheet_xml(rows))).cells["IV20000"].text) == 32767


def test_a_text_of_the_longest_with_every_character_escaped_is_taken() -> None:
    assert only_cell(f'<c t="str"><v>{"&#x4E2D;" * 32767}</v></c>').text == "中" * 32767


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("yyyy-mm-dd", CellKind.DATE),
        ("[h]:mm", CellKind.DATE),
        ("0.00", CellKind.NUMBER),
        ("#,##0&quot;件 d&quot;", CellKind.NUMBER),
    ],
)
def test_a_number_shown_as_a_date_is_a_date(code: str, kind: CellKind) -> None:
    cell = only_cell('<c r="A1" s="1"><v>44286</v></c>', styles=styles_xml("General", code))
    assert cell.kind is kind
    assert cell.number_format == code.replace("&quot;", '"')


# ---- formulas ----


def test_the_followers_of_a_shared_formula_carry_it_shifted() -> None:
    rows = (
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">SUM($A1:B1)+D$1</f><v>1</v></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="D3"><f t="shared" si="0"/><v>3</v></c></row>'
    )
    sheet = first_sheet(make_xlsx(sheet_xml(rows)))
    assert {address: (cell.text, cell.formula) for address, cell in sheet.cells.items()} == {
        "C1": ("1", "SUM($A1:B1)+D$1"),
        "C2": ("2", "SUM($A2:B2)+D$1"),
        "D3": ("3", "SUM($A3:C3)+E$1"),
    }


def test_every_cell_that_an_array_or_data_table_fills_carries_its_formula() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:B2">ROW()</f><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><v>7</v></c></row>'
        '<row r="2"><c r="A2"><v>3</v></c>'
        '<c r="D2"><f t="dataTable" ref="D2:D3" r1="A1" r2="A2"/><v>4</v></c></row>'
        '<row r="3"><c r="D3"><v>5</v></c></row>'
    )
    sheet = first_sheet(make_xlsx(sheet_xml(rows)))
    assert {address: cell.formula for address, cell in sheet.cells.items()} == {
        "A1": "ROW()",
        "B1": "ROW()",
        "C1": "",
        "A2": "ROW()",
        "D2": "TABLE(A1,A2)",
        "D3": "TABLE(A1,A2)",
    }


def test_a_member_of_an_array_formula_may_say_so_without_a_text() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" aca="1" ref="A1:A2" ca="1">ROW(A1:A2)</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f ca="1"/><v>2</v></c></row>'
    )
    cells = first_sheet(make_xlsx(sheet_xml(rows))).cells
    assert [(cell.text, cell.formula) for cell in cells.values()] == [
        ("1", "ROW(A1:A2)"),
        ("2", "ROW(A1:A2)"),
    ]


# ---- what is struck out ----

RUNS = '<r><rPr>{}</rPr><t>300</t></r><r><t xml:space="preserve"> 327</t></r>'


@pytest.mark.parametrize(
    ("font", "struck"),
    [
        ("<strike/>", True),
        ('<strike val="1"/>', True),
        ('<vertAlign val="superscript"/>', True),
        ('<vertAlign val="subscript"/>', True),
        ("<b/>", False),
        ('<strike val="0"/>', False),
        ('<vertAlign val="baseline"/>', False),
    ],
)
def test_a_text_of_which_a_part_is_struck_out_or_raised_is_marked(font: str, struck: bool) -> None:
    runs = RUNS.format(font)
    row = f'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is>{runs}</is></c>'
    row += '<c r="C1" t="s"><v>0</v></c><c r="D1" t="inlineStr"><is><t>327</t></is></c></row>'
    cells = first_sheet(make_xlsx(sheet_xml(row), strings=strings_xml("<t>327</t>", runs))).cells
    assert [cell.struck for cell in cells.values()] == [struck, struck, False, False]


def test_a_cell_whose_font_is_struck_out_is_marked() -> None:
    fonts = "<fonts><font/><font><strike/></font></fonts>"
    styles = f'<styleSheet xmlns="{MAIN}">{fonts}<cellXfs><xf/><xf fontId="1"/></cellXfs></styleSheet>'
    row = '<row r="1"><c r="A1" s="1"><v>1</v></c><c r="B1" s="0"><v>1</v></c><c r="C1"><v>1</v></c></row>'
    cells = first_sheet(make_xlsx(sheet_xml(row), styles=styles)).cells
    assert [cell.struck for cell in cells.values()] == [True, False, False]


# ---- what nobody sees ----


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        ("", 'hidden="1"', ""),
        ("", 'hidden="true"', ""),
        ("", 'ht="0" customHeight="1"', ""),
        ("", 'ht="0.00" customHeight="1"', ""),
        ("", 'ht="0.75" customHeight="1"', ""),
        ('<cols><col min="2" max="2" width="0.1"/></cols>', "", ""),
        ('<cols><col min="2" max="2" width="0E0"/></cols>', "", ""),
        ('<sheetFormatPr zeroHeight="1"/>', "", ""),
        ('<cols><col min="1" max="1"/><col min="2" max="3" hidden="1"/></cols>', "", ""),
        ('<cols><col min="2" max="16384" width="0"/></cols>', "", ""),
        ("", "", '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'),
        ("", "", '<mergeCells><mergeCell ref="B1:B1"/><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ],
)
def test_a_cell_that_nobody_sees_is_marked(before: str, row: str, after: str) -> None:
    rows = f'<row r="1" {row}><c r="B1"><v>1</v></c></row>'
    assert first_sheet(make_xlsx(sheet_xml(rows, before=before, after=after))).cells["B1"].hidden


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        ("", 'hidden="0"', ""),
        ("", 'ht="12" customHeight="1"', ""),
        ("", 'ht="1" customHeight="1"', ""),
        ('<cols><col min="2" max="2" width="0.5"/></cols>', "", ""),
        ('<sheetFormatPr zeroHeight="1"/>', 'ht="12"', ""),
        ('<sheetFormatPr zeroHeight="0"/>', "", ""),
        ('<cols><col min="1" max="1" hidden="1"/><col min="2" max="2" width="9"/></cols>', "", ""),
        ("", "", '<mergeCells><mergeCell ref="B1:C1"/></mergeCells>'),
    ],
)
def test_a_cell_that_is_seen_is_not_marked(before: str, row: str, after: str) -> None:
    rows = f'<row r="1" {row}><c r="B1"><v>1</v></c></row>'
    assert not first_sheet(make_xlsx(sheet_xml(rows, before=before, after=after))).cells["B1"].hidden
