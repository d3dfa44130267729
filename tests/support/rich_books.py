"""Workbooks as Excel and others save them, with all that must survive: pictures, charts, comments …"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from tests.support.xlsx import MAIN, OFFICE, PACKAGE, SHEET_TYPE, Part, pack, xlsx_parts

MAC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_ROWS = (
    '<row r="1" spans="1:5" ht="30" customHeight="1" x14ac:dyDescent="0.25">'
    '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1" s="1"/></row>'
    '<row r="2" spans="1:5"><c r="A2" t="s"><v>1</v></c><c r="B2" s="2"><v>12.5</v></c>'
    '<c r="C2" s="2"><f>B2*2</f><v>25</v></c>'
    '<c r="E2" t="inlineStr"><is><t>行内 &amp; 文字</t></is></c></row>'
    '<row r="3" spans="1:5" s="3" customFormat="1"><c r="A3" t="s"><v>2</v></c>'
    '<c r="B3" s="3"><f t="shared" ref="B3:B4" si="0">B2+1</f><v>13.5</v></c></row>'
    '<row r="4" spans="1:5"><c r="A4" t="b"><v>1</v></c><c r="B4"><f t="shared" si="0"/><v>14.5</v></c>'
    '<c r="C4" t="e"><v>#DIV/0!</v></c><c r="D4" t="str"><f>A1&amp;"x"</f><v>标题x</v></c></row>'
    '<row r="7"/>'
)
SHEET = (
    (
        f'{_HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{MAC}" mc:Ignorable="x14ac" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        '<sheetPr><tabColor rgb="FF00B050"/></sheetPr><dimension ref="A1:E7"/><sheetViews>'
        '<sheetView showGridLines="0" tabSelected="1" zoomScale="85" workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView>'
        '</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="20.7" '
        'customWidth="1"/><col min="6" max="6" width="9" style="2" customWidth="1"/></cols>'
        f"<sheetData>{_ROWS}</sheetData>"
        '<sheetProtection sheet="1" objects="1" scenarios="1"/><mergeCells count="1"><mergeCell ref="A1:C1"/>'
        '</mergeCells><conditionalFormatting sqref="B2:B4"><cfRule type="cellIs" dxfId="0" priority="1" '
        'operator="greaterThan"><formula>13</formula></cfRule></conditionalFormatting>'
        '<dataValidations count="1">'
        '<dataValidation type="whole" allowBlank="1" sqref="B2:B4"><formula1>0</formula1>'
        "<formula2>9</formula2>"
        '</dataValidation></dataValidations><hyperlinks><hyperlink ref="A4" location="说明!A1"/>'
        '</hyperlinks><pageMargins left="0.7" right="0.7" top="1" bottom="1" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/><headerFooter><oddHeader>&amp;C&amp;G'
        '</oddHeader></headerFooter><drawing r:id="rId2"/>{legacy}<legacyDrawingHF r:id="rId4"/><extLst>'
        f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{X14}"><x14:sparklineGroups '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup><x14:sparklines>'
        "<x14:sparkline><xm:f>表1!B2:B4</xm:f><xm:sqref>F2</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)
PLAIN_SHEET = (
    f'{_HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    '<sheetData><row r="1"><c r="A1" t="s"><v>3</v></c></row></sheetData></worksheet>'
)
STRINGS = (
    f'{_HEAD}<sst xmlns="{MAIN}" count="4" uniqueCount="4"><si><t>标题</t></si>'
    '<si><t xml:space="preserve"> 空格 '
    "</t></si><si><r><rPr><b/></rPr><t>粗</t></r><r><t>细</t></r></si><si><t>_x005F_x000D_</t></si></sst>"
)
STYLES = (
    f'{_HEAD}<styleSheet xmlns="{MAIN}" xmlns:mc="{MAC}" mc:Ignorable="x14ac">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.000&quot;件&quot;"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="18"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/>'
    '</fill><fill><patternFill patternType="solid"><fgColor theme="4" tint="0.79998168889431442"/>'
    '<bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs{count}><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1">'
    '<alignment horizontal="center"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
    'applyProtection="1"><protection locked="0"/></xf>'
    '<xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="1"><dxf><font><color rgb="FF9C0006"/></font></dxf></dxfs></styleSheet>'
)
COMMENTS = (
    f'{_HEAD}<comments xmlns="{MAIN}"><authors><author>张三</author></authors><commentList>'
    '<comment ref="B2" authorId="0" shapeId="0"><text><r><rPr><b/><sz val="9"/></rPr><t>张三:</t></r><r>'
    '<rPr><sz val="9"/></rPr><t xml:space="preserve">\n这个数核对过 &amp; 无误</t></r></text></comment>'
    '<comment ref="A4" authorId="0" shapeId="0"><text><t>只有一句</t></text></comment>'
    "</commentList></comments>"
)
_NOTE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden">'
    '<v:textbox><div style="text-align:left"><br></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:Anchor>2, 15, 0, 10, 4, 31, 4, 9</x:Anchor><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
NOTES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
    'o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
    + _NOTE.format(number=1025, row=1, column=1)
    + _NOTE.format(number=1026, row=3, column=0)
    + "</xml>"
)
HEADER_PICTURE = NOTES.split("<v:shapetype")[0] + '<v:shape id="CH" type="#_x0000_t75"/></xml>'
THREADS = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="B2" dT="2021-07-01T00:00:00.00" personId="{A}" id="{B}"><text>核对</text>'
    "</threadedComment></ThreadedComments>"
)
THREADED = COMMENTS.replace("<author>张三", "<author>tc={B}").replace("张三:", "[Threaded comment]")
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea>'
    "<c:layout/></c:plotArea></c:chart></c:chartSpace>"
)
SHAPES = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">'
    "<xdr:absoluteAnchor><xdr:pos x='0' y='0'/><xdr:ext cx='9' cy='9'/><xdr:clientData/></xdr:absoluteAnchor>"
    "</xdr:wsDr>"
)


def _arrows(*arrows: tuple[str, str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for name, kind, target in arrows
    )
    return f'{_HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def rich_parts(*, comments: str = "", threads: str = "", count: str = ' count="4"') -> dict[str, bytes]:
    """The parts of a workbook in the style of Excel, with everything that a clerk may have put in."""
    legacy = '<legacyDrawing r:id="rId3"/>' if comments else ""
    arrows = [
        ("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"),
        ("rId2", "drawing", "../drawings/drawing1.xml"),
        ("rId4", "vmlDrawing", "../drawings/vmlDrawing2.vml"),
    ]
    types = {
        "xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{SHEET_TYPE}.worksheet+xml",
        "xl/worksheets/sheet2.xml": f"{SHEET_TYPE}.worksheet+xml",
        "xl/styles.xml": f"{SHEET_TYPE}.styles+xml",
        "xl/sharedStrings.xml": f"{SHEET_TYPE}.sharedStrings+xml",
        "xl/drawings/drawing1.xml": DRAWING,
        "xl/calcChain.xml": f"{SHEET_TYPE}.calcChain+xml",
        "xl/charts/chart1.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    }
    extra: dict[str, str | bytes] = {}
    if comments:
        arrows += [
            ("rId3", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rId5", "comments", "../comments1.xml"),
        ]
        types["xl/comments1.xml"] = f"{SHEET_TYPE}.comments+xml"
        extra |= {"xl/comments1.xml": comments, "xl/drawings/vmlDrawing1.vml": NOTES}
    if threads:
        kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        arrows.append(("rId6", kind, "../threadedComments/threadedComment1.xml"))
        extra |= {
            "xl/threadedComments/threadedComment1.xml": threads,
            "xl/persons/person.xml": "<personList/>",
        }
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in types.items()
    )
    names = '<definedName name="_xlnm.Print_Area" localSheetId="0">表1!$A$1:$E$4</definedName>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="png" '
            'ContentType="image/png"/>'
            '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.printerSettings"/><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" '
            f'ContentType="{VML}"/>'
            f"{overrides}</Types>"
        ),
        "_rels/.rels": _arrows(
            ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "customXml", "customXml/item1.xml")
        ),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><fileVersion appName="xl"/><workbookPr/>'
            '<bookViews><workbookView xWindow="0" yWindow="0" activeTab="0"/></bookViews><sheets>'
            '<sheet name="表1" sheetId="1" r:id="rId1"/><sheet name="说明" sheetId="5" r:id="rId2"/></sheets>'
            f'<definedNames>{names}</definedNames><calcPr calcId="191029"/></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _arrows(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "styles", "styles.xml"),
            ("rId4", "sharedStrings", "sharedStrings.xml"),
            ("rId5", "calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/sheet1.xml": SHEET.replace("{legacy}", legacy),
        "xl/worksheets/_rels/sheet1.xml.rels": _arrows(*arrows),
        "xl/worksheets/sheet2.xml": PLAIN_SHEET,
        "xl/styles.xml": STYLES.replace("{count}", count),
        "xl/sharedStrings.xml": STRINGS,
        "xl/calcChain.xml": f'{_HEAD}<calcChain xmlns="{MAIN}"><c r="C2" i="1"/></calcChain>',
        "xl/drawings/drawing1.xml": SHAPES,
        "xl/drawings/_rels/drawing1.xml.rels": _arrows(
            ("rId1", "image", "../media/image1.png"), ("rId2", "chart", "../charts/chart1.xml")
        ),
        "xl/drawings/vmlDrawing2.vml": HEADER_PICTURE,
        "xl/media/image1.png": PICTURE,
        "xl/charts/chart1.xml": CHART,
        "xl/printerSettings/printerSettings1.bin": b"\x00\x01printer" * 9,
        "customXml/item1.xml": "<root xmlns='urn:x'><a>1</a></root>",
        **extra,
    }
    return {name: data.encode() if isinstance(data, str) else data for name, data in parts.items()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a file; pictures are stored, the rest is deflated."""
    return pack([Part(name, data, method=0 if name.endswith(".png") else 8) for name, data in parts.items()])


