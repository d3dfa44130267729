"""How a template looks: fonts, borders and colours by name, made once a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

INPUT_YELLOW = "#FFFBE6"
CARRIED_GREEN = "#EDF7ED"
HEAD_BLUE = "#E8EEF7"
UNUSED_GREY = "#D9D9D9"
LAST_GREY = "#F2F2F2"
_FAINT = "#595959"

_BODY = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
_BOXED = {**_BODY, "border": 1, "border_color": "#808080"}
_SHOWN = {
    **{key: value for key, value in _BOXED.items() if key != "text_wrap"},
    "font_size": 9,
    "font_color": _FAINT,
    "bg_color": LAST_GREY,
}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"},
    "label": {**_BODY, "font_name": "黑体", "align": "right", "text_wrap": False},
    "stated": {**_BODY, "bottom": 1, "text_wrap": False},
    "signed": {**_BODY, "bottom": 1, "bg_color": INPUT_YELLOW, "locked": False, "text_wrap": False},
    "head": {**_BOXED, "font_name": "黑体", "align": "center", "bg_color": HEAD_BLUE},
    "code": {**_BOXED, "align": "center"},
    "name": _BOXED,
    "definition": {**_BOXED, "indent": 1, "font_size": 9, "font_color": "#404040"},
    "input": {**_BOXED, "align": "right", "bg_color": INPUT_YELLOW, "locked": False},
    "carried": {**_BOXED, "align": "right", "bg_color": CARRIED_GREEN, "locked": False},
    "date": {
        **_BOXED,
        "align": "right",
        "bg_color": INPUT_YELLOW,
        "locked": False,
        "num_format": "yyyy-mm-dd",
    },
    "total": {**_BOXED, "align": "right", "bold": True},
    "unused": {**_BOXED, "bg_color": UNUSED_GREY},
    "last": {**_SHOWN, "align": "right", "shrink": True},
    "last-date": {**_SHOWN, "align": "right", "num_format": "yyyy-mm-dd"},
    "last-label": {**_SHOWN, "align": "center"},
    "last-name": {**_SHOWN, "shrink": True},
    "last-head": {**_SHOWN, "font_name": "黑体", "font_size": 10, "align": "center"},
    "note": {**_BODY, "font_size": 9, "valign": "top"},
    "note_head": {**_BODY, "font_name": "黑体"},
    "text": {**_BODY, "font_size": 11},
}
_LEGEND = {
    f"legend-{name}": {**_LOOKS[name], "align": "center", "locked": True}
    for name in ("input", "carried", "total", "last", "unused")
}


class Looks:
    """The formats of one workbook by name."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self._formats = {
            name: workbook.add_format(dict(look)) for name, look in {**_LOOKS, **_LEGEND}.items()
        }

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]


def width_of(text: str) -> int:
    """How many narrow characters wide a text is: Chinese ones count twice."""
    return sum(2 if ord(letter) > 0x2E7F or letter in "“”‘’—…·" else 1 for letter in text)


def height_of(text: str, width: float, line: float = 13.5) -> float:
    """The height of a row in points that shows the whole text wrapped to a column of that width."""
    # Breaking does not fill every line: one narrow column in ten is reckoned lost.
    usable = max(width * 0.9, 2)
    lines = sum(max(-(-width_of(part) // int(usable)), 1) for part in text.split("\n"))
    return lines * line + 4
