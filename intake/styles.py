"""The number format of each cell style, and whether it shows a number as a date."""

from __future__ import annotations

import re

from intake.refusals import Refused
from intake.shared_strings import is_struck
from intake.xml_walk import Tally, Walker

GENERAL = "General"
_MOST_FORMATS = 65_536
_LONGEST_FORMAT = 255
# Of two of these, some programs heed the first and some the last.
_ONCE = frozenset({"numFmts", "cellXfs"})
# Formats that a file names by number only; 27-36 and 50-58 as in the Chinese edition.
_BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
# What is shown as it stands: quoted, escaped, padded or repeated characters, colours, locales, exponents.
_LITERAL = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|[Ee][+-]|General|G/通用格式', re.IGNORECASE | re.DOTALL
)
_DATE_LETTER = re.compile(r"[ymdhsebg]", re.IGNORECASE)


def shows_date(number_format: str) -> bool:
    """Whether a number under this format is shown as a date, a time of day or a duration."""
    return _DATE_LETTER.search(_LITERAL.sub("", number_format)) is not None


def built_in_format(number: int) -> str:
    """The format that a file names by number only; `General` for one that is unknown, as in Excel."""
    return _BUILT_IN.get(number, GENERAL)


class Styles(Walker):
    """Reads `styles.xml`; `formats` gives the number format of each cell style, by its index."""

    root = "styleSheet"

    def __init__(self, part: str, tally: Tally) -> None:
        super().__init__(part, tally)
        self._own: dict[int, str] = {}
        self._used: list[int] = []
        self._met: set[str] = set()
        self._fonts = 0
        self._struck_fonts: set[int] = set()
        self._fonts_used: list[int] = []

    @property
    def struck(self) -> frozenset[str]:
        """The indexes, as written, of styles that strike a cell out."""
        return frozenset(
            str(index) for index, font in enumerate(self._fonts_used) if font in self._struck_fonts
        )

    @property
    def formats(self) -> list[str]:
        """By style."""
        return [self._own.get(number) or built_in_format(number) for number in self._used]

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """Note an element that matters here."""
        if name in _ONCE and len(self.path) == 2:
            if name in self._met:
                raise self.odd(name)
            self._met.add(name)
        elif self.path == ["styleSheet", "numFmts", "numFmt"]:
            self._add_format(
                self.whole(attributes, "numFmtId", _MOST_FORMATS), attributes.get("formatCode", "")
            )
        elif self.path == ["styleSheet", "cellXfs", "xf"]:
            self._used.append(self.whole(attributes, "numFmtId", _MOST_FORMATS))
            self._fonts_used.append(self.whole(attributes, "fontId", _MOST_FORMATS))
        elif self.path == ["styleSheet", "fonts", "font"]:
            self._fonts += 1
        elif self.path == ["styleSheet", "fonts", "font", "strike"] and is_struck(name, attributes):
            self._struck_fonts.add(self._fonts - 1)

    def _add_format(self, number: int, code: str) -> None:
        if len(code) > _LONGEST_FORMAT:
            raise Refused("bad-attribute", part=self.part, name="formatCode", value=code)
        if self._own.setdefault(number, code) != code:
            raise self.odd(f"numFmt {number}")
