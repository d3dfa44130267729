"""A spot: where on which sheet a field was found, and the cell that stands there."""

from __future__ import annotations

from dataclasses import dataclass

from intake.cells import Cell
from intake.fields import Field
from scoring.errors import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a field; `cell` is None where nothing was typed."""

    sheet: str
    address: str
    cell: Cell | None

    def place(self, field: Field) -> Place:
        """For an issue about that field."""
        return Place(sheet=self.sheet, cell=self.address, row_label=field.row_label, column_label=field.head)
