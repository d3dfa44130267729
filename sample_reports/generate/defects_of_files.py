"""Defects of whole files: somebody else's, an old template, or no workbook at all."""

from __future__ import annotations

from collections.abc import Callable

from sample_reports.generate.defective import Defect, Draft, Expected

_META = "_meta"
_OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")


def _mark(row: int, value: str) -> Callable[[Draft], None]:
    """Another value of one of the template's marks."""
    return lambda draft: draft.edit.put_text(_META, f"B{row}", value)


def _foreign(name: str, title: str, code: str, row: int, value: str) -> Defect:
    return Defect(
        name=name,
        title=title,
        spoil=_mark(row, value),
        expected=(Expected(code=code, sheet=_META, cell=f"B{row}"),),
    )


def _as_csv(_: bytes) -> bytes:
    return "代码,数据项,数值\nE201,收到网上侵权假冒线索(链接)数,120\n".encode("gb18030")


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _scanned(_: bytes) -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _locked(_: bytes) -> bytes:
    """The head of a file that Excel encrypted with a password, as short as can be."""
    name = "EncryptedPackage".encode("utf-16-le")
    return (_OLE_HEAD + bytes(504) + name + bytes(512)).ljust(2048, b"\0")


FILE_DEFECTS = (
    _foreign("wrong-unit", "传成了山西的文件", "wrong-unit", 4, "140000"),
    _foreign("wrong-quarter", "传成了上一季度的文件", "wrong-period", 5, "2021Q1"),
    _foreign("old-template", "用了旧版模板", "template-version", 1, "0"),
    _foreign("other-rule-set", "用了上一年的模板", "wrong-rule-set", 2, "national-2020 1.0"),
    Defect(
        name="marks-missing",
        title="模板标记被删去（提示性）",
        spoil=lambda draft: draft.edit.drop_sheet(_META),
        expected=(Expected(code="template-marks-missing", severity="soft", sheet=_META),),
    ),
    Defect(
        name="csv-renamed",
        title="把 CSV 改名为 .xlsx",
        broken=_as_csv,
        expected=(Expected(code="csv-renamed"),),
    ),
    Defect(
        name="scan-renamed",
        title="把盖章扫描件（PDF）改名为 .xlsx",
        broken=_scanned,
        expected=(Expected(code="pdf-renamed"),),
    ),
    Defect(
        name="half-a-file",
        title="文件没有传完",
        broken=_half,
        expected=(Expected(code="truncated-zip"),),
    ),
    Defect(
        name="password",
        title="文件加了打开密码",
        broken=_locked,
        expected=(Expected(code="encrypted-workbook"),),
    ),
    Defect(
        name="empty-file",
        title="文件是空的",
        broken=lambda _: b"",
        expected=(Expected(code="empty-file"),),
    ),
)
