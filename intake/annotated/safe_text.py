"""Putting strangers' words into XML so that every program shows them and none obeys them."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 32_767
"""What a cell or a comment of Excel holds, in UTF-16 units."""

_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
_KEPT_FORMATS = "\u200c\u200d"


def shown(text: str, most: int = LONGEST) -> str:
    """The text as it may stand in a file: no control or direction marks, single line feeds, cut to fit."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines.isprintable():
        lines = "".join(_visible(each) for each in lines)
    return cut(lines, most)


def cut(text: str, most: int) -> str:
    """The text, with an ellipsis where it is longer than so many UTF-16 units."""
    if len(text) * 2 <= most or _units(text) <= most:
        return text
    kept, room = [], most - 1
    for letter in text:
        room -= 1 + (letter > "\uffff")
        if room < 0:
            break
        kept.append(letter)
    return "".join(kept) + "…"


def in_xml(text: str) -> str:
    """The text as character data or the value of an attribute; an attribute must hold no line break."""
    return _NOT_XML.sub("\ufffd", text).translate(_XML)


def in_cell(text: str) -> str:
    """Likewise, for a text that Excel decodes: `_x000D_` typed by somebody stays these seven letters."""
    return in_xml(_ESCAPE_LIKE.sub("_x005F_", text))


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _visible(character: str) -> str:
    if character in "\n" or character in _KEPT_FORMATS:
        return character
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if category in {"Cc", "Cf", "Zl", "Zp", "Co", "Cn"}:
        return " " if character == "\t" else character.encode("unicode_escape").decode()
    return character
