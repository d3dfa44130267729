"""Formulas as text: a shared one shifted to its follower's place, and links out of the file."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from intake.addresses import LAST_COLUMN, LAST_ROW, column_letters, column_number

# Strings, quoted sheet names and brackets stand as they are; then a cell, a column range or a row range.
_TOKEN = re.compile(
    r"""
    (?P<literal> "(?:[^"]|"")*" | '(?:[^']|'')*' | \[[^\[\]]*\] )
    | (?<![A-Za-z0-9_.$\\\u0080-\uffff])
      (?: (?P<c>\$?[A-Z]{1,3}) (?P<r>\$?[1-9][0-9]{0,6})
        | (?P<c1>\$?[A-Z]{1,3}) : (?P<c2>\$?[A-Z]{1,3})
        | (?P<r1>\$?[1-9][0-9]{0,6}) : (?P<r2>\$?[1-9][0-9]{0,6}) )
      (?! [A-Za-z0-9_.(!\\\u0080-\uffff] )
    """,
    re.VERBOSE,
)
_STRING = re.compile(r'"(?:[^"]|"")*"')
# [1]Sheet!A1, '[book.xlsx]Sheet'!A1, 'C:\\book.xlsx'!name, server|topic!item; [0]! is the workbook itself.
_OUTWARD = re.compile(
    r"\[(?!0\])[^\[\]]+\][^\s\[\]!'()+\-*/^&=<>,;]*!|'[^'\[\]]*\[(?!0\])[^'\[\]]+\][^']*'!|'[^'\\/]*[\\/][^']*'[!#]|\w\|\s*'?[^|]*!"
)
# Functions that fetch something from the network or have another program work.
_REACHING = re.compile(
    r"(?<![A-Za-z0-9_.])(?:_xlfn\.|_xlws\.)*"
    r"(?:WEBSERVICE|IMAGE|RTD|DDE|CALL|EXEC|REGISTER|REGISTER\.ID|SQL\.REQUEST)\s*\(",
    re.IGNORECASE,
)
_LOST = "#REF!"


def leads_outside(formula: str) -> bool:
    """Whether the formula reads another file, another program (DDE) or the network."""
    words = _STRING.sub('""', formula)
    return any(each.search(words) for each in (_OUTWARD, _REACHING))


class _Reference(NamedTuple):
    """Rows and columns of a reference: a number where it moves, text with `$` where it stays."""

    columns: tuple[int | str, ...]
    rows: tuple[int | str, ...]
    between: str

    def shifted(self, rows: int, columns: int) -> str:
        """The reference that many rows below and columns right."""
        letters = [part if isinstance(part, str) else _letters(part + columns) for part in self.columns]
        numbers = [part if isinstance(part, str) else _digits(part + rows) for part in self.rows]
        return _LOST if "" in letters or "" in numbers else self.between.join(letters + numbers)


class SharedFormula:
    """A formula that many cells share, taken apart once."""

    def __init__(self, formula: str) -> None:
        self._pieces: list[str | _Reference] = []
        end = 0
        for match in _TOKEN.finditer(formula):
            if match["literal"] is None:
                self._pieces += [formula[end : match.start()], _reference(match)]
                end = match.end()
        self._pieces.append(formula[end:])

    def shifted(self, rows: int, columns: int) -> str:
        """The formula as it reads that many rows below and columns right; `$` parts stay.

        A reference that leaves the sheet becomes `#REF!`.
        """
        return "".join(
            piece if isinstance(piece, str) else piece.shifted(rows, columns) for piece in self._pieces
        )


def _reference(match: re.Match[str]) -> _Reference:
    if match["c"]:
        return _Reference((_column(match["c"]),), (_row(match["r"]),), "")
    if match["c1"]:
        return _Reference((_column(match["c1"]), _column(match["c2"])), (), ":")
    return _Reference((), (_row(match["r1"]), _row(match["r2"])), ":")


def _column(text: str) -> int | str:
    return text if text.startswith("$") else column_number(text)


def _row(text: str) -> int | str:
    return text if text.startswith("$") else int(text)


@lru_cache(maxsize=LAST_COLUMN)
def _letters(column: int) -> str:
    """The letters of a column; empty when there is none of that number."""
    return column_letters(column) if 1 <= column <= LAST_COLUMN else ""


def _digits(row: int) -> str:
    return str(row) if 1 <= row <= LAST_ROW else ""
