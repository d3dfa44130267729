"""How the list of issues looks: fonts, fills and borders by name, added to the styles when used."""

from __future__ import annotations

from dataclasses import dataclass

from intake.annotated.style_sheet import BORDERS, FILLS, FONTS, XFS, StyleSheet

_SONG, _HEI = "宋体", "黑体"
_THIN = '<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    font: str = _SONG
    size: int = 10
    bold: bool = False
    underlined: bool = False
    colour: str = "FF1F1F1F"
    fill: str = ""
    boxed: bool = True
    across: str = "left"
    down: str = "center"
    number: int = 0
    locked: bool = True


_LOOKS = {
    "title": _Look(font=_HEI, size=16, boxed=False),
    "verdict": _Look(font=_HEI, size=11, boxed=False),
    "hint": _Look(boxed=False, colour="FF595959"),
    "head": _Look(font=_HEI, fill="FFE8EEF7", across="center"),
    "text": _Look(),
    "quoted": _Look(font="Consolas"),
    "centre": _Look(across="center"),
    "link": _Look(across="center", underlined=True, colour="FF0B57D0"),
    "hard": _Look(across="center", fill="FFFFD6D6", colour="FF8C1D18", bold=True),
    "soft": _Look(across="center", fill="FFFFEBB0", colour="FF6B4A00", bold=True),
    "points": _Look(across="right", number=2),
    "input": _Look(fill="FFFFFBE6", locked=False),
    "unused": _Look(fill="FFF2F2F2", across="center", colour="FFA6A6A6"),
}


class Looks:
    """The index of each look among the cell formats of one workbook."""

    def __init__(self, styles: StyleSheet) -> None:
        self._styles = styles
        self._made: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        if name not in self._made:
            self._made[name] = self._make(_LOOKS[name])
        return self._made[name]

    def _make(self, look: _Look) -> int:
        font = self._styles.add(FONTS, _font(look))
        fill = self._styles.add(FILLS, _fill(look.fill)) if look.fill else 0
        border = self._styles.add(BORDERS, _border()) if look.boxed else 0
        head = (
            f'numFmtId="{look.number}" fontId="{font}" fillId="{fill}" borderId="{border}" '
            'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"'
        )
        indent = ' indent="1"' if look.across == "right" else ""
        alignment = f'<alignment horizontal="{look.across}" vertical="{look.down}" wrapText="1"{indent}/>'
        lock = "" if look.locked else '<protection locked="0"/>'
        protected = "" if look.locked else ' applyProtection="1"'
        return self._styles.add(XFS, f"<xf {head}{protected}>{alignment}{lock}</xf>")


def _font(look: _Look) -> str:
    return (
        f"<font>{'<b/>' if look.bold else ''}{'<u/>' if look.underlined else ''}"
        f'<sz val="{look.size}"/><color rgb="{look.colour}"/><name val="{look.font}"/></font>'
    )


def _fill(colour: str) -> str:
    inner = f'<fgColor rgb="{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{inner}</patternFill></fill>'


def _border() -> str:
    sides = "".join(_THIN.format(side=side) for side in ("left", "right", "top", "bottom"))
    return f"<border>{sides}<diagonal/></border>"
