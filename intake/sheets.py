"""The cells of one worksheet, read strictly: what two programs could read differently is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from intake.addresses import LAST_COLUMN, LAST_ROW, Position, column_letters, split_address
from intake.cell_values import CellDraft
from intake.cells import Cell, CellKind
from intake.numbers_text import decimal_of_text
from intake.refusals import LimitReached, Refused
from intake.shared_strings import fits_beside, is_struck
from intake.sheet_formulas import SheetFormulas
from intake.sheet_view import SheetView, places_inside
from intake.styles import GENERAL, shows_date
from intake.xml_walk import Tally, Walker

# Each element that carries meaning -> its parent; only the root has none.
_PARENTS = {
    "worksheet": "",
    "sheetFormatPr": "worksheet",
    "cols": "worksheet",
    "col": "cols",
    "sheetData": "worksheet",
    "row": "sheetData",
    "c": "row",
    "f": "c",
    "v": "c",
    "is": "c",
    "mergeCells": "worksheet",
    "mergeCell": "mergeCells",
}
# Inside these every element and every word must be known.
_WATCHED = frozenset({"sheetData", "row", "c"})
# Points of a row and characters of a column below which a screen has no dot to show of them.
_LOWEST_ROW, _NARROWEST_COLUMN = Decimal(1), Decimal("0.2")


class _Raw(NamedTuple):
    """A finished cell, before it is known who sees it."""

    kind: CellKind
    text: str
    formula: str
    number_format: str
    struck: bool


class Struck(NamedTuple):
    """Shared texts of which a part is struck out, and styles that strike out a whole cell, as written."""

    texts: Set[int] = frozenset()
    styles: Set[str] = frozenset()


_NOTHING_STRUCK = Struck()


class SheetWalker(Walker):
    """Reads one worksheet part; `cells()` and `view.merged` are complete after `walk`."""

    root = "worksheet"
    values = frozenset({"v", "f", "t"})

    def __init__(
        self,
        part: str,
        tally: Tally,
        sheet: str,
        texts: Sequence[str],
        formats: Sequence[str],
        struck: Struck = _NOTHING_STRUCK,
    ) -> None:
        super().__init__(part, tally)
        self.view = SheetView()
        self._sheet = sheet
        self._texts = texts
        self._struck = struck
        self._inline_struck = False
        shown = [(code, shows_date(code)) for code in formats or (GENERAL,)]
        # By the index as it is written, so that any other way to write one is refused.
        self._formats = {str(index): format_ for index, format_ in enumerate(shown)}
        self._formulas = SheetFormulas()
        self._raw: dict[Position, _Raw] = {}
        self._draft: CellDraft | None = None
        self._met: set[str] = set()
        self._inline: set[str] = set()
        self._row = self._column = 0
        self._unsized_rows_hidden = False
        self._openers: dict[str, Callable[[dict[str, str]], None]] = {
            "sheetData": self._once,
            "mergeCells": self._once,
            "sheetFormatPr": self._open_defaults,
            "col": self._open_column,
            "row": self._open_row,
            "c": self._open_cell,
            "f": self._open_piece,
            "v": self._open_piece,
            "is": self._open_piece,
            "mergeCell": self._open_merged,
        }

    def walk(self, data: bytes) -> None:
        """Parse the sheet.

        Raises:
            Refused: with the sheet, and the cell where there is one.
        """
        try:
            super().walk(data)
        except Refused as refused:
            refused.place(self._sheet, self._draft.address if self._draft else "")
            raise

    def cells(self) -> dict[str, Cell]:
        """The cells with a value or a formula, by address, in reading order.

        Raises:
            Refused: array formulas or merged ranges lie over each other a hopeless number of times, or a
                formula without text is part of none.
        """
        filled = {
            place: text
            for (_, text), (_, places) in zip(
                self._formulas.filled,
                places_inside([one for one, _ in self._formulas.filled], self._raw.keys()),
                strict=True,
            )
            for place in places
        }
        self._refuse_lonely_members(filled.keys())
        unseen = self.view.concealed(self._raw.keys())
        cells = {}
        for place, raw in self._raw.items():
            row, column = place
            address = f"{column_letters(column)}{row}"
            formula = raw.formula or filled.get(place, "")
            cells[address] = Cell(
                self._sheet,
                address,
                row,
                column,
                raw.kind,
                raw.text,
                formula,
                raw.number_format,
                place in unseen,
                raw.struck,
            )
        return cells

    def _refuse_lonely_members(self, filled: Set[Position]) -> None:
        lonely = self._formulas.members - filled
        if lonely:
            row, column = min(lonely)
            refused = Refused("bad-formula", value="<f/>")
            refused.place(self._sheet, f"{column_letters(column)}{row}")
            raise refused

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element that matters here."""
        parent = self.path[-2] if len(self.path) > 1 else ""
        if parent == "rPr" and "is" in self.path and is_struck(name, attributes):
            self._inline_struck = True
        if _PARENTS.get(name) != parent:
            self._refuse_misplaced(name, parent)
        elif name in self._openers:
            self._openers[name](attributes)

    def said(self, text: str) -> None:
        """Keep a text that matters here."""
        path, draft = self.path, self._draft
        top = path[-1]
        if draft is not None:
            if top in ("v", "f"):
                draft.pieces[top].append(text)
            elif top == "t" and (path[-2] == "is" or path[-3:-1] == ["is", "r"]):
                draft.pieces["is"].append(text)
        if top in _WATCHED and text.strip(" \t\r\n"):
            raise self.odd(text)

    def closed(self, name: str) -> None:
        """Put together what has ended."""
        if name == "c" and self._draft is not None:
            self._keep(self._draft)
            self._draft = None

    def _refuse_misplaced(self, name: str, parent: str) -> None:
        second_text = parent == "is" and not fits_beside(name, self._inline)
        unknown_here = parent in _WATCHED and name != "extLst"
        if name in _PARENTS or unknown_here or second_text:
            raise self.odd(name)

    def _once(self, _attributes: dict[str, str]) -> None:
        if self.path[-1] in self._met:
            raise self.odd(self.path[-1])
        self._met.add(self.path[-1])

    def _open_defaults(self, attributes: dict[str, str]) -> None:
        self._once(attributes)
        self._unsized_rows_hidden = self.truth(attributes, "zeroHeight")

    def _open_column(self, attributes: dict[str, str]) -> None:
        first, last = (self.whole(attributes, name, LAST_COLUMN) for name in ("min", "max"))
        hidden = self.truth(attributes, "hidden") or _is_below(attributes.get("width"), _NARROWEST_COLUMN)
        self.view.pass_columns(first, last, hidden=hidden)

    def _open_row(self, attributes: dict[str, str]) -> None:
        row = self.whole(attributes, "r", LAST_ROW) if "r" in attributes else self._row + 1
        if row == self._row:
            raise Refused("duplicate-row", row=row)
        if row < self._row or not row or row > LAST_ROW:
            raise Refused("rows-out-of-order", row=row, last=self._row)
        self._row, self._column = row, 0
        unsized = self._unsized_rows_hidden and not {"ht", "hidden"} & attributes.keys()
        if self.truth(attributes, "hidden") or _is_below(attributes.get("ht"), _LOWEST_ROW) or unsized:
            self.view.hide_row(row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r") or f"{column_letters(self._column + 1)}{self._row}"
        self._draft = CellDraft(address, attributes)
        self._inline.clear()
        self._inline_struck = False
        place = split_address(address)
        if place is None:
            raise Refused("bad-address", value=address)
        row, column = place
        if row != self._row:
            raise Refused("cell-in-wrong-row", row=self._row)
        if column <= self._column:
            raise Refused("duplicate-cell" if column == self._column else "cells-out-of-order")
        self._column = column

    def _open_piece(self, attributes: dict[str, str]) -> None:
        if self._draft is not None:
            self._draft.open_piece(self.path[-1], attributes)

    def _open_merged(self, attributes: dict[str, str]) -> None:
        self.view.merge(attributes.get("ref", ""), self.tally.limits.merged_ranges)

    def _keep(self, draft: CellDraft) -> None:
        style = draft.attributes.get("s", "0")
        if style not in self._formats:
            raise Refused("bad-attribute", part=self.part, name="s", value=style)
        if not draft.pieces:
            return
        stored = draft.piece("f")
        formula = ""
        if stored is not None:
            formula = self._formulas.read(self._row, self._column, stored, draft.formula_attributes)
        number_format, is_date = self._formats[style]
        kind, text = draft.value(self._texts, as_date=is_date)
        if kind is CellKind.BLANK and not formula:
            return
        self._count(text, formula)
        struck = style in self._struck.styles or self._inline_struck or self._shares_struck(draft)
        self._raw[self._row, self._column] = _Raw(kind, text, formula, number_format, struck)

    def _shares_struck(self, draft: CellDraft) -> bool:
        return draft.attributes.get("t") == "s" and int(draft.piece("v") or "-1") in self._struck.texts

    def _count(self, text: str, formula: str) -> None:
        tally, limits = self.tally, self.tally.limits
        if self._row > limits.rows:
            raise Refused("too-many-rows", limit=limits.rows)
        if self._column > limits.columns:
            raise Refused("too-many-columns", limit=limits.columns)
        tally.cells += 1
        if tally.cells > limits.cells:
            raise LimitReached("too-many-cells", limit=limits.cells)
        tally.add_characters(text)
        tally.add_characters(formula)


def _is_below(size: str | None, least: Decimal) -> bool:
    """Whether a size is given and less than that; one that is no number means nothing here."""
    number = decimal_of_text(size or "")
    return number is not None and number < least
