"""Which cells of a sheet nobody sees: hidden rows and columns, and what a merged range covers."""

from __future__ import annotations

from collections.abc import Iterable, Set

from intake.addresses import Position, Range, split_range
from intake.refusals import Refused

_MOST_STEPS = 5_000_000


class SheetView:
    """Gathers what conceals cells while a sheet is read; asked when it has been read."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        self._ranges: list[Range] = []
        self._rows: set[int] = set()
        self._columns: set[int] = set()
        self._last_column = 0

    def hide_row(self, row: int) -> None:
        """Nobody sees that row."""
        self._rows.add(row)

    def pass_columns(self, first: int, last: int, *, hidden: bool) -> None:
        """Note a stretch of columns, which must begin behind the one before.

        Raises:
            Refused: it runs backwards or over an earlier one.
        """
        if not self._last_column < first <= last:
            raise Refused("bad-attribute", part="cols", name="min", value=first)
        self._last_column = last
        if hidden:
            self._columns.update(range(first, last + 1))

    def merge(self, text: str, most: int) -> None:
        """Note a merged range, as written.

        Raises:
            Refused: it is no range, or there are more than `most`.
        """
        merged = split_range(text)
        if merged is None:
            raise Refused("bad-address", value=text)
        if len(self._ranges) >= most:
            raise Refused("too-many-merged-ranges", limit=most)
        self._ranges.append(merged)
        self.merged.append(text)

    def concealed(self, positions: Set[Position]) -> set[Position]:
        """Those of the positions that nobody sees; the first cell of a merged range is seen."""
        unseen = {place for place in positions if place[0] in self._rows or place[1] in self._columns}
        covered = {
            place
            for merged, places in places_inside(self._ranges, positions)
            for place in places
            if place != (merged.top, merged.left)
        }
        return unseen | covered


def places_inside(
    ranges: Iterable[Range], positions: Set[Position]
) -> list[tuple[Range, Iterable[Position]]]:
    """With each range, those of the positions that lie in it.

    Raises:
        Refused: finding out would take more than a few million steps.
    """
    listed = list(ranges)
    if sum(min(one.area(), len(positions)) for one in listed) > _MOST_STEPS:
        raise Refused("too-many-merged-ranges", limit=len(listed))
    return [(one, one.among(positions)) for one in listed]
