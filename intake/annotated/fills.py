"""The colours of marks: each shade tells what the cell looked like before, whoever saved the file since."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from scoring.errors import Severity

MOST_SHADES = 256
NO_FILL = '<fill><patternFill patternType="none"/></fill>'
_BASES = {Severity.HARD: (0xFF, 0xC0, 0xC0), Severity.SOFT: (0xFF, 0xE0, 0x90)}
_COLOUR = re.compile(r'<fgColor rgb="FF([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})"', re.IGNORECASE)
_SOLID = re.compile(r"""patternType\s*=\s*["']solid["']""")
# What a fill may be made of; it goes through a sheet that its owner can write to.
_FILL = re.compile(
    r"""<fill>(?:</?(?:patternFill|gradientFill|stop|fgColor|bgColor|color)"""
    r"""(?:\s+[A-Za-z]+\s*=\s*(?:"[A-Za-z0-9.+-]*"|'[A-Za-z0-9.+-]*'))*\s*/?>)*</fill>|<fill\s*/>"""
)


class Origin(StrEnum):
    """What stood where a mark is."""

    STYLED = "styled"
    BARE = "bare"
    """A cell that named no style."""
    NO_CELL = "no-cell"
    NO_ROW = "no-row"


@dataclass(frozen=True, slots=True)
class Before:
    """What a marked cell looked like: its fill, whether its format said to apply it, how it was written."""

    fill: str
    applied: str | None
    origin: Origin


def shade(severity: Severity, number: int) -> str:
    """The fill of a mark; shades differ by less than an eye tells apart."""
    red, green, blue = _BASES[severity]
    colour = f"{red:02X}{green + number % 16:02X}{blue + number // 16:02X}"
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
    )


def number_of_shade(fill: str) -> int | None:
    """Which shade a fill has; None for any other fill."""
    colour = _COLOUR.search(fill)
    if colour is None or _SOLID.search(fill) is None:
        return None
    red, green, blue = (int(part, 16) for part in colour.groups())
    for base in _BASES.values():
        low, high = green - base[1], blue - base[2]
        if red == base[0] and 0 <= low < 16 and 0 <= high < 16:
            return low + 16 * high
    return None


def is_fill(text: str) -> bool:
    """Whether a text is the XML of a fill and of nothing else."""
    return _FILL.fullmatch(text) is not None
