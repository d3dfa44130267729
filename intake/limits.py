"""How much of a stranger's file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one reading; every figure is the largest that is still allowed.

    The first group is checked by the reader and gives the same verdict on every machine.
    The second bounds the process that reads; it is the net below the first and should seldom be felt.
    """

    file_bytes: int = 20 * MIB
    unpacked_bytes: int = 64 * MIB
    parts: int = 300
    sheets: int = 50
    rows: int = 20_000
    columns: int = 256
    cells: int = 200_000
    """Cells with a value or a formula, over all sheets."""
    elements: int = 800_000
    """XML elements over all parts that are parsed; blank cells with a border count here."""
    xml_depth: int = 64
    token_bytes: int = 300_000
    """Bytes between two `<`: above the longest text of a cell with every character escaped."""
    text_characters: int = 32_767
    """In one cell or formula, as in Excel."""
    workbook_characters: int = 8 * MIB
    """In the texts and formulas of all cells together."""
    merged_ranges: int = 10_000

    seconds: float = 5.0
    cpu_seconds: int = 5
    memory_bytes: int = 280 * MIB
    answer_bytes: int = 128 * MIB


DEFAULT_LIMITS = Limits()


class PublishedLimit(NamedTuple):
    """One bound as users are told it; `most` is the largest value that is still taken, in `unit`."""

    key: str
    most: float
    unit: str
    zh: str
    en: str

    def __str__(self) -> str:
        """Both languages in one line."""
        most = in_mib(int(self.most)) if self.unit == "byte" and self.most >= MIB else f"{self.most:,}"
        return f"{self.zh} {most} · {self.en}"


_PUBLISHED = (
    ("file_bytes", "byte", "文件大小", "size of the file"),
    ("unpacked_bytes", "byte", "解压后的大小", "size when unpacked"),
    ("parts", "part", "压缩包内的部件数", "parts inside the package"),
    ("sheets", "sheet", "工作表数", "sheets"),
    ("rows", "row", "每张表有内容的最后一行", "last row with contents, on each sheet"),
    ("columns", "column", "每张表有内容的最后一列", "last column with contents, on each sheet"),
    ("cells", "cell", "全部工作表有内容的单元格数", "cells with contents, over all sheets"),
    ("elements", "element", "全部部件的标记数(带格式的空白单元格也算)", "XML elements, blank cells included"),
    ("xml_depth", "level", "XML 的层次", "levels of XML"),
    ("token_bytes", "byte", "XML 中单个标记或文本的字节数", "bytes of one tag or text in XML"),
    ("text_characters", "character", "一个单元格的字符数", "characters in one cell or formula"),
    ("workbook_characters", "character", "全部单元格的字符数", "characters in all cells together"),
    ("merged_ranges", "range", "每张表合并单元格的区域数", "merged ranges on each sheet"),
    ("seconds", "second", "读取一个文件的秒数", "seconds to read a file"),
    ("cpu_seconds", "second", "读取一个文件的处理器秒数", "processor seconds to read a file"),
    ("memory_bytes", "byte", "读取一个文件的内存", "memory to read a file"),
    ("answer_bytes", "byte", "读出内容的大小", "size of what was read"),
)


def published(limits: Limits = DEFAULT_LIMITS) -> tuple[PublishedLimit, ...]:
    """Every bound as users are told it, in the order in which a file meets them."""
    return tuple(PublishedLimit(key, getattr(limits, key), unit, zh, en) for key, unit, zh, en in _PUBLISHED)


def in_mib(size: int) -> str:
    """A number of bytes as people read it, rounded up so that it never seems to be within a limit."""
    return f"{-(-size * 10 // MIB) / 10:g} MiB"
