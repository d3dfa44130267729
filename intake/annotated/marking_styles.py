"""Cell formats with a mark, made from the formats that the cells had, and back."""

from __future__ import annotations

from collections.abc import Mapping

from intake.annotated.fills import MOST_SHADES, NO_FILL, Before, Origin, is_fill, number_of_shade, shade
from intake.annotated.spans import Unpatchable
from intake.annotated.style_sheet import FILLS, XFS, StyleSheet, attribute, changed_head
from scoring.errors import Severity


class MarkingStyles:
    """Makes the formats of marked cells; remembers what each shade stands for."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self._shades: dict[Before, int] = {}
        self._made: dict[tuple[int, Severity, Origin], int | None] = {}
        # A colour that the submitter uses already must not be taken for a mark later on.
        taken = {number_of_shade(fill) for fill in styles.items(FILLS)}
        self._free = iter([number for number in range(MOST_SHADES) if number not in taken])
        # Formats that are added while marking are no formats of the submitter's.
        self._xfs = styles.items(XFS)

    @property
    def shades(self) -> Mapping[Before, int]:
        """What stood under the marks of each shade."""
        return self._shades

    def marked(self, style: int, severity: Severity, origin: Origin) -> int | None:
        """The format for a marked cell that had a format; None when there are too many kinds of cells."""
        key = style, severity, origin
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, style: int, severity: Severity, origin: Origin) -> int | None:
        if not 0 <= style < len(self._xfs):
            return None
        xf = self._xfs[style]
        fills = self._styles.items(FILLS)
        used = int(attribute(xf, "fillId") or 0)
        fill = fills[used] if used < len(fills) else NO_FILL
        before = Before(fill if is_fill(fill) else NO_FILL, attribute(xf, "applyFill"), origin)
        number = self._shades[before] if before in self._shades else next(self._free, MOST_SHADES)
        if number >= MOST_SHADES or not is_fill(fill):
            return None
        self._shades[before] = number
        new = self._styles.add(FILLS, shade(severity, number))
        return self._styles.add(XFS, changed_head(xf, fillId=str(new), applyFill="1"))


def unmarked_styles(styles: StyleSheet, shades: Mapping[int, Before]) -> dict[str, tuple[str, Before]]:
    """For each format with a mark, written as cells name it: the format without it, and what stood there.

    shades: what each shade stands for. Formats are added to `styles` where the file lost them.
    """
    fills = styles.items(FILLS)
    known = {str(index): number_of_shade(fill) for index, fill in enumerate(fills)}
    found: dict[str, tuple[str, Before]] = {}
    for index, xf in enumerate(styles.items(XFS)):
        number = known.get(attribute(xf, "fillId") or "0")
        before = shades.get(number) if number is not None else None
        if before is None:
            continue
        if not is_fill(before.fill):
            raise Unpatchable
        clean = changed_head(xf, fillId=str(styles.add(FILLS, before.fill)), applyFill=before.applied)
        found[str(index)] = str(styles.add(XFS, clean)), before
    return found
