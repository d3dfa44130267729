"""One form's table: where its columns and rows are, found by their labels."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.addresses import column_letters
from intake.blocks import Block, Rows
from intake.cells import Sheet
from intake.fields import Field
from intake.normalisations import Normalisation
from intake.spots import Spot
from intake.wording import Fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.codes import ElementCode
from scoring.errors import Issue, Place
from scoring.rulebook.forms import Form


@dataclass(slots=True)
class Table:
    """What was found of a form on its sheet; `head` is 0 where there is no head row."""

    form: Form
    block: Block
    columns: dict[str, int] = field(default_factory=dict)
    """Label -> column, for every column that stands exactly once."""
    elements: dict[ElementCode, int] = field(default_factory=dict)
    """Element -> row, likewise."""
    issues: list[Issue] = field(default_factory=list)
    normalisations: list[Normalisation] = field(default_factory=list)

    @property
    def sheet(self) -> Sheet:
        """The sheet it stands on."""
        return self.block.sheet

    @property
    def rows(self) -> Rows:
        """Its rows with the headings above them."""
        return self.block.rows

    @property
    def head(self) -> int:
        """The row of its head."""
        return self.block.head

    def spot(self, wanted: Field) -> Spot | None:
        """Where the field is; None where its row or column is missing or doubled."""
        row, column = self.elements.get(wanted.element.code), self.columns.get(wanted.head)
        if row is None or column is None:
            return None
        return Spot(self.sheet.name, address(row, column), self.rows.get(row, {}).get(column))

    def report(
        self, what: Fault, row: int, column: int, *, found: str = "", expected: str = "", label: str = ""
    ) -> None:
        """Add an issue at a cell."""
        place = Place(sheet=self.sheet.name, cell=address(row, column), row_label=label)
        self.issues.append(worded(SHEET_WORDINGS, what, place, found=found, expected=expected))

    def note(self, at: tuple[int, int], before: str, after: str, why: str, why_en: str) -> None:
        """List something that was tolerated at a row and column; `after` is empty where nothing was read."""
        self.normalisations.append(
            Normalisation(
                sheet=self.sheet.name, cell=address(*at), before=before, after=after, why=why, why_en=why_en
            )
        )


def address(row: int, column: int) -> str:
    """`C7` for row 7, column 3."""
    return f"{column_letters(column)}{row}"
