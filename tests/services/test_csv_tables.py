"""Tables of comma-separated text: what spreadsheets save is taken, what is no table is said to be none."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.errors import Issue
from scoring.fact_tables import Row
from services.csv_tables import LARGEST_TABLE, table_bytes, table_rows, unreadable_file

COLUMNS = ("unit", "value")


def read(content: bytes) -> tuple[list[tuple[int, Row]], list[Issue]]:
    issues: list[Issue] = []
    return list(table_rows(content, "t.csv", COLUMNS, issues)), issues


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"unit,value\n1,2\n3,4\n", id="as we write it"),
        pytest.param(b"unit,value\n1,2\n3,4", id="without a last line break"),
        pytest.param(b"\xef\xbb\xbfunit,value\r\n1,2\r\n3,4\r\n", id="as Excel saves UTF-8"),
        pytest.param(b'"unit","value"\n"1","2"\n"3","4"\n', id="all in quotes"),
        pytest.param(b"value,unit\n2,1\n4,3\n", id="in another order"),
    ],
)
def test_the_same_table_however_it_is_written(content: bytes) -> None:
    rows, issues = read(content)
    assert [(line, row["unit"], row["value"]) for line, row in rows] == [(2, "1", "2"), (3, "3", "4")]
    assert issues == []


def test_line_breaks_within_quotes_are_text_and_lines_are_still_counted() -> None:
    rows, issues = read('unit,value,note\r\n1,2,"甲\r\n乙, ""丙"""\r\n3,4,\r\n'.encode())
    assert [(line, row["note"]) for line, row in rows] == [(3, '甲\r\n乙, "丙"'), (4, "")]
    assert issues == []


def test_empty_lines_are_no_rows() -> None:
    assert [line for line, _ in read(b"unit,value\n\n1,2\n\n")[0]] == [3]


def test_a_heading_alone_is_an_empty_table() -> None:
    assert read(b"unit,value\n") == ([], [])


@pytest.mark.parametrize(
    ("content", "zh", "line"),
    [
        pytest.param("unit,value\n甲,1\n".encode("gb18030"), "不是 UTF-8", None, id="GB 18030"),
        pytest.param("unit,value\n".encode("utf-16"), "不是 UTF-8", None, id="UTF-16"),
        pytest.param(b"PK\x03\x04\xff", "不是 UTF-8", None, id="a workbook"),
        pytest.param(b"", "缺少列:unit、value", 1, id="nothing"),
        pytest.param(b"unit;value\n1;2\n", "缺少列:unit、value", 1, id="semicolons"),
        pytest.param(b"unit,amount\n1,2\n", "缺少列:value", 1, id="another heading"),
        pytest.param(b"unit,value,value\n1,2,3\n", "重复的列:value", 1, id="a column twice"),
        pytest.param(b'unit,value\n1,"2\n', "CSV 写法有误", 2, id="a quote that does not end"),
        pytest.param(b'unit,value\n1,"2"3\n', "CSV 写法有误", 2, id="text after a quote"),
        pytest.param(b"unit,value\n1," + b"2" * 200_000 + b"\n", "CSV 写法有误", 2, id="an endless cell"),
    ],
)
def test_what_is_no_table_gives_no_rows_and_one_issue(content: bytes, zh: str, line: int | None) -> None:
    rows, issues = read(content)
    assert rows == []
    (issue,) = issues
    assert zh in issue.zh
    assert (issue.code, issue.place.file, issue.place.line) == ("unreadable-table", "t.csv", line)
    assert issue.en


@pytest.mark.parametrize("line", [b"1\n", b"1,2,3\n", b"1,2,\n", b",,\n"])
def test_a_row_of_another_width_is_told_and_the_others_are_read(line: bytes) -> None:
    rows, issues = read(b"unit,value\n" + line + b"3,4\n")
    assert [(issue.zh, issue.place.line) for issue in issues] == [("这一行的列数与首行不同", 2)]
    assert [row["unit"] for _, row in rows] == ["3"]


def test_after_a_thousand_rows_of_another_width_nothing_more_is_read() -> None:
    rows, issues = read(b"unit,value\n" + b"1\n" * 3_000 + b"3,4\n")
    assert rows == []
    assert [each.code for each in issues] == ["unreadable-table"] * 1_000 + ["too-many-issues"]
    assert issues[-1].place.line == 1_001


def test_a_heading_of_thousands_of_columns_is_refused_at_once() -> None:
    heading = ",".join(f"c{number}" for number in range(200_000))
    rows, (issue,) = read(f"unit,value,{heading}\n".encode())
    assert rows == []
    assert "超过 1000 列" in issue.zh


def test_what_is_too_large_is_refused_unread() -> None:
    rows, (issue,) = read(b"\xff" * (LARGEST_TABLE + 1))
    assert rows == []
    assert "超过 64 MB" in issue.zh


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    assert len(table_bytes(Path("/dev/zero"))) == LARGEST_TABLE + 1


def test_a_file_that_cannot_be_opened_is_told_with_the_reason() -> None:
    issue = unreadable_file("t.csv", FileNotFoundError(2, "No such file or directory"))
    assert (issue.code, issue.place.file) == ("unreadable-table", "t.csv")
    assert "No such file" in issue.zh
