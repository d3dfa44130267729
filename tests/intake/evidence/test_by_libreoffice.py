"""Evidence that LibreOffice has made passes, too."""

from __future__ import annotations

import io

import xlsxwriter

from intake.evidence.check import check_evidence
from intake.evidence.kinds import EvidenceKind
from tests.support.libreoffice import convert


def workbook() -> bytes:
    """A small table with a link."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("台账")
        sheet.write_row(0, 0, ["案件", 12])
        sheet.write_url(1, 0, "https://example.org")
    return out.getvalue()


def test_a_pdf_of_a_table_passes() -> None:
    checked = check_evidence(convert(workbook(), "pdf"))
    assert (checked.kind, checked.issue) == (EvidenceKind.PDF, None)
