"""The columns of a table: found by their heads, or the codes by what they are; values under none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from intake.blocks import Block
from intake.cells import Cell, CellKind
from intake.fields import Field
from intake.head_labels import FIXED_HEADS, is_ours, is_remark, same_head
from intake.labels import CODE_HEAD, NAME_HEAD, comparable
from intake.measures import plain_measure
from intake.table import Table
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.errors import Place


def find_columns(table: Table, fields: Sequence[Field]) -> None:
    """Find every column by its head; a head that is missing, doubled or unknown is an issue."""
    heads = dict.fromkeys((*FIXED_HEADS, *(field.head for field in fields)))
    wanted = {comparable(head): head for head in heads}
    measures = {plain_measure(field.element.measure) for field in fields}
    found, unknown = _sorted_heads(table, wanted, measures)
    if CODE_HEAD not in found:
        codes = _code_column(table.block, {field.element.code for field in fields})
        if codes is not None:
            found[CODE_HEAD] = [codes]
            unknown = [each for each in unknown if each != codes]
    _settle(table, wanted.values(), found)
    _note_depth(table)
    complete = all(head in table.columns for head in wanted.values())
    for column in unknown:
        what = fault("column-extra" if complete else "column-unknown")
        table.report(what, table.head, column, found=table.rows[table.head][column].text)


def _sorted_heads(
    table: Table, wanted: Mapping[str, str], measures: Collection[str]
) -> tuple[dict[str, list[int]], list[int]]:
    """The columns of each wanted head, and those whose head is unknown."""
    found: dict[str, list[int]] = {}
    unknown: list[int] = []
    for column, label in sorted(table.block.labels.items()):
        head = same_head(label, wanted, measures)
        if head is not None:
            found.setdefault(wanted[head], []).append(column)
        elif is_remark(label):
            _note_remarks(table, column)
        elif not is_ours(label):
            unknown.append(column)
    return found, unknown


def _note_depth(table: Table) -> None:
    if table.block.depth > 1:
        lead = min(table.block.labels)
        table.note(
            (table.head, lead),
            f"{table.block.depth} 行表头",
            "一行表头",
            "表头占了几行，每列取最下面的一个名称",
            "the head takes several rows: in each column the lowest label was taken",
        )


def _settle(table: Table, wanted: Iterable[str], found: dict[str, list[int]]) -> None:
    lead = min(table.rows[table.head])
    for head in wanted:
        columns = found.get(head, [])
        if len(columns) == 1:
            table.columns[head] = columns[0]
            _note_other_label(table, head, columns[0])
        elif columns:
            table.report(fault("column-doubled"), table.head, columns[1], found=head)
        elif head == CODE_HEAD and NAME_HEAD in found:
            table.note(
                (table.head, found[NAME_HEAD][0]),
                f"没有“{CODE_HEAD}”一列",
                NAME_HEAD,
                "按数据项的名称认行",
                "there is no column of codes: the rows were found by the names of the elements",
            )
        else:
            table.report(fault("column-missing"), table.head, lead, expected=head)


def _note_other_label(table: Table, head: str, column: int) -> None:
    cell = table.rows[table.head].get(column)
    found = cell.text if cell else ""
    if comparable(found) != comparable(head):
        table.note(
            (cell.row if cell else table.head, column),
            found,
            head,
            "表头按相同的意思认出" if found else "表头空着，按列里的代码认出",
            "the head was known by its meaning" if found else "a blank head, known by the codes below it",
        )


def _note_remarks(table: Table, column: int) -> None:
    table.note(
        (table.rows[table.head][column].row, column),
        table.rows[table.head][column].text,
        "",
        "备注一类的列，保留但没有读取",
        "a column of remarks: kept, and not read",
    )


def _code_column(block: Block, codes: set[str]) -> int | None:
    """The one column in which codes of the form stand, where no head says so."""
    columns = {
        column
        for _, cells in block.body
        for column, cell in cells.items()
        if comparable(cell.text).upper() in codes
    }
    return columns.pop() if len(columns) == 1 else None


def find_misplaced(table: Table, wanted: Iterable[Field]) -> None:
    """Values in the rows of elements that stand where no figure is asked for."""
    used = {(each.element.code, each.head) for each in wanted}
    names = {each.element.code: each.row_label for each in wanted}
    heads = {column: head for head, column in table.columns.items()}
    labelled = set(table.rows[table.head])
    stray: dict[int, list[tuple[str, Cell]]] = {}
    for code, row in table.elements.items():
        for column, cell in _values(table, row):
            head = heads.get(column)
            if head is None and column not in labelled:
                stray.setdefault(column, []).append((names[code], cell))
            elif head is not None and head not in FIXED_HEADS and (code, head) not in used:
                place = Place(
                    sheet=table.sheet.name, cell=cell.address, row_label=names[code], column_label=head
                )
                issue = worded(SHEET_WORDINGS, fault("unused-cell-filled"), place, found=cell.text)
                table.issues.append(issue)
    for column, cells in stray.items():
        _report_stray(table, column, cells)


def _report_stray(table: Table, column: int, cells: Sequence[tuple[str, Cell]]) -> None:
    """One value beside the table is named by itself; a whole column of them once."""
    if len(cells) > 1:
        table.report(fault("column-without-head", count=len(cells)), table.head, column)
        return
    [(label, cell)] = cells
    table.report(fault("stray-value"), cell.row, column, found=cell.text, label=label)


def _values(table: Table, row: int) -> Iterator[tuple[int, Cell]]:
    """The cells of a row that hold a value; a formula that gives an empty text holds none."""
    for column, cell in table.rows[row].items():
        if cell.kind is not CellKind.TEXT or comparable(cell.text):
            yield column, cell
