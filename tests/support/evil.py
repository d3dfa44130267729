"""Words that do harm where they are not made harmless, and whether a way out lets them."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from html.parser import HTMLParser

import openpyxl

FORMULAS = (
    *("=cmd|' /C calc'!A0", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1+1", "\r=1+1", " =1+1"),
    *(
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(1)",
        "\ufeff=1+1",
        "\u200b=1+1",
        '=HYPERLINK("http://x")',
    ),
)
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}${7*7}<%= 7*7 %>",
)
OBEYED = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b31m",
    "line\nERROR kaohe.api forged",
    "line\r\nERROR kaohe.api forged",
    "\u2028forged",
    "\u202egpj.exe",
    "\u2066hidden\u2069",
    "\x7f\x08\x08",
)
EVIL = (*FORMULAS, *MARKUP, *OBEYED)


def held_to_terminal(text: str) -> None:
    """Nothing in the text is obeyed by a terminal, and line feeds are its only breaks."""
    bad = {sign for sign in text if sign not in "\n\t" and _is_obeyed(sign)}
    assert not bad, f"{bad!r} in {text!r}"


def _is_obeyed(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"}


def held_to_csv(text: str) -> list[list[str]]:
    """No cell of the table is taken for a formula; the rows."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    for row in rows:
        for cell in row:
            assert not _runs(cell), cell
    return rows


def held_to_workbook(content: bytes) -> list[str]:
    """No cell of the workbook is a formula or could become one on its way through a CSV; its texts."""
    texts = []
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                if isinstance(cell.value, str):
                    assert not _runs(cell.value), cell.value
                    texts.append(cell.value)
    return texts


def _runs(cell: str) -> bool:
    bare = cell.lstrip(" \t\r\n\u00a0\u3000\ufeff\u200b")
    number = bare.lstrip("+-").replace(".", "", 1).replace("/", "", 1)
    return (
        bare.startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")) and not number.isdigit()
    )


def held_to_json(text: str) -> object:
    """It is JSON, and nothing in it is obeyed by a terminal before it is parsed."""
    held_to_terminal(text)
    return json.loads(text)


class _Page(HTMLParser):
    """The tags of a page, and what could run in it."""

    def __init__(self) -> None:
        super().__init__()
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what the words of EVIL would have become."""
        for name, value in attributes:
            script = (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or script or "alert(1)" in (value if name == "src" and value else ""):
                self.running.append(f"<{tag} {name}={value}>")
        if tag == "script" and not any(name == "src" for name, _ in attributes):
            self.running.append("<script>")


def held_to_page(page: str) -> None:
    """Nothing that a stranger wrote runs in the page."""
    parsed = _Page()
    parsed.feed(page)
    assert not parsed.running, parsed.running
    assert "7*749" not in page
