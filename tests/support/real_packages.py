"""Workbooks packed as programs pack them that are not at hand (Excel, WPS, Java), around given cells."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from intake.addresses import column_letters
from intake.cells import Cell, CellKind, Sheet, Visibility, Workbook
from tests.support.xlsx import DESCRIPTOR, MAIN, OFFICE, PACKAGE, SHEET_TYPE, UTF8, Part, pack

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
DAYS_TO_1904 = 1462
_DATE_STYLE, _BLANK_STYLE, _TEXT_STYLE = 1, 2, 3
_EXCEL_SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' mc:Ignorable="x14ac xr xr2 xr3"'
    ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    ' xmlns:xr2="http://schemas.microsoft.com/office/spreadsheetml/2015/revision2"'
    ' xmlns:xr3="http://schemas.microsoft.com/office/spreadsheetml/2016/revision3"'
)
_WPS_SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'
    ' xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
)
_STYLES = (
    '<numFmts count="2">'
    '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="177" formatCode="#,##0.00_ ;[Red]\\-#,##0.00\\ "/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/><charset val="134"/></font>'
    '<font><b/><sz val="9"/><name val="仿宋_GB2312"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    '<cellStyleXfs count="2"><xf numFmtId="14" fontId="0"/><xf numFmtId="9" fontId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" xfId="0"/><xf numFmtId="176" fontId="0" xfId="0"'
    ' applyNumberFormat="1"><alignment vertical="center"/><protection locked="0"/></xf>'
    '<xf numFmtId="177" fontId="1" xfId="0"/><xf numFmtId="49" fontId="0" xfId="0" quotePrefix="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="1"><dxf><font/><numFmt numFmtId="30" formatCode="yyyy"/></dxf>'
    "</dxfs>"
)


def excel_package(book: Workbook, *, date1904: bool = False) -> bytes:
    """As desktop Excel: shared and rich texts, shared formulas, spans, printer settings, a growth hint."""
    texts = _Texts(phonetic=True)
    parts: dict[str, str | bytes] = {}
    for number, sheet in enumerate(book.sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = HEAD + _excel_sheet(sheet, texts, date1904=date1904)
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _arrows(
            ("rId1", "printerSettings", f"../printerSettings/printerSettings{number}.bin"),
            ("rId2", "comments", f"../comments{number}.xml"),
            ("rId3", "vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
        )
        parts[f"xl/printerSettings/printerSettings{number}.bin"] = bytes(range(256)) * 4
        parts[f"xl/comments{number}.xml"] = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
        parts[f"xl/drawings/vmlDrawing{number}.vml"] = (
            '<xml xmlns:v="urn:schemas-microsoft-com:vml"><br></xml>'
        )
    parts |= {
        "xl/sharedStrings.xml": HEAD + texts.part(),
        "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="D5" i="2" l="1"/></calcChain>',
        "xl/persons/person.xml": "<personList/>",
        "customXml/item1.xml": '<b:Sources xmlns:b="urn:b"><!-- kept --></b:Sources>',
        "customXml/itemProps1.xml": '<ds:datastoreItem xmlns:ds="urn:ds"/>',
        "customXml/_rels/item1.xml.rels": _arrows(("rId1", "customXmlProps", "itemProps1.xml")),
        "docProps/custom.xml": _custom(
            {"ContentTypeId": "0x0101", "KSOProductBuildVer": "2052-11.8.2.12085"}
        ),
        **_frame(book, "Microsoft Excel", _excel_workbook(book, date1904=date1904)),
    }
    entries = _entries(parts, flags=0x0006)
    # Excel leaves room in front, so that the list of types may grow.
    entries[0].local_extra = struct.pack("<4H", 0xA220, 514, 0xA028, 510) + bytes(510)
    return pack(entries)


def wps_package(book: Workbook) -> bytes:
    """As WPS: its own namespace and properties, pictures in cells, bordered blanks far below the table."""
    texts = _Texts(phonetic=False)
    parts: dict[str, str | bytes] = {
        f"xl/worksheets/sheet{number}.xml": HEAD + _wps_sheet(sheet, texts)
        for number, sheet in enumerate(book.sheets, 1)
    }
    parts |= {
        "xl/sharedStrings.xml": HEAD + texts.part(),
        "xl/cellimages.xml": '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>',
        "customXml/item1.xml": '<WpsCustomData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData"/>',
        "docProps/custom.xml": _custom({"KSOProductBuildVer": "2052-12.1.0.15990", "ICV": "A1B2_13"}),
        **_frame(book, "WPS 表格", _wps_workbook(book)),
    }
    return pack(_entries(parts, flags=0))


def streamed_package(book: Workbook) -> bytes:
    """As Java programs and services: texts in the cells, sizes behind the data, no part too many."""
    parts: dict[str, str | bytes] = {
        f"xl/worksheets/sheet{number}.xml": '<?xml version="1.0" encoding="UTF-8"?>\n' + _plain_sheet(sheet)
        for number, sheet in enumerate(book.sheets, 1)
    }
    parts |= _frame(book, "Apache POI", _plain_workbook(book))
    return pack(_entries(parts, flags=DESCRIPTOR | UTF8))


PACKERS: Mapping[str, Callable[[Workbook], bytes]] = {
    "Excel": excel_package,
    "Excel for Mac, dates from 1904": lambda book: excel_package(book, date1904=True),
    "WPS": wps_package,
    "a stream": streamed_package,
}


class _Texts:
    """The list of shared texts; every third one in runs, with a guide to its reading when asked for."""

    def __init__(self, *, phonetic: bool) -> None:
        self._numbers: dict[str, int] = {}
        self._phonetic = phonetic

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def part(self) -> str:
        items = "".join(f"<si>{self._item(text, number)}</si>" for text, number in self._numbers.items())
        count = len(self._numbers)
        return f'<sst xmlns="{MAIN}" count="{count * 2}" uniqueCount="{count}">{items}</sst>'

    def _item(self, text: str, number: int) -> str:
        guide = '<phoneticPr fontId="1" type="noConversion"/>' if self._phonetic else ""
        if number % 3 or len(text) < 2:
            return _t(text) + guide
        runs = f"<r>{_t(text[:1])}</r><r><rPr><b/><sz val='11'/></rPr>{_t(text[1:])}</r>"
        reading = '<rPh sb="0" eb="1"><t>pinyin</t></rPh>' if self._phonetic else ""
        return runs + reading + guide


def _t(text: str) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{kept}>{escape(text).replace(chr(13), '_x000D_')}</t>"


def _rows(sheet: Sheet) -> Mapping[int, list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in sheet.cells.values():
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _excel_sheet(sheet: Sheet, texts: _Texts, *, date1904: bool) -> str:
    rows = _rows(sheet)
    shared = _shared_formulas(sheet.cells.values())
    body = "".join(
        f'<row r="{row}" spans="1:12" s="2" customFormat="1" ht="20.100000000000001" customHeight="1"'
        f' x14ac:dyDescent="0.15">{_excel_cells(cells, texts, shared, date1904=date1904)}</row>'
        for row, cells in rows.items()
    )
    last = max(rows, default=1)
    body += "".join(
        f'<row r="{row}" spans="1:12" x14ac:dyDescent="0.15"><c r="A{row}" s="2"/><c r="C{row}" s="1"/></row>'
        for row in range(last + 1, last + 40)
    )
    return (
        f'<worksheet {_EXCEL_SPACES} xr:uid="{{00000000-0001-0000-0100-000000000000}}">'
        '<sheetPr codeName="Sheet1">'
        '<tabColor theme="4" tint="0.4"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:L99"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane xSplit="3" ySplit="4" topLeftCell="D5" state="frozen"/>'
        '<selection pane="bottomRight" activeCell="E5" sqref="E5"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultColWidth="9" defaultRowHeight="13.5" x14ac:dyDescent="0.15"/>'
        '<cols><col min="1" max="1" width="11.6" customWidth="1"/><col min="2" max="16384" width="9"/></cols>'
        f'<sheetData>{body}</sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/>'
        f'{_merged(sheet)}<phoneticPr fontId="1" type="noConversion"/><conditionalFormatting sqref="D5:D9">'
        '<cfRule type="expression" dxfId="0" priority="1"><formula>D5&lt;0</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="B3">'
        '<formula1>"是,否"</formula1></dataValidation></dataValidations>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/><legacyDrawing r:id="rId3"/>'
        '<mc:AlternateContent><mc:Choice Requires="x14"><controls>'
        '<mc:AlternateContent><mc:Choice Requires="x14">'
        '<control shapeId="1025" name="c"/></mc:Choice></mc:AlternateContent></controls></mc:Choice>'
        "</mc:AlternateContent><extLst>"
        '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"'
        ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        "<x14:dataValidation><x14:formula1><xm:f>说明!$A$1</xm:f></x14:formula1><xm:sqref>C3</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )


def _shared_formulas(cells: Iterable[Cell]) -> Mapping[str, str]:
    """The element `<f>` of each formula cell: those of one column share one, as after dragging down."""
    elements: dict[str, str] = {}
    master: Cell | None = None
    for cell in sorted((cell for cell in cells if cell.formula), key=lambda cell: (cell.column, cell.row)):
        follows = master is not None and (cell.column, cell.formula) == (
            master.column,
            master.formula.replace(str(master.row), str(cell.row)),
        )
        if follows:
            elements[cell.address] = f'<f t="shared" si="{_identity(master)}"/>'
        else:
            master = cell
            elements[cell.address] = (
                f'<f t="shared" ref="{cell.address}:{column_letters(cell.column)}{cell.row + 50}"'
                f' si="{_identity(cell)}">{escape(cell.formula)}</f>'
            )
    return elements


def _identity(cell: Cell | None) -> int:
    return cell.row * 1000 + cell.column if cell else 0


def _excel_cells(cells: Iterable[Cell], texts: _Texts, formulas: Mapping[str, str], *, date1904: bool) -> str:
    written = []
    for cell in cells:
        at, formula = f'r="{cell.address}"', formulas.get(cell.address, "")
        match cell.kind:
            case CellKind.TEXT if not formula:
                written.append(f'<c {at} s="3" t="s"><v>{texts.number(cell.text)}</v></c>')
            case CellKind.TEXT:
                written.append(f'<c {at} t="str">{formula}<v>{escape(cell.text)}</v></c>')
            case CellKind.DATE:
                serial = int(cell.text) - (DAYS_TO_1904 if date1904 else 0)
                written.append(f'<c {at} s="{_DATE_STYLE}">{formula}<v>{serial}</v></c>')
            case CellKind.BLANK:
                written.append(f'<c {at} s="{_BLANK_STYLE}">{formula}</c>')
            case _:
                written.append(
                    f'<c {at} s="{_BLANK_STYLE}">{formula}<v>{_in_excels_digits(cell.text)}</v></c>'
                )
    return "".join(written)


def _in_excels_digits(text: str) -> str:
    """A figure as Excel saves it, with up to 17 digits of the double: 0.285 as 0.28499999999999998."""
    return text if "." not in text else format(float(text), ".17g")


def _wps_sheet(sheet: Sheet, texts: _Texts) -> str:
    body = ""
    for row, cells in _rows(sheet).items():
        body += f'<row r="{row}" ht="20.1" customHeight="1" spans="1:12">' + "".join(
            f'<c r="{cell.address}" s="{_TEXT_STYLE}" t="s"><v>{texts.number(cell.text)}</v></c>'
            if cell.kind is CellKind.TEXT and not cell.formula
            else _plain_cell(cell)
            for cell in cells
        )
        body += "</row>"
    last = max(_rows(sheet), default=1)
    blanks = "".join(f'<c r="{column_letters(column)}{{row}}" s="2"/>' for column in range(1, 13))
    body += "".join(
        f'<row r="{row}" ht="14.25" spans="1:12">{blanks.format(row=row)}</row>'
        for row in range(last + 1, last + 200)
    )
    return (
        f'<worksheet {_WPS_SPACES}><sheetPr/><dimension ref="A1:L{last}"/>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<selection activeCell="A1" sqref="A1"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="9"'
        ' defaultRowHeight="13.5" outlineLevelRow="1"/><cols><col min="1" max="1" width="12.6333333333333"'
        f' customWidth="1" style="2"/></cols><sheetData>{body}</sheetData><sheetProtection password="CC35"'
        f' sheet="1"/>{_merged(sheet)}<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5"'
        ' footer="0.5"/><headerFooter/></worksheet>'
    )


def _plain_sheet(sheet: Sheet) -> str:
    body = "".join(
        f"<row r='{row}'>{''.join(_plain_cell(cell) for cell in cells)}</row>\n"
        for row, cells in _rows(sheet).items()
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>\n{body}</sheetData>{_merged(sheet)}</worksheet>'


def _plain_cell(cell: Cell) -> str:
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    at = f'r="{cell.address}"'
    match cell.kind:
        case CellKind.TEXT if formula:
            return f'<c {at} t="str">{formula}<v>{escape(cell.text)}</v></c>'
        case CellKind.TEXT:
            return f'<c {at} t="inlineStr"><is>{_t(cell.text)}</is></c>'
        case CellKind.DATE:
            return f'<c {at} s="{_DATE_STYLE}" t="n">{formula}<v>{cell.text}</v></c>'
        case CellKind.BLANK:
            return f"<c {at}>{formula}</c>"
        case _:
            return f'<c {at} t="n">{formula}<v>{cell.text}</v></c>'


def _merged(sheet: Sheet) -> str:
    ranges = "".join(f'<mergeCell ref="{one}"/>' for one in sheet.merged)
    return f'<mergeCells count="{len(sheet.merged)}">{ranges}</mergeCells>' if ranges else ""


def _tabs(book: Workbook) -> str:
    return (
        "<sheets>"
        + "".join(
            f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{_state(sheet)} r:id="rId{number}"/>'
            for number, sheet in enumerate(book.sheets, 1)
        )
        + "</sheets>"
    )


def _state(sheet: Sheet) -> str:
    return "" if sheet.visibility is Visibility.VISIBLE else f' state="{sheet.visibility}"'


def _excel_workbook(book: Workbook, *, date1904: bool) -> str:
    epoch = ' date1904="1"' if date1904 else ""
    return (
        f"<workbook {_EXCEL_SPACES}>"
        '<fileVersion appName="xl" lastEdited="7" lowestEdited="4" rupBuild="22228"/>'
        f'<workbookPr{epoch} codeName="ThisWorkbook" defaultThemeVersion="124226"/><mc:AlternateContent>'
        '<mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\张三\\Desktop\\"'
        ' xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
        '</mc:AlternateContent><xr:revisionPtr revIDLastSave="0" documentId="8_{0}"/><bookViews>'
        f'<workbookView xWindow="0" windowWidth="28800"/></bookViews>{_tabs(book)}<definedNames>'
        '<definedName name="_xlnm.Print_Titles" localSheetId="1">说明!$1:$4</definedName>'
        '<definedName name="_xlnm._FilterDatabase" localSheetId="1" hidden="1">说明!$A$4:$L$9</definedName>'
        '</definedNames><calcPr calcId="191029"/><fileRecoveryPr repairLoad="1"/><extLst>'
        '<ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}"/></extLst></workbook>'
    )


def _wps_workbook(book: Workbook) -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/>'
        '<workbookPr codeName="ThisWorkbook"/><bookViews><workbookView windowWidth="28800"/></bookViews>'
        f'{_tabs(book)}<calcPr calcId="144525" concurrentCalc="0"/></workbook>'
    )


def _plain_workbook(book: Workbook) -> str:
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="false"/>{_tabs(book)}</workbook>'
    )


def _frame(book: Workbook, application: str, workbook: str) -> dict[str, str | bytes]:
    """The parts that every program writes."""
    sheets = range(1, len(book.sheets) + 1)
    arrows = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in sheets]
    last = len(book.sheets)
    arrows += [
        (f"rId{last + 1}", "theme", "theme/theme1.xml"),
        (f"rId{last + 2}", "styles", "styles.xml"),
    ]
    if application != "Apache POI":
        arrows += [(f"rId{last + 3}", "sharedStrings", "sharedStrings.xml")]
    return {
        "xl/workbook.xml": HEAD + workbook,
        "xl/_rels/workbook.xml.rels": _arrows(*arrows),
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}">{_STYLES}</styleSheet>',
        "xl/theme/theme1.xml": '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>',
        "docProps/app.xml": (
            f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"'
            ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            f'<Application>{application}</Application><TitlesOfParts><vt:vector size="1" baseType="lpstr">'
            "<vt:lpstr>说明</vt:lpstr></vt:vector></TitlesOfParts></Properties>"
        ),
        "docProps/core.xml": "<cp:coreProperties xmlns:cp='urn:cp'/>",
        "_rels/.rels": _arrows(
            ("rId1", "officeDocument", "xl/workbook.xml"),
            ("rId2", "extended-properties", "docProps/app.xml"),
            ("rId3", "custom-properties", "docProps/custom.xml"),
        )
        if application != "Apache POI"
        else _arrows(("rId1", "officeDocument", "/xl/workbook.xml")),
    }


def _custom(properties: Mapping[str, str]) -> str:
    written = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{written}</Properties>'
    )


def _arrows(*arrows: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in arrows
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _types(names: Iterable[str]) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{SHEET_TYPE}.{kind}+xml"/>'
        for name, kind in _kinds(names)
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin"'
        f' ContentType="{SHEET_TYPE}.printerSettings"/><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _kinds(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        folder, _, last = name.rpartition("/")
        kind = {
            "workbook.xml": "sheet.main",
            "styles.xml": "styles",
            "sharedStrings.xml": "sharedStrings",
            "calcChain.xml": "calcChain",
        }.get(last, "worksheet" if folder == "xl/worksheets" else "comments" if "comments" in last else "")
        if kind:
            yield name, kind


def _entries(parts: Mapping[str, str | bytes], *, flags: int) -> list[Part]:
    """The zip entries, the list of types first; bytes and texts alike."""
    whole = {"[Content_Types].xml": _types(parts), **parts}
    return [
        Part(name, data.encode() if isinstance(data, str) else data, flags=flags)
        for name, data in whole.items()
    ]
