"""Defects of whole files: somebody else's, an old template, or no workbook at all."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from sample_reports.generate.defective import Defect, Draft, Expected

_META = "_meta"
_OLE_HEAD = bytes.fromhex("d0cf11e0a1b11ae1")
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


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


def _own_table(_: bytes) -> bytes:
    return "地区,案件数\n西安,120\n宝鸡,35\n".encode("gb18030")


def _zipped(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(zipfile.ZipInfo("2021Q2.xlsx"), content)
    return buffer.getvalue()


def _web_page(_: bytes) -> bytes:
    return b"<html><head><meta charset=utf-8></head><table><tr><td>E201</td><td>120</td></tr></table></html>"


def _old_word(_: bytes) -> bytes:
    """A .doc, as short as can be."""
    return _ole("WordDocument")


def _ole(name: str) -> bytes:
    """An OLE container with one stream of that name, full of zeros."""
    header = _OLE_HEAD + bytes(16) + struct.pack("<2H2s2H6x", 0x3E, 3, b"\xfe\xff", 9, 6)
    header += struct.pack("<9L", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109L", 0, *[_FREE] * 108)
    chains = struct.pack("<128L", _FAT, _END, *range(3, 10), _END, *[_FREE] * 118)
    root, stream = _ole_entry("Root Entry", 5, 1, _END, 0), _ole_entry(name, 2, _FREE, 2, 4096)
    return header + chains + (root + stream).ljust(512, b"\0") + bytes(4096)


def _ole_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    head = words.ljust(64, b"\0") + struct.pack("<HBB3L", len(words), kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<3L", start, size, 0)


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _scanned(_: bytes) -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def _locked(_: bytes) -> bytes:
    """A workbook that Excel encrypted with a password, as short as can be."""
    return _ole("EncryptedPackage")


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
        name="own-table-as-csv",
        title="传成了自己做的 CSV 表",
        broken=_own_table,
        expected=(Expected(code="csv-without-head"),),
    ),
    Defect(
        name="zipped-workbook",
        title="把工作簿压缩后上传",
        broken=_zipped,
        expected=(Expected(code="zip-of-workbooks"),),
    ),
    Defect(
        name="web-page-renamed",
        title="从网页系统导出的 .xls 实际是网页",
        broken=_web_page,
        expected=(Expected(code="html-renamed"),),
    ),
    Defect(
        name="old-word-file",
        title="传成了 Word 文件（.doc）",
        broken=_old_word,
        expected=(Expected(code="not-an-xls"),),
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
