"""What one cell holds, from its declared type and stored text; anything doubtful is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from intake.cells import CellKind
from intake.numbers_text import is_number
from intake.refusals import Refused
from intake.shared_strings import decode_text

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_ERROR = re.compile(r"#[A-Z0-9/_]{1,24}[!?]?")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?Z?)?"
    r"|T?[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
)
_NOTHING = (CellKind.BLANK, "")


class CellDraft:
    """A cell that is being read; `pieces` holds the texts of its `f`, `v` and `is`, where met."""

    __slots__ = ("address", "attributes", "formula_attributes", "pieces")

    def __init__(self, address: str, attributes: Mapping[str, str]) -> None:
        self.address = address
        self.attributes = attributes
        self.formula_attributes: Mapping[str, str] = {}
        self.pieces: dict[str, list[str]] = {}

    def open_piece(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element of that name begins.

        Raises:
            Refused: it is the second one.
        """
        if name in self.pieces:
            raise Refused("ambiguous-cell", what=name)
        self.pieces[name] = []
        if name == "f":
            self.formula_attributes = attributes

    def piece(self, name: str) -> str | None:
        """The text of one element; None when the cell has none of that name."""
        pieces = self.pieces.get(name)
        return None if pieces is None else "".join(pieces)

    def value(self, shared: Sequence[str], *, as_date: bool) -> tuple[CellKind, str]:
        """Kind and text of the finished cell.

        Raises:
            Refused: the text is not what the type promises, or there are two values.
        """
        kind = self.attributes.get("t", "n")
        inline, stored = self.piece("is"), self.piece("v")
        if kind != "inlineStr" and inline is None:
            return _read_value(kind, stored, shared, as_date=as_date)
        if kind != "inlineStr" or stored is not None:
            raise Refused("ambiguous-cell", what="inlineStr")
        return _NOTHING if inline is None else (CellKind.TEXT, decode_text(inline))


def _read_value(
    kind: str, stored: str | None, shared: Sequence[str], *, as_date: bool
) -> tuple[CellKind, str]:
    # Without <v> the cell is blank. An empty <v> is blank too, save in a text that a formula gave.
    if stored is None:
        return _NOTHING
    match kind:
        case "n":
            return _read_number(stored, as_date=as_date)
        case "s":
            return CellKind.TEXT, _shared_text(stored, shared)
        case "str":
            return CellKind.TEXT, decode_text(stored)
        case "b":
            return CellKind.BOOLEAN, _checked(stored, stored in ("0", "1"), "bad-boolean")
        case "e":
            return CellKind.ERROR, _checked(stored, _ERROR.fullmatch(stored), "bad-error-value")
        case "d":
            return CellKind.DATE, _checked(stored, _ISO.fullmatch(stored), "bad-date")
        case _:
            raise Refused("bad-cell-type", value=kind)


def _read_number(stored: str, *, as_date: bool) -> tuple[CellKind, str]:
    if not stored:
        return _NOTHING
    kind = CellKind.DATE if as_date else CellKind.NUMBER
    return kind, _checked(stored, is_number(stored), "bad-number")


def _shared_text(stored: str, shared: Sequence[str]) -> str:
    if _INDEX.fullmatch(stored) is None or int(stored) >= len(shared):
        raise Refused("bad-shared-string", value=stored, count=len(shared))
    return shared[int(stored)]


def _checked(stored: str, fits: object, code: str) -> str:
    if not fits:
        raise Refused(code, value=stored)
    return stored
