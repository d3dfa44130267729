"""Tables of the book in Word: heads that are repeated, rows that are not split, cells that stand for many."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from services.rule_book.document import Cell, Column, Facts, Group, Table
from services.rule_book.layout import Words
from services.rule_book.word_lines import line_runs
from services.rule_book.word_xml import element, paragraph, text_run

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_FACT_LABEL = 14
"""Hundredths of the width for the labels of a card."""
_SHADE = "F2F2EF"


def table_element(table: Table, width: int) -> BaseOxmlElement:
    """The table; width: of the text in twentieths of a point."""
    widths = _widths([column.width for column in table.columns], width)
    rows = [_head(table.columns, widths)]
    for group in table.groups:
        rows += _group_rows(group, table.columns, widths)
    return _table(rows, widths, table.name)


def facts_element(facts: Facts, width: int, *, keep: bool = False) -> BaseOxmlElement:
    """A card's lines as a table of two columns; kept together, and with what follows, where asked."""
    widths = _widths([_FACT_LABEL, 100 - _FACT_LABEL], width)
    columns = (Column("", widths[0], "center"), Column("", widths[1]))
    rows = []
    for fact in facts.rows:
        label = _cell(
            [paragraph("TableHead", text_run(fact.label))],
            widths[0],
            element("w:shd", val="clear", fill=_SHADE),
        )
        rows.append(_row([label, _cell(_lines(fact.lines, columns[1], keep=keep), widths[1])]))
    return _table(rows, widths, facts.name)


def colophon_element(facts: Facts, width: int) -> BaseOxmlElement:
    """The lines at the foot of the cover, between rules."""
    widths = _widths([20, 80], width)
    rows = []
    for fact in facts.rows:
        label = _cell([paragraph("TableHeadLeft", text_run(fact.label))], widths[0])
        rows.append(_row([label, _cell(_lines(fact.lines, Column("", 80), keep=False), widths[1])]))
    return _table(rows, widths, facts.name, sides=("top", "bottom", "insideH"))


def _widths(shares: list[int], width: int) -> list[int]:
    whole = sum(shares)
    found = [width * share // whole for share in shares]
    found[-1] += width - sum(found)
    return found


def _table(
    rows: list[BaseOxmlElement], widths: list[int], name: str, sides: tuple[str, ...] = _SIDES
) -> BaseOxmlElement:
    lines = (element(f"w:{side}", val="single", sz="4", space="0", color="333333") for side in sides)
    margins = (element(f"w:{side}", w="85", type="dxa") for side in ("left", "right"))
    properties = element(
        "w:tblPr",
        element("w:tblW", w=str(sum(widths)), type="dxa"),
        element("w:tblBorders", *lines),
        element("w:tblLayout", type="fixed"),
        element("w:tblCellMar", *margins),
        element("w:tblCaption", val=name),
    )
    grid = element("w:tblGrid", *(element("w:gridCol", w=str(each)) for each in widths))
    return element("w:tbl", properties, grid, *rows)


def _head(columns: tuple[Column, ...], widths: list[int]) -> BaseOxmlElement:
    cells = [
        _cell(
            [paragraph("TableHead", text_run(column.head), properties=(element("w:keepNext"),))],
            width,
            element("w:shd", val="clear", fill=_SHADE),
        )
        for column, width in zip(columns, widths, strict=True)
    ]
    return _row(cells, head=True)


def _group_rows(group: Group, columns: tuple[Column, ...], widths: list[int]) -> Iterator[BaseOxmlElement]:
    if group.title:
        span = element("w:gridSpan", val=str(len(columns)))
        shade = element("w:shd", val="clear", fill=_SHADE)
        line = paragraph("TableHeadLeft", text_run(group.title), properties=(element("w:keepNext"),))
        yield _row([_cell([line], sum(widths), span, shade)])
    last = len(group.rows) - 1
    for at, cells in enumerate(group.rows):
        keep = group.merged and at < last
        yield _row(list(_cells(cells, group, at, columns, widths, keep=keep)))


def _cells(
    cells: tuple[Cell, ...],
    group: Group,
    at: int,
    columns: tuple[Column, ...],
    widths: list[int],
    *,
    keep: bool,
) -> Iterator[BaseOxmlElement]:
    for position, (lines, column, width) in enumerate(zip(cells, columns, widths, strict=True)):
        merge: tuple[BaseOxmlElement, ...] = ()
        if group.merged and position == 0 and len(group.rows) > 1:
            merge = (element("w:vMerge", val="restart" if at == 0 else "continue"),)
            lines = lines if at == 0 else (Words(""),)
        yield _cell(_lines(lines, column, keep=keep), width, *merge)


def _lines(lines: Cell, column: Column, *, keep: bool) -> list[BaseOxmlElement]:
    properties = (element("w:keepNext"),) if keep else ()
    style = "TableText" if column.align == "left" else "TableCentre"
    return [paragraph(style, *line_runs(each), properties=properties) for each in lines]


def _row(cells: list[BaseOxmlElement], *, head: bool = False) -> BaseOxmlElement:
    said = [element("w:cantSplit")] + ([element("w:tblHeader")] if head else [])
    return element("w:tr", element("w:trPr", *said), *cells)


def _cell(lines: list[BaseOxmlElement], width: int, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """A cell; the properties given stand between its width and how it is aligned."""
    said = element(
        "w:tcPr",
        element("w:tcW", w=str(width), type="dxa"),
        *properties,
        element("w:vAlign", val="center"),
    )
    return element("w:tc", said, *lines)
