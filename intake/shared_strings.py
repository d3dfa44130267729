"""The texts that cells share, and how a stored text is decoded."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intake.refusals import LimitReached, Refused
from intake.xml_walk import Tally, Walker

# Readings of Chinese and Japanese characters; extensions.
_BESIDE_TEXT = frozenset({"rPh", "phoneticPr", "extLst"})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def decode_text(stored: str) -> str:
    """A stored text as Excel shows it: `_x000D_` is a carriage return, `_x005F_` an underscore.

    Raises:
        Refused: the text holds NUL or half a surrogate pair, which no database or file takes.
    """
    if "_x" not in stored:
        return stored
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), stored)
    try:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise Refused("bad-character", value=stored) from None
    if "\0" in text:
        raise Refused("bad-character", value=stored)
    return text


def is_struck(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether a property of a font strikes its characters out, raises or lowers them."""
    if name == "vertAlign":
        return attributes.get("val") in ("superscript", "subscript")
    return name == "strike" and attributes.get("val", "1") not in ("0", "false")


def fits_beside(name: str, met: set[str]) -> bool:
    """Whether an element may stand in a string beside those met so far, to which texts and runs are added.

    Of a text beside a text, or beside runs, some programs show one and some the other; of what is neither,
    nobody knows.
    """
    if name in _BESIDE_TEXT:
        return True
    alone = not met if name == "t" else name == "r" and "t" not in met
    met.add(name)
    return alone


class SharedStrings(Walker):
    """Reads `sharedStrings.xml`; `texts` by index, decoded, runs joined, phonetic guides left out."""

    root = "sst"
    values = frozenset({"t"})

    def __init__(self, part: str, tally: Tally) -> None:
        super().__init__(part, tally)
        self.texts: list[str] = []
        self.struck: set[int] = set()
        """Indexes of texts of which a part is struck out, raised or lowered."""
        self._runs: list[str] = []
        self._pieces: set[str] = set()
        self._characters = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element that matters here."""
        if name == "si":
            if self.path != ["sst", "si"]:
                raise self.odd(name)
            self._runs = []
            self._pieces = set()
        elif self.path[-2:-1] == ["rPr"] and is_struck(name, attributes):
            self.struck.add(len(self.texts))
        elif self.path[-2:-1] == ["si"] and not fits_beside(name, self._pieces):
            raise self.odd("two texts in one string")

    def said(self, text: str) -> None:
        """Keep a text that matters here."""
        path = self.path
        if path[-1] == "t" and (path[-2] == "si" or path[-3:-1] == ["si", "r"]):
            self._runs.append(text)

    def closed(self, name: str) -> None:
        """Put together what has ended."""
        if name == "si":
            text = decode_text("".join(self._runs))
            # No more than all cells together may show, whether they show it or not.
            self._characters += len(text)
            if self._characters > self.tally.limits.workbook_characters:
                raise LimitReached("too-much-text", limit=self.tally.limits.workbook_characters)
            self.texts.append(text)
