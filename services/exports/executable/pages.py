"""Sheets in the making: cells with their formulas and what they show before anything is recalculated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Shown = float | str | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: a formula (without its equals sign) and what it shows, or a plain value."""

    shown: Shown
    formula: str = ""
    look: str = "text"


@dataclass(slots=True)
class Page:
    """One sheet: heads, rows of cells, how wide the columns are."""

    name: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: list[list[Cell]] = field(default_factory=list)
    printed: int = 0
    """How many columns are printed; 0 = all."""

    def add(self, *cells: Cell) -> int:
        """One more row; its number as people count, the heads being the first row."""
        self.rows.append(list(cells))
        return len(self.rows) + 1

    @property
    def next_row(self) -> int:
        """The number of the row that `add` would make."""
        return len(self.rows) + 2

    def at(self, column: str, row: int) -> str:
        """The address of a cell, seen from any sheet."""
        return f"'{self.name}'!${column}${row}"


def text(value: str, look: str = "text") -> Cell:
    """A cell with words."""
    return Cell(value, look=look)


def live(formula: str, shown: Shown, look: str = "number") -> Cell:
    """A cell with a formula."""
    return Cell(shown, formula, look)