def strict_parts() -> dict[str, bytes]:
    """A small workbook in the strict dialect."""
    return {
        name: data.replace(MAIN.encode(), STRICT_MAIN.encode()).replace(
            OFFICE.encode(), STRICT_OFFICE.encode()
        )
        for name, data in small_parts().items()
    }


def small_parts(
    rows: str = '<row r="2"><c r="A2"><v>1</v></c></row>', **changed: str | None
) -> dict[str, bytes]:
    """The smallest workbook: one sheet, no views, no rows but these."""
    sheet = f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData></worksheet>'
    return xlsx_parts(sheet, changed={name.replace("__", "/"): data for name, data in changed.items()})


def prefixed_parts() -> dict[str, bytes]:
    """A workbook in which every element of the main namespace is written with a prefix."""
    made = {}
    for name, data in small_parts().items():
        text = data.decode()
        if f'xmlns="{MAIN}"' in text:
            root = ElementTree.fromstring(text)  # noqa: S314 - our own text
            ElementTree.register_namespace("x", MAIN)
            ElementTree.register_namespace("r", OFFICE)
            text = ElementTree.tostring(root, encoding="unicode")
        made[name] = text.encode()
    return made


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a file, by name, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def canonical(name: str, data: bytes) -> bytes | str:
    """A part in the one way to write it; numbers of items, a style of 0 and no names need not be said."""
    if not name.endswith((".xml", ".rels")):
        return data
    root = ElementTree.fromstring(data)  # noqa: S314 - written by us or by the tests
    for each in root.iter():
        each.attrib.pop("count", None)
        if each.get("s") == "0":
            del each.attrib["s"]
    for empty in [each for each in root if each.tag.endswith("}definedNames") and len(each) == 0]:
        root.remove(empty)
    return ElementTree.canonicalize(ElementTree.tostring(root, encoding="unicode"))
