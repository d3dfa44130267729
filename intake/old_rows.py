"""The rows of any workbook made from our forms, of any version: code, name, measure, cells by head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from intake.annotated.ours import is_ours
from intake.blocks import Rows, rows_of
from intake.cells import Cell, CellKind, Sheet, Workbook
from intake.head_labels import FIXED_HEADS, same_head
from intake.head_labels import is_ours as is_never_read
from intake.labels import (
    CODE_HEAD,
    LEADER_LABEL,
    MEASURE_HEAD,
    NAME_HEAD,
    NIL_LABEL,
    OWN_SHEETS,
    TOTAL_HEAD,
    UNIT_LABEL,
    VALUE_HEAD,
    WRITER_LABEL,
    comparable,
    form_code_of,
)
from intake.origin import heading
from intake.readings import half_width
from intake.template_plan import Heading
from scoring.codes import FormCode

_TICKS = frozenset({"是", "√", "✓", "☑"})


@dataclass(frozen=True, slots=True)
class OldRow:
    """One row with a code; `cells` are those with something in them, by the head of their column.

    `heads` are all columns of figures on the sheet; those of totals and of single values count as one.
    """

    sheet: str
    form: FormCode
    row: int
    code: str
    name: str
    measure: str
    heads: frozenset[str]
    cells: Mapping[str, Cell]

    @property
    def members(self) -> frozenset[str]:
        """The heads of cells that are part of a total, and filled in."""
        return frozenset(self.cells) - {VALUE_HEAD}


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One sheet with a head row: what stands above it, and its rows. `unit`: the cell of the unit's name."""

    name: str
    form: FormCode
    unit: Cell | None
    heading: Heading
    rows: tuple[OldRow, ...] = field(default=())


def old_sheets(workbook: Workbook) -> tuple[OldSheet, ...]:
    """Every sheet of a form, found by a head row that has a column of codes; our own lists are left out."""
    sheets = (
        sheet for sheet in workbook.sheets if comparable(sheet.name) not in OWN_SHEETS and not is_ours(sheet)
    )
    return tuple(found for sheet in sheets if (found := _read(sheet)) is not None)


def _read(sheet: Sheet) -> OldSheet | None:
    rows = rows_of(sheet)
    head = next((row for row, cells in rows.items() if CODE_HEAD in _labels(cells).values()), 0)
    if not head:
        return None
    return OldSheet(
        name=sheet.name,
        form=FormCode(form_code_of(sheet.name)),
        unit=heading(rows, head, UNIT_LABEL)[1],
        heading=Heading(
            nil=_word(rows, head, NIL_LABEL) in _TICKS,
            leader=_word(rows, head, LEADER_LABEL),
            writer=_word(rows, head, WRITER_LABEL),
        ),
        rows=tuple(_rows(sheet, rows, head)),
    )


def _labels(cells: Mapping[int, Cell]) -> dict[int, str]:
    texts = {column: comparable(cell.text) for column, cell in cells.items()}
    return {column: same_head(text, FIXED_HEADS, ()) or text for column, text in texts.items()}


def _word(rows: Rows, head: int, label: str) -> str:
    _, cell = heading(rows, head, label)
    return half_width(cell.text).strip() if cell else ""


def _rows(sheet: Sheet, rows: Rows, head: int) -> Iterator[OldRow]:
    heads = _labels(rows[head])
    fixed = {label: column for column, label in reversed(heads.items()) if label in FIXED_HEADS}
    figures = {
        column: figures_head(label)
        for column, label in heads.items()
        if label not in FIXED_HEADS and not is_never_read(label)
    }
    for row, cells in rows.items():
        words = {label: cells[column].text for label, column in fixed.items() if column in cells}
        code = comparable(half_width(words.get(CODE_HEAD, ""))).upper()
        # The rows of earlier figures say so in place of a code.
        if row > head and code and not is_never_read(code) and code != CODE_HEAD:
            yield OldRow(
                sheet=sheet.name,
                form=FormCode(form_code_of(sheet.name)),
                row=row,
                code=code,
                name=words.get(NAME_HEAD, ""),
                measure=words.get(MEASURE_HEAD, ""),
                heads=frozenset(figures.values()),
                cells={label: cells[at] for at, label in figures.items() if at in cells and _says(cells[at])},
            )


def _says(cell: Cell) -> bool:
    return cell.kind is not CellKind.BLANK and bool(comparable(cell.text))


def figures_head(label: str) -> str:
    """The head of a column of figures; the one of totals and the one of single values are the same."""
    return VALUE_HEAD if label in {TOTAL_HEAD, VALUE_HEAD} else label
