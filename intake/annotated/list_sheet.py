"""The list of issues as a sheet: sorted, linked to the cells, with room for explanations; prints on A4."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat

from intake.addresses import column_letters
from intake.annotated.list_looks import Looks
from intake.annotated.notes import TITLES
from intake.annotated.ours import LIST_HEAD_ROW, LIST_MARK
from intake.annotated.safe_text import LONGEST, cut, in_cell, in_xml, shown
from intake.annotated.workbook_part import quoted
from intake.explanations import Explanation, soft_issues
from intake.issue_keys import IssueKey, issue_key
from scoring.errors import Issue, Severity
from scoring.numbers import fixed_text
from scoring.rulebook.explanations import Reason

REASON_HEAD, TEXT_HEAD = "原因", "情况说明"
MOST_LISTED = 2_000
_MOST_SHOWN = 2_000
_LINE_POINTS, _MOST_POINTS = 13.5, 400.0
_FIRST_ROW = LIST_HEAD_ROW + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueList:
    """What the list tells.

    link: the sheet and cell that an issue's place leads to, None where it leads nowhere. reasons: where
    the drop-down finds them, a range; empty where explanations are not typed on this sheet.
    """

    title: str
    issues: Sequence[Issue]
    stakes: Mapping[IssueKey, Fraction]
    offered: Mapping[IssueKey, Explanation]
    reasons: Sequence[Reason]
    reasons_range: str
    link: Callable[[Issue], str | None]

    @property
    def to_type(self) -> bool:
        """Whether explanations can be typed on the sheet."""
        return bool(self.reasons_range)


@dataclass(frozen=True, slots=True)
class _Column:
    head: str
    width: float
    look: str
    text: Callable[[Issue], str]


_COLUMNS = (
    _Column("工作表", 14, "text", lambda issue: issue.place.sheet),
    _Column("位置", 7, "link", lambda issue: issue.place.cell),
    _Column("数据项", 17, "text", lambda issue: issue.place.row_label),
    _Column("栏目", 9, "text", lambda issue: issue.place.column_label),
    _Column("填的是", 10, "text", lambda issue: issue.found),
    _Column("问题", 33, "text", lambda issue: issue.zh),
    _Column("怎么办", 27, "text", lambda issue: issue.fix_zh),
    _Column("应为", 13, "text", lambda issue: issue.expected),
    _Column("依据", 11, "text", lambda issue: issue.source),
)
_HEADS_BEFORE = (("序号", 5.0), ("级别", 9.0))
_POINTS_HEAD = ("影响分值", 8.5)
_HEADS_AFTER = ((REASON_HEAD, 12.0), (TEXT_HEAD, 26.0))


def in_order(issues: Iterable[Issue], stakes: Mapping[IssueKey, Fraction]) -> list[Issue]:
    """The issues with most points at stake first, then the hard ones, else as they were."""
    nothing = Fraction(0)
    return sorted(
        issues,
        key=lambda issue: (-stakes.get(issue_key(issue), nothing), issue.severity is Severity.SOFT),
    )


def list_sheet(told: IssueList, looks: Looks, name: str, namespace: str) -> tuple[bytes, dict[str, str]]:
    """The sheet, and the names that belong to it with what they stand for."""
    columns = [each for each in _COLUMNS if each.head not in _OPTIONAL or any(map(each.text, told.issues))]
    sheet = _Sheet(told, looks, columns)
    last_row = _FIRST_ROW + len(sheet.issues) - 1
    table = f"A{LIST_HEAD_ROW}:{column_letters(sheet.key_column)}{max(last_row, LIST_HEAD_ROW)}"
    absolute = f"$A${LIST_HEAD_ROW}:${column_letters(sheet.key_column)}${max(last_row, LIST_HEAD_ROW)}"
    names = {
        "_xlnm._FilterDatabase": f"{quoted(name)}!{absolute}",
        "_xlnm.Print_Titles": f"{quoted(name)}!${LIST_HEAD_ROW}:${LIST_HEAD_ROW}",
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    body = "".join(sheet.pieces(table))
    return f'{head}<worksheet xmlns="{namespace}">{body}</worksheet>'.encode(), names


_OPTIONAL = frozenset({"应为", "依据"})


class _Sheet:
    """The sheet while it is written."""

    def __init__(self, told: IssueList, looks: Looks, columns: Sequence[_Column]) -> None:
        self._told, self._looks, self._columns = told, looks, columns
        self.issues = in_order(told.issues, told.stakes)[:MOST_LISTED]
        points = [_POINTS_HEAD] if told.stakes else []
        after = _HEADS_AFTER if told.to_type else ()
        middle = [(each.head, each.width) for each in columns]
        self._heads = [*_HEADS_BEFORE, *points, *middle, *after, (LIST_MARK, 12.0)]
        self._waiting = soft_issues(told.issues)
        self._links: list[str] = []
        self._typed: list[int] = []

    @property
    def key_column(self) -> int:
        """The hidden last column."""
        return len(self._heads)

    def pieces(self, table: str) -> Iterator[str]:
        """The elements of the worksheet, in order."""
        yield (
            '<sheetPr><tabColor rgb="FFD93025"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{LIST_HEAD_ROW}" topLeftCell="A{_FIRST_ROW}" activePane="bottomLeft" '
            f'state="frozen"/><selection pane="bottomLeft" activeCell="A{_FIRST_ROW}" '
            f'sqref="A{_FIRST_ROW}"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        )
        yield self._cols()
        yield f"<sheetData>{''.join(self._rows())}</sheetData>"
        yield (
            '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" sort="0" '
            f'autoFilter="0"/><autoFilter ref="{table}"/>'
        )
        yield self._merged()
        yield self._validations()
        yield f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else ""
        yield (
            '<printOptions horizontalCentered="1"/>'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            "<headerFooter><oddFooter>&amp;L&amp;A&amp;R第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter>"
        )

    def _cols(self) -> str:
        lines = []
        for number, (_, width) in enumerate(self._heads, 1):
            hidden = ' hidden="1"' if number == self.key_column else ""
            lines.append(f'<col min="{number}" max="{number}" width="{width}"{hidden} customWidth="1"/>')
        return f"<cols>{''.join(lines)}</cols>"

    def _merged(self) -> str:
        last = column_letters(self.key_column - 1)
        ranges = "".join(f'<mergeCell ref="A{row}:{last}{row}"/>' for row in range(1, LIST_HEAD_ROW))
        return f'<mergeCells count="{LIST_HEAD_ROW - 1}">{ranges}</mergeCells>'

    def _rows(self) -> Iterator[str]:
        above = (
            ("title", self._told.title, 30),
            ("verdict", self._verdict(), 20),
            ("hint", self._hint(), 34),
        )
        for number, (look, text, height) in enumerate(above, 1):
            cell = self._cell(1, number, text, look)
            yield f'<row r="{number}" ht="{height}" customHeight="1">{cell}</row>'
        heads = (
            self._cell(column, LIST_HEAD_ROW, head, "head") for column, (head, _) in enumerate(self._heads, 1)
        )
        yield f'<row r="{LIST_HEAD_ROW}" ht="24" customHeight="1">{"".join(heads)}</row>'
        for number, issue in enumerate(self.issues, _FIRST_ROW):
            cells, points = "".join(self._issue(number, issue)), self._height(issue)
            yield f'<row r="{number}" ht="{points:g}">{cells}</row>'

    def _height(self, issue: Issue) -> float:
        """Enough for the longest text, wrapped; a program that can reckon better may do so."""
        offered = self._told.offered.get(issue_key(issue)) if self._told.to_type else None
        told = [(each.text(issue), each.width) for each in self._columns]
        told.append((offered.text if offered else "", _HEADS_AFTER[-1][1]))
        lines = max(sum(map(_lines, text.split("\n"), repeat(width))) for text, width in told)
        return min(max(lines, 1) * _LINE_POINTS + 6, _MOST_POINTS)

    def _issue(self, row: int, issue: Issue) -> Iterator[str]:
        soft, key = issue.severity is Severity.SOFT, issue_key(issue)
        asked = soft and key in self._waiting
        first = 3
        yield f'<c r="A{row}" s="{self._looks["centre"]}"><v>{row - LIST_HEAD_ROW}</v></c>'
        yield self._cell(2, row, TITLES[issue.severity], "soft" if soft else "hard")
        if self._told.stakes:
            yield self._points(first, row, self._told.stakes.get(key))
            first += 1
        for column, each in enumerate(self._columns, first):
            look = each.look
            if look == "link":
                look = "link" if self._link(column, row, issue) else "centre"
            yield self._cell(column, row, shown(each.text(issue), _MOST_SHOWN), look)
        if self._told.to_type:
            yield from self._answer(first + len(self._columns), row, key if asked else None)
        yield self._cell(self.key_column, row, key, "text")

    def _answer(self, column: int, row: int, key: IssueKey | None) -> Iterator[str]:
        if key is None:
            yield from (self._cell(each, row, "—", "unused") for each in (column, column + 1))
            return
        self._typed.append(row)
        offered = self._told.offered.get(key)
        names = {each.code: each.name for each in self._told.reasons}
        reason = names.get(offered.reason, offered.reason) if offered else ""
        yield self._cell(column, row, reason, "input")
        yield self._cell(column + 1, row, offered.text if offered else "", "input")

    def _points(self, column: int, row: int, points: Fraction | None) -> str:
        value = "" if points is None else f"<v>{fixed_text(points, 2)}</v>"
        return f'<c r="{column_letters(column)}{row}" s="{self._looks["points"]}">{value}</c>'

    def _link(self, column: int, row: int, issue: Issue) -> bool:
        target = self._told.link(issue)
        if target is not None:
            where = f'ref="{column_letters(column)}{row}" location="{in_xml(target)}"'
            self._links.append(f'<hyperlink {where} tooltip="转到这个单元格"/>')
        return target is not None

    def _cell(self, column: int, row: int, text: str, look: str) -> str:
        where = f'r="{column_letters(column)}{row}" s="{self._looks[look]}"'
        if not text:
            return f"<c {where}/>"
        return (
            f'<c {where} t="inlineStr"><is><t xml:space="preserve">{in_cell(cut(text, LONGEST))}</t></is></c>'
        )

    def _validations(self) -> str:
        if not self._typed:
            return ""
        reason, text = (column_letters(self.key_column - back) for back in (2, 1))
        rows = _ranges(self._typed)
        lists = " ".join(f"{reason}{first}:{reason}{last}" for first, last in rows)
        texts = " ".join(f"{text}{first}:{text}{last}" for first, last in rows)
        return (
            '<dataValidations count="2"><dataValidation type="list" allowBlank="1" showInputMessage="1" '
            'showErrorMessage="1" errorTitle="填写有误" error="请从列表里选一个原因" '
            f'promptTitle="{REASON_HEAD}" prompt="从列表里选" sqref="{lists}">'
            f"<formula1>{in_xml(self._told.reasons_range)}</formula1></dataValidation>"
            '<dataValidation type="textLength" operator="lessThanOrEqual" allowBlank="1" '
            'showInputMessage="1" showErrorMessage="1" errorTitle="填写有误" error="情况说明太长了" '
            f'promptTitle="{TEXT_HEAD}" prompt="写清发生了什么、依据是什么" sqref="{texts}">'
            "<formula1>2000</formula1></dataValidation></dataValidations>"
        )

    def _verdict(self) -> str:
        hard = sum(issue.severity is Severity.HARD for issue in self._told.issues)
        soft = len(self._told.issues) - hard
        if hard:
            also = f"；另有 {soft} 处需要说明" if soft else ""
            return f"还不能收：有 {hard} 处必须改正{also}。"
        if soft:
            return f"没有必须改正的；有 {soft} 处需要说明，说明齐了就收。"
        return "没有发现问题。"

    def _hint(self) -> str:
        left = len(self._told.issues) - len(self.issues)
        more = f"只列出前 {MOST_LISTED} 个，还有 {left} 个改正后再看。" if left else ""
        if not self._told.to_type:
            return (
                "请在原来的文件里改正，再上传。需要说明的，请在系统页面上填写说明，"
                f"或者改用 .xlsx 模板填报，说明就能写在表里。{more}"
            )
        return (
            "红色的必须改正：点“位置”跳到单元格，改好后把这个文件再上传。黄色的，数字有错就改正；"
            f"数字属实的，在这张表的“{REASON_HEAD}”和“{TEXT_HEAD}”里写明，再上传。"
            f"标色、批注和这张表由系统添加，下次上传时自动更新。{more}"
        )


def _lines(text: str, width: float) -> int:
    wide = sum(2 if letter > "\u2e7f" or letter in "“”‘’—…·" else 1 for letter in text)
    # Breaking does not fill every line.
    return max(-(-wide // int(width * 0.92)), 1)


def _ranges(rows: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
