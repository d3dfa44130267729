"""The list of issues as a workbook of its own, for files that are no .xlsx and so cannot be marked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from fractions import Fraction

from intake.annotated.container import Container
from intake.annotated.list_looks import Looks
from intake.annotated.list_sheet import IssueList, list_sheet
from intake.annotated.memory import main_namespace
from intake.annotated.ours import LIST_SHEET
from intake.annotated.references import SPREADSHEET, References
from intake.annotated.style_sheet import StyleSheet
from intake.annotated.workbook_part import NewTab, WorkbookPart
from intake.issue_keys import IssueKey
from scoring.errors import Issue

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOTHING_AT_STAKE: Mapping[IssueKey, Fraction] = {}
_STYLES = "xl/styles.xml"


def error_workbook(
    issues: Sequence[Issue],
    *,
    stakes: Mapping[IssueKey, Fraction] = _NOTHING_AT_STAKE,
    title: str = LIST_SHEET,
) -> bytes:
    """The issues with the same columns as in an annotated workbook, without links and without input cells.

    It says where explanations are typed instead. The same arguments give the same bytes.
    """
    container = Container(_empty_package())
    references = References(container)
    styles = StyleSheet(StyleSheet.blank(strict=False))
    told = IssueList(
        title=title,
        issues=issues,
        stakes=stakes,
        offered={},
        reasons=(),
        reasons_range="",
        link=lambda _: None,
    )
    sheet, names = list_sheet(told, Looks(styles), LIST_SHEET, main_namespace(strict=False))
    references.declare(_STYLES, f"{SPREADSHEET}.styles+xml")
    references.add(references.workbook, "styles", _STYLES)
    container.write(_STYLES, styles.made())
    book = WorkbookPart(container, references)
    book.add(NewTab(name=LIST_SHEET, content=sheet, names=names))
    book.activate("0")
    return container.pack()


def _empty_package() -> bytes:
    main = main_namespace(strict=False)
    arrow = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override '
            f'PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{arrow}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}"><sheets/></workbook>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + text)
    return buffer.getvalue()
