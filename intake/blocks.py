"""A sheet as blocks of rows, each under a head row of its own: what one form, or a second one, stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from intake.cells import Cell, CellKind, Sheet
from intake.head_labels import same_head
from intake.labels import CODE_HEAD, LAST_HEADS, NAME_HEAD, comparable

Rows = Mapping[int, Mapping[int, Cell]]
"""The cells of a sheet that hold something, by row and column from 1."""

_MOST_HEAD_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows from the headings above a head row down to the next one; `head` is 0 where there is none.

    A head of two or three rows is one row here, `depth` says how many it took: in each column the lowest
    label. `repeated` are the rows in which the same head stood again. `number` counts from 0 on the sheet.
    """

    sheet: Sheet
    rows: Rows
    head: int = 0
    depth: int = 1
    repeated: tuple[int, ...] = ()
    number: int = 0

    @property
    def labels(self) -> Mapping[int, str]:
        """The heads as they compare, by column."""
        return {column: comparable(cell.text) for column, cell in self.rows.get(self.head, {}).items()}

    @property
    def body(self) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        """The rows below the head."""
        return ((row, cells) for row, cells in self.rows.items() if row > self.head)


def rows_of(sheet: Sheet) -> Rows:
    """The cells that hold something, in reading order; a formula without result counts."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in sheet.cells.values():
        if cell.formula or (cell.kind is not CellKind.BLANK and comparable(cell.text)):
            rows.setdefault(cell.row, {})[cell.column] = cell
    return dict(sorted(rows.items()))


def blocks_of(sheet: Sheet, heads: Collection[str]) -> tuple[Block, ...]:
    """The blocks of a sheet, at least one; `heads` are the labels over figures in any form, comparable."""
    rows = rows_of(sheet)
    starts = [row for row, cells in rows.items() if _is_head(cells, heads)]
    if not starts:
        return (Block(sheet=sheet, rows=rows),)
    tops = [0, *(_top(rows, before, start) for before, start in pairwise(starts))]
    ends = [*tops[1:], max(rows) + 1]
    return tuple(
        _with_one_head(
            Block(
                sheet=sheet,
                rows={row: cells for row, cells in rows.items() if top <= row < end},
                head=start,
                number=number,
            ),
            heads,
        )
        for number, (top, start, end) in enumerate(zip(tops, starts, ends, strict=True))
    )


def joined(first: Block, other: Block) -> Block:
    """Two blocks of one form as a single one, without the second head row."""
    rows = {row: cells for row, cells in other.rows.items() if row != other.head}
    return replace(first, rows={**first.rows, **rows}, repeated=(*first.repeated, other.head))


def _is_head(cells: Mapping[int, Cell], heads: Collection[str]) -> bool:
    """Two of three: a head of codes, a head of names, a head over figures."""
    labels = [comparable(cell.text) for cell in cells.values() if cell.kind is CellKind.TEXT]
    if not labels or labels[0] in LAST_HEADS:
        return False
    found = {same_head(label, (CODE_HEAD, NAME_HEAD), ()) for label in labels}
    figures = any(same_head(label, heads, ()) for label in labels)
    return (CODE_HEAD in found) + (NAME_HEAD in found) + figures >= 2


def _top(rows: Rows, before: int, start: int) -> int:
    """Where the headings of a second table begin: behind the last row above it that holds a figure."""
    filled = [row for row, cells in rows.items() if before <= row < start and _has_figure(cells)]
    return (max(filled) if filled else before) + 1


def _has_figure(cells: Mapping[int, Cell]) -> bool:
    return any(cell.kind is not CellKind.TEXT for cell in cells.values())


def _with_one_head(block: Block, heads: Collection[str]) -> Block:
    """The block with a head of several rows folded into its first."""
    labels = dict(block.rows[block.head])
    code = next(
        (column for column, cell in labels.items() if same_head(comparable(cell.text), (CODE_HEAD,), ())), 0
    )
    lower = []
    for row in range(block.head + 1, block.head + _MOST_HEAD_ROWS):
        cells = block.rows.get(row, {})
        words = [comparable(cell.text) for cell in cells.values()]
        if not words or code in cells or _has_figure(cells) or not any(word in heads for word in words):
            break
        lower.append(row)
        labels.update(
            (column, cell)
            for column, cell in cells.items()
            if comparable(cell.text) in heads or column not in labels
        )
    if not lower:
        return block
    rows = {row: cells for row, cells in block.rows.items() if row not in lower}
    rows[block.head] = dict(sorted(labels.items()))
    return replace(block, rows=rows, depth=1 + len(lower))
