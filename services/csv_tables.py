"""Tables of comma-separated text as rows by the names of their columns; what is no such table is an issue."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from intake.limits import MIB
from scoring.errors import MOST_TOLD, Issue, Place
from scoring.fact_tables import Row, not_read_on

LARGEST_TABLE = 64 * MIB
_MOST_COLUMNS = 1_000


def table_rows(
    content: bytes, file: str, columns: Sequence[str], issues: list[Issue]
) -> Iterator[tuple[int, Row]]:
    """The rows under the heading, each with the number of its (last) line, counted from 1.

    Issues are added for more than LARGEST_TABLE bytes, text that is not UTF-8, a heading that lacks one of
    the columns or has one twice, rows that are longer or shorter than the heading (not read on after
    MOST_TOLD of them), and quotes that do not end.
    """
    if len(content) > LARGEST_TABLE:
        zh, en = f"文件超过 {LARGEST_TABLE // MIB} MB", f"larger than {LARGEST_TABLE // MIB} MB"
        issues.append(_unreadable(file, zh, en))
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        issues.append(_unreadable(file, "不是 UTF-8 编码,请另存为 UTF-8 的 CSV", "not UTF-8"))
        return
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        wrong = _wrong_heading(reader.fieldnames or (), columns)
        if wrong is not None:
            issues.append(_unreadable(file, *wrong, 1))
            return
        before = len(issues)
        for row in reader:
            if None not in row and None not in row.values():
                yield reader.line_num, row
                continue
            zh, en = "这一行的列数与首行不同", "wrong number of columns"
            issues.append(_unreadable(file, zh, en, reader.line_num))
            if len(issues) - before >= MOST_TOLD:
                issues.append(not_read_on(file, reader.line_num))
                return
    except csv.Error as error:
        issues.append(
            _unreadable(file, f"CSV 写法有误:{error}", f"malformed CSV: {error}", reader.reader.line_num)
        )


def rows_of_file(path: Path, columns: Sequence[str], issues: list[Issue]) -> Iterator[tuple[int, Row]]:
    """The same of a file; one that cannot be read gives an issue and no rows."""
    try:
        content = table_bytes(path)
    except OSError as error:
        issues.append(unreadable_file(path.name, error))
        return
    yield from table_rows(content, path.name, columns, issues)


def table_bytes(path: Path) -> bytes:
    """The bytes of a file; of one that is too large only so many that it is seen to be."""
    with path.open("rb") as file:
        return file.read(LARGEST_TABLE + 1)


def unreadable_file(file: str, error: OSError) -> Issue:
    """The issue of a file that cannot be read at all."""
    return _unreadable(file, f"无法读取:{error.strerror}", f"cannot be read: {error.strerror}")


def _wrong_heading(names: Sequence[str], columns: Sequence[str]) -> tuple[str, str] | None:
    if len(names) > _MOST_COLUMNS:
        return f"首行超过 {_MOST_COLUMNS} 列", f"more than {_MOST_COLUMNS} columns"
    missing = [name for name in columns if name not in names]
    if missing:
        return f"首行缺少列:{'、'.join(missing)}", f"missing columns: {', '.join(missing)}"
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        return f"首行有重复的列:{'、'.join(twice)}", f"columns that come twice: {', '.join(twice)}"
    return None


def _unreadable(file: str, zh: str, en: str, line: int | None = None) -> Issue:
    return Issue(code="unreadable-table", zh=zh, en=en, place=Place(file=file, line=line))
