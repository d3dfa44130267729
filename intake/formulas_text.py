"""Formulas as text: a shared one shifted to its follower's place, and links out of the file."""

from __future__ import annotations

import re

from intake.addresses import LAST_COLUMN, LAST_ROW, column_letters, column_number

# Strings and quoted sheet names stand as they are; then a cell, a column range or a row range.
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
# [1]Sheet!A1, '[book.xlsx]Sheet'!A1, server|topic!item
_OUTWARD = re.compile(
    r"\[[^\[\]]+\][^\s\[\]!'()+\-*/^&=<>,;]*!|'[^'\[\]]*\[[^'\[\]]+\][^']*'!|\w\|\s*'?[^|]*!"
)


def shift_formula(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads that many rows below and columns right; `$` parts stay.

    A reference that leaves the sheet becomes `#REF!`.
    """
    return _TOKEN.sub(lambda match: _shifted(match, rows, columns), formula)


def leads_outside(formula: str) -> bool:
    """Whether the formula reads another file or another program (DDE)."""
    return _OUTWARD.search(_STRING.sub('""', formula)) is not None


def _shifted(match: re.Match[str], rows: int, columns: int) -> str:
    if match["literal"] is not None:
        return match[0]
    if match["c"]:
        parts = (_shift_column(match["c"], columns), _shift_row(match["r"], rows))
        return "".join(parts) if "" not in parts else "#REF!"
    if match["c1"]:
        parts = (_shift_column(match["c1"], columns), _shift_column(match["c2"], columns))
    else:
        parts = (_shift_row(match["r1"], rows), _shift_row(match["r2"], rows))
    return ":".join(parts) if "" not in parts else "#REF!"


def _shift_row(text: str, rows: int) -> str:
    if text.startswith("$"):
        return text
    row = int(text) + rows
    return str(row) if 1 <= row <= LAST_ROW else ""


def _shift_column(text: str, columns: int) -> str:
    if text.startswith("$"):
        return text
    column = column_number(text) + columns
    return column_letters(column) if 1 <= column <= LAST_COLUMN else ""
