"""The formulas of one sheet: shared ones given to each follower, array ones to each cell they fill."""

from __future__ import annotations

from collections.abc import Mapping

from intake.addresses import Position, Range, split_range
from intake.formulas_text import SharedFormula, leads_outside
from intake.refusals import Refused
from intake.shared_strings import decode_text


class SheetFormulas:
    """Turns `<f>` elements, in reading order, into the formula of their cell."""

    def __init__(self) -> None:
        self.filled: list[tuple[Range, str]] = []
        """Ranges that one array formula or data table fills, with its text."""
        self.members: set[Position] = set()
        """Places that say no more than to be part of an array formula: Excel writes `<f ca="1"/>` there."""
        self._shared: dict[str, tuple[int, int, SharedFormula]] = {}

    def read(self, row: int, column: int, stored: str, attributes: Mapping[str, str]) -> str:
        """The formula of the cell at that place, without `=`; empty for a member of an array formula.

        Raises:
            Refused: it has no text, no master to follow, no range to fill, or reads another file.
        """
        kind = attributes.get("t", "normal")
        text = decode_text(stored).removeprefix("=")
        if leads_outside(text):
            raise Refused("external-links", part=text)
        if kind == "shared" and not text:
            return self._follow(row, column, attributes.get("si", ""))
        if kind == "normal" and not text:
            self.members.add((row, column))
            return ""
        if kind == "dataTable":
            text = f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        if kind not in ("normal", "shared", "array", "dataTable") or not text:
            raise Refused("bad-formula", value=kind)
        if kind == "shared":
            self._shared[attributes.get("si", "")] = (row, column, SharedFormula(text))
        elif kind != "normal":
            self._fill(attributes.get("ref", ""), text)
        return text

    def _follow(self, row: int, column: int, identity: str) -> str:
        if identity not in self._shared:
            raise Refused("bad-formula", value=f"shared {identity}")
        first_row, first_column, formula = self._shared[identity]
        return formula.shifted(row - first_row, column - first_column)

    def _fill(self, reference: str, text: str) -> None:
        filled = split_range(reference)
        if filled is None:
            raise Refused("bad-formula", value=reference)
        self.filled.append((filled, text))
