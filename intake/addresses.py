"""Addresses of cells and ranges: `C7` and `A1:C1`, as row and column from 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import product
from typing import NamedTuple

Position = tuple[int, int]
"""Row and column, both from 1."""

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Range(NamedTuple):
    """A rectangle of cells, all four bounds inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def area(self) -> int:
        """How many cells it holds."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def among(self, positions: Set[Position]) -> Iterator[Position]:
        """Those of the positions that lie inside, in the fewer steps of the two ways to find them."""
        if self.area() > len(positions):
            return (place for place in positions if self._holds(*place))
        rows, columns = range(self.top, self.bottom + 1), range(self.left, self.right + 1)
        return (place for place in product(rows, columns) if place in positions)

    def _holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def split_address(address: str) -> tuple[int, int] | None:
    """Row and column of an address such as `C7`; None when no cell of Excel has it."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def split_range(text: str) -> Range | None:
    """A range such as `A1:C1` or a single address; None when it is not written from top left on."""
    first, _, last = text.partition(":")
    start, end = split_address(first), split_address(last or first)
    if start is None or end is None or start[0] > end[0] or start[1] > end[1]:
        return None
    return Range(*start, *end)


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """1 for `A`, 28 for `AB`; the letters are upper-case ASCII."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=20_000)
def column_letters(number: int) -> str:
    """`A` for 1, `AB` for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
