"""Hostile and broken workbooks by name, each with the code of the issue that must answer it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.hostile_containers import CONTAINERS, HEAD, Build, Case
from tests.support.hostile_formats import FORMATS
from tests.support.xlsx import (
    MAIN,
    OFFICE,
    SHEET_TYPE,
    content_types,
    make_xlsx,
    one_cell,
    relationships,
    sheet_xml,
    strings_xml,
    styles_xml,
    workbook_xml,
)


def sheet(text: str) -> Build:
    return lambda: make_xlsx(text)


def cell(text: str) -> Build:
    return lambda: make_xlsx(one_cell(text), strings=strings_xml("<t>甲</t>"))


def rows(text: str) -> Build:
    return lambda: make_xlsx(sheet_xml(text))


def renamed_type(kind: str) -> Build:
    return lambda: make_xlsx(changed={"[Content_Types].xml": content_types({"xl/workbook.xml": kind})})


def extra_part(name: str, data: str | bytes = b"x") -> Build:
    return lambda: make_xlsx(changed={name: data})


def sheet_arrow(kind: str, target: str, mode: str = "Internal") -> Build:
    return lambda: make_xlsx(
        changed={"xl/worksheets/_rels/sheet1.xml.rels": relationships(("rId1", kind, target, mode))}
    )


def rows_and_merges(row_count: int, width: int, merged: str) -> Build:
    row = "<c><v>1</v></c>" * width
    body = "".join(f'<row r="{number}">{row}</row>' for number in range(1, row_count + 1))
    return sheet(sheet_xml(body, after=f"<mergeCells>{merged}</mergeCells>"))


def tabs(text: str) -> Build:
    return lambda: make_xlsx(changed={"xl/workbook.xml": workbook_xml(text)})


def book_arrows(*arrows: tuple[str, str, str]) -> Build:
    return lambda: make_xlsx(changed={"xl/_rels/workbook.xml.rels": relationships(*arrows)})


CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
DTD = '<!DOCTYPE x [<!ENTITY a "b">]>'
LAUGHS = f"""<!DOCTYPE x [<!ENTITY l0 "ha">{
    "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
}]>"""

FORBIDDEN: Mapping[str, Case] = {
    "a macro project": (extra_part("xl/vbaProject.bin"), "macros"),
    "a macro workbook renamed": (
        renamed_type("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        "macros",
    ),
    "an Excel 4 macro sheet": (extra_part("xl/macrosheets/sheet1.xml", "<x/>"), "macros"),
    "a link to another workbook": (
        extra_part("xl/externalLinks/externalLink1.xml", "<x/>"),
        "external-links",
    ),
    "a picture from the network": (
        sheet_arrow("image", "http://example.invalid/a.png", "External"),
        "external-links",
    ),
    "a data connection": (
        book_arrows(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId9", "connections", "connections.xml")
        ),
        "external-links",
    ),
    "a formula that reads another file": (
        cell('<c r="A1"><f>[1]Sheet1!A1</f><v>1</v></c>'),
        "external-links",
    ),
    "a formula that reads a file by name": (
        cell("<c r=\"A1\"><f>'C:\\[a.xlsx]表'!A1</f><v>1</v></c>"),
        "external-links",
    ),
    "a DDE formula": (cell("<c r=\"A1\"><f>cmd|'/c calc'!A0</f><v>1</v></c>"), "external-links"),
    "an OLE object": (extra_part("xl/embeddings/oleObject1.bin"), "embedded-objects"),
    "an embedded document": (sheet_arrow("package", "../embeddings/a.docx"), "embedded-objects"),
    "an ActiveX control": (extra_part("xl/activeX/activeX1.xml", "<x/>"), "active-content"),
    "a dialog sheet": (book_arrows(("rId1", "dialogsheet", "dialogsheets/sheet1.xml")), "active-content"),
    "an .xlsb": (renamed_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), "not-an-xlsx"),
    "a template": (renamed_type(f"{SHEET_TYPE}.template.main+xml"), "not-an-xlsx"),
    "a .docx": (
        renamed_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
        "not-an-xlsx",
    ),
}

MARKUP: Mapping[str, Case] = {
    "a DTD in the sheet": (sheet(f"{HEAD}{DTD}{sheet_xml()}"), "xml-dtd"),
    "a billion laughs": (sheet(LAUGHS + one_cell('<c r="A1" t="str"><v>&l9;</v></c>')), "xml-dtd"),
    "an external entity in the workbook part": (
        lambda: make_xlsx(
            changed={"xl/workbook.xml": '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">' + workbook_xml()}
        ),
        "xml-dtd",
    ),
    "a DTD in the relationships": (
        lambda: make_xlsx(
            changed={"_rels/.rels": DTD + relationships(("a", "officeDocument", "xl/workbook.xml"))}
        ),
        "xml-dtd",
    ),
    "a sheet in UTF-16": (lambda: make_xlsx(sheet_xml().encode("utf-16")), "xml-encoding"),
    "a sheet in GBK": (
        lambda: make_xlsx(('<?xml version="1.0" encoding="GBK"?>' + sheet_xml()).encode("gbk")),
        "xml-encoding",
    ),
    "bytes that are no UTF-8": (
        lambda: make_xlsx(one_cell('<c r="A1" t="str"><v>\xff</v></c>').encode("latin-1")),
        "xml-malformed",
    ),
    "an element that does not end": (sheet(sheet_xml()[:-4]), "xml-malformed"),
    "an attribute twice": (cell('<c r="A1" r="B1"><v>1</v></c>'), "xml-malformed"),
    "an undefined entity": (cell('<c r="A1" t="str"><v>&x;</v></c>'), "xml-malformed"),
    "65 levels": (sheet(sheet_xml(after="<a>" * 64 + "</a>" * 64)), "xml-too-deep"),
    "a million levels": (sheet(sheet_xml(after="<a>" * 10**6)), "xml-too-deep"),
    "an attribute of 4 MiB": (sheet(sheet_xml(after=f'<a b="{"x" * 2**22}"/>')), "xml-token-too-long"),
    "a text of 4 MiB": (cell(f'<c r="A1" t="str"><v>{"x" * 2**22}</v></c>'), "xml-token-too-long"),
    "a sheet inside a sheet": (sheet(sheet_xml(after=f'<worksheet xmlns="{MAIN}"/>')), "unexpected-markup"),
    "two bodies": (sheet(sheet_xml(after="<sheetData/>")), "unexpected-markup"),
    "a body in a wrapper": (
        sheet(f'<worksheet xmlns="{MAIN}"><x><sheetData/></x></worksheet>'),
        "unexpected-markup",
    ),
    "another root": (sheet(f'<sheet xmlns="{MAIN}"/>'), "unexpected-markup"),
    "a foreign namespace": (sheet('<worksheet xmlns="urn:x"><sheetData/></worksheet>'), "unexpected-markup"),
    "an unknown element in a row": (rows('<row r="1"><x/></row>'), "unexpected-markup"),
    "an unknown element in a cell": (cell('<c r="A1"><v>1</v><x/></c>'), "unexpected-markup"),
    "words between the cells": (rows('<row r="1">12</row>'), "unexpected-markup"),
    "words beside the value": (cell('<c r="A1">9<v>1</v></c>'), "unexpected-markup"),
    "a comment in a value": (cell('<c r="A1"><v>1<!-- -->2</v></c>'), "unexpected-markup"),
    "CDATA in a value": (cell('<c r="A1"><v>1<![CDATA[2]]></v></c>'), "unexpected-markup"),
    "an instruction in a value": (cell('<c r="A1"><v>1<?x?>2</v></c>'), "unexpected-markup"),
    "an element in a value": (cell('<c r="A1"><v>1<b/>2</v></c>'), "unexpected-markup"),
    "a comment in a shared text": (
        lambda: make_xlsx(one_cell('<c r="A1" t="s"><v>0</v></c>'), strings=strings_xml("<t>1<!-- -->2</t>")),
        "unexpected-markup",
    ),
    "two texts in one shared string": (
        lambda: make_xlsx(strings=strings_xml("<t>1</t><t>2</t>")),
        "unexpected-markup",
    ),
    "a list of texts inside another": (
        lambda: make_xlsx(strings=f'<sst xmlns="{MAIN}"><sst><si/></sst></sst>'),
        "unexpected-markup",
    ),
    "a list of texts that is a text": (
        lambda: make_xlsx(strings=f'<t xmlns="{MAIN}">1</t>'),
        "unexpected-markup",
    ),
    "a shared text outside the list": (
        lambda: make_xlsx(strings=f'<sst xmlns="{MAIN}"><x><si/></x></sst>'),
        "unexpected-markup",
    ),
    "elements of no namespace": (sheet(sheet_xml('<row xmlns="" r="1"/>')), "unexpected-markup"),
    "a property twice": (
        lambda: make_xlsx(
            changed={
                "_rels/.rels": relationships(
                    ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "custom-properties", "custom.xml")
                ),
                "custom.xml": f'<Properties xmlns="{CUSTOM}">' + '<property name="a"/>' * 2 + "</Properties>",
            }
        ),
        "unexpected-markup",
    ),
    "a sheet list outside": (
        lambda: make_xlsx(
            changed={
                "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
                '<sheet name="a" r:id="rId1"/></workbook>'
            }
        ),
        "unexpected-markup",
    ),
}

CELLS: Mapping[str, Case] = {
    "a row twice": (rows('<row r="2"/><row r="2"/>'), "duplicate-row"),
    "rows out of order": (rows('<row r="2"/><row r="1"/>'), "rows-out-of-order"),
    "row zero": (rows('<row r="0"/>'), "duplicate-row"),
    "a row beyond Excel": (rows('<row r="1048577"/>'), "bad-attribute"),
    "a negative row": (rows('<row r="-1"/>'), "bad-attribute"),
    "a row in full-width digits": (rows('<row r="１"/>'), "bad-attribute"),
    "a cell twice": (cell('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'), "duplicate-cell"),
    "cells out of order": (cell('<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>'), "cells-out-of-order"),
    "a cell in another row": (cell('<c r="A2"><v>1</v></c>'), "cell-in-wrong-row"),
    "a cell without a column": (cell('<c r="1"><v>1</v></c>'), "bad-address"),
    "a cell in small letters": (cell('<c r="a1"><v>1</v></c>'), "bad-address"),
    "a cell beyond Excel": (cell('<c r="XFE1"><v>1</v></c>'), "bad-address"),
    "a cell with dollars": (cell('<c r="$A$1"><v>1</v></c>'), "bad-address"),
    "the farthest cell": (rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too-many-rows"),
    "row 20001": (rows('<row r="20001"><c r="A20001"><v>1</v></c></row>'), "too-many-rows"),
    "column 257": (cell('<c r="IW1"><v>1</v></c>'), "too-many-columns"),
    "two values": (cell('<c r="A1"><v>1</v><v>2</v></c>'), "ambiguous-cell"),
    "two formulas": (cell('<c r="A1"><f>1</f><f>2</f></c>'), "ambiguous-cell"),
    "an inline text and a value": (
        cell('<c r="A1" t="inlineStr"><is><t>1</t></is><v>2</v></c>'),
        "ambiguous-cell",
    ),
    "an inline text in a number": (cell('<c r="A1"><is><t>1</t></is></c>'), "ambiguous-cell"),
    "a value in an inline text": (cell('<c r="A1" t="inlineStr"><v>2</v></c>'), "ambiguous-cell"),
    "blanks around a number": (cell('<c r="A1"><v> 12 </v></c>'), "bad-number"),
    "a full-width number": (cell('<c r="A1"><v>１２</v></c>'), "bad-number"),
    "an underscore in a number": (cell('<c r="A1"><v>1_000</v></c>'), "bad-number"),
    "a text in a number": (cell('<c r="A1"><v>约12</v></c>'), "bad-number"),
    "not a number": (cell('<c r="A1"><v>NaN</v></c>'), "bad-number"),
    "a number bomb": (cell('<c r="A1"><v>1E+9999999</v></c>'), "bad-number"),
    "a boolean of two": (cell('<c r="A1" t="b"><v>2</v></c>'), "bad-boolean"),
    "an error that is none": (cell('<c r="A1" t="e"><v>12</v></c>'), "bad-error-value"),
    "a date that is none": (cell('<c r="A1" t="d"><v>2021年3月</v></c>'), "bad-date"),
    "an unknown type": (cell('<c r="A1" t="x"><v>1</v></c>'), "bad-cell-type"),
    "a text number below zero": (cell('<c r="A1" t="s"><v>-1</v></c>'), "bad-shared-string"),
    "a text number out of range": (cell('<c r="A1" t="s"><v>1</v></c>'), "bad-shared-string"),
    "a text number that is none": (cell('<c r="A1" t="s"><v></v></c>'), "bad-shared-string"),
    "a style out of range": (cell('<c r="A1" s="7"><v>1</v></c>'), "bad-attribute"),
    "NUL in a text": (cell('<c r="A1" t="str"><v>a_x0000_b</v></c>'), "bad-character"),
    "half a surrogate pair": (cell('<c r="A1" t="str"><v>_xD800_</v></c>'), "bad-character"),
    "a text of 32768 characters": (cell(f'<c r="A1" t="str"><v>{"字" * 32768}</v></c>'), "text-too-long"),
    "a follower without a master": (cell('<c r="A1"><f t="shared" si="0"/><v>1</v></c>'), "bad-formula"),
    "a formula without text": (cell('<c r="A1"><f/><v>1</v></c>'), "bad-formula"),
    "an array without a range": (cell('<c r="A1"><f t="array">1</f><v>1</v></c>'), "bad-formula"),
    "a merged range that is none": (
        sheet(sheet_xml(after='<mergeCells><mergeCell ref="B2:A1"/></mergeCells>')),
        "bad-address",
    ),
    "columns over each other": (
        sheet(sheet_xml(before='<cols><col min="1" max="9"/><col min="3" max="4"/></cols>')),
        "bad-attribute",
    ),
    "an endless number format": (lambda: make_xlsx(styles=styles_xml("0" * 256)), "bad-attribute"),
    "merged ranges over each other": (
        rows_and_merges(100, 200, '<mergeCell ref="A1:IV20000"/>' * 300),
        "too-many-merged-ranges",
    ),
    "10001 merged ranges": (
        sheet(sheet_xml(after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 10001 + "</mergeCells>")),
        "too-many-merged-ranges",
    ),
    "200001 cells": (
        rows(
            "".join(f'<row r="{n}">{"<c><v>1</v></c>" * 200}</row>' for n in range(1, 1001))
            + '<row r="1001"><c><v>1</v></c></row>'
        ),
        "too-many-cells",
    ),
    "800001 elements, nearly all bordered blanks": (
        rows("".join(f'<row r="{n}">{"<c/>" * 250}</row>' for n in range(1, 3251))),
        "too-many-elements",
    ),
    "20 million characters": (
        lambda: make_xlsx(
            sheet_xml("".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 702))),
            strings=strings_xml(f"<t>{'字' * 30000}</t>"),
        ),
        "too-much-text",
    ),
    "formulas that grow": (
        rows(
            f'<row r="1"><c><f t="shared" si="0" ref="A1:A2200">{"A1+" * 2600}1</f></c></row>'
            + "".join(f'<row r="{n}"><c><f t="shared" si="0"/></c></row>' for n in range(2, 2201))
        ),
        "too-much-text",
    ),
}

TABS: Mapping[str, Case] = {
    "no sheets": (tabs(""), "no-sheets"),
    "51 sheets": (
        tabs("".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(51))),
        "too-many-sheets",
    ),
    "two sheets of one name": (
        tabs('<sheet name="Ab" r:id="rId1"/><sheet name="aB" r:id="rId1"/>'),
        "duplicate-sheet",
    ),
    "two tabs for one part": (
        tabs('<sheet name="a" r:id="rId1"/><sheet name="b" r:id="rId1"/>'),
        "duplicate-sheet",
    ),
    "a sheet without a name": (tabs('<sheet name="" r:id="rId1"/>'), "bad-sheet-name"),
    "a name with a slash": (tabs('<sheet name="a/b" r:id="rId1"/>'), "bad-sheet-name"),
    "a name of 32 characters": (tabs(f'<sheet name="{"表" * 32}" r:id="rId1"/>'), "bad-sheet-name"),
    "an unknown visibility": (tabs('<sheet name="a" state="seen" r:id="rId1"/>'), "bad-attribute"),
    "a tab that leads nowhere": (tabs('<sheet name="a" r:id="rId7"/>'), "missing-part"),
    "a tab whose part is missing": (
        book_arrows(("rId1", "worksheet", "worksheets/sheet7.xml")),
        "missing-part",
    ),
    "a tab that leads to the texts": (
        book_arrows(("rId1", "sharedStrings", "sharedStrings.xml")),
        "missing-part",
    ),
    "two lists of texts": (
        book_arrows(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "sharedStrings", "styles.xml"),
        ),
        "duplicate-part",
    ),
    "an arrow twice": (
        book_arrows(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId1", "worksheet", "styles.xml")),
        "duplicate-part",
    ),
    "two workbooks": (
        lambda: make_xlsx(
            changed={
                "_rels/.rels": relationships(
                    ("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "officeDocument", "xl/other.xml")
                )
            }
        ),
        "not-an-xlsx",
    ),
    "another root in the workbook part": (
        lambda: make_xlsx(changed={"xl/workbook.xml": f'<book xmlns="{MAIN}"/>'}),
        "unexpected-markup",
    ),
    "two types for one part": (
        lambda: make_xlsx(
            changed={
                "[Content_Types].xml": content_types(
                    {"xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml", "XL/workbook.xml": "text/plain"}
                )
            }
        ),
        "duplicate-part",
    ),
    "no content types": (lambda: make_xlsx(changed={"[Content_Types].xml": None}), "not-an-xlsx"),
    "a wrong boolean": (
        lambda: make_xlsx(
            changed={"xl/workbook.xml": workbook_xml(properties='<workbookPr date1904="maybe"/>')}
        ),
        "bad-attribute",
    ),
}

HOSTILE: Mapping[str, Case] = {**CONTAINERS, **FORBIDDEN, **MARKUP, **CELLS, **TABS, **FORMATS}
