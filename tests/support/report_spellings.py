"""Ways in which people write a right report: each gives the same facts and is listed once at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from random import Random

from intake.addresses import column_letters, split_address
from intake.cells import CellKind, Sheet, Visibility, Workbook
from intake.fields import Field
from scoring.facts import Amount, Series, Standing
from scoring.numbers import exact_text
from scoring.rulebook.forms import ElementType
from tests.support.report_defects import BY_SPOT, FIELDS, SHEETS, SPOTS, Spot, of_kind
from tests.support.reports import (
    Change,
    agreeing_figures,
    moved,
    new_cell,
    number,
    opened,
    template,
    text,
    with_cells,
    with_sheet,
)

SCALES = (1, 3, 40, 100)
_FIXED = frozenset({"E903", "ED01", "ED02"})
_WIDE = str.maketrans({chr(sign): chr(sign + 0xFEE0) for sign in range(0x21, 0x7F)})
_DAY_ZERO = date(1899, 12, 30)


@cache
def right_report(scale: int) -> Workbook:
    """A report in order, its figures that many times as great."""
    return opened(template(dict(_figures(scale))))


def _figures(scale: int) -> Iterator[tuple[Series, Amount | Standing]]:
    for series, amount in agreeing_figures().items():
        keep = series.element in _FIXED or not isinstance(amount, Fraction)
        yield series, amount if keep or not isinstance(amount, Fraction) else amount * scale


def _grouped(value: str, sign: str) -> str:
    whole, point, places = value.partition(".")
    return f"{int(whole):,}".replace(",", sign) + point + places


def number_spellings(value: str, measure: str) -> Mapping[str, Change]:
    """The ways to write a figure that are taken."""
    found: dict[str, Change] = {
        "text": text(value),
        "full-width": text(value.translate(_WIDE)),
        "blanks around": text(f" {value}\u3000"),
        "no-break blank": text(f"{value}\u00a0"),
        "zero-width": text(f"\u200b{value}\ufeff"),
        "apostrophe": text(f"'{value}"),
        "plus": text(f"+{value}"),
        "measure behind": text(f"{value}{measure}"),
        "measure behind a blank": text(f"{value} {measure}"),
        "measure in brackets": text(f"{value}（{measure}）"),
        "formula": of_kind(CellKind.NUMBER, value, formula="1+1"),
    }
    if "." not in value:
        found["bare point"] = text(f"{value}.")
    if Fraction(value) >= 1000:
        found["commas"] = text(_grouped(value, ","))
        found["wide commas"] = text(_grouped(value, "，"))
        found["blanks between"] = text(_grouped(value, "\u00a0"))
        found["commas and measure"] = text(f"{_grouped(value, ',')} {measure}")
    for other, factor in {
        "万元": (("元", 10_000), ("亿元", Fraction(1, 10_000))),
        "吨": (("千克", 1000),),
    }.get(measure, ()):
        found[f"in {other}"] = text(f"{exact_text(Fraction(value) * factor)}{other}")
    return found


def date_spellings(day: date) -> Mapping[str, Change]:
    """The ways to write a date that are taken."""
    y, m, d = day.year, day.month, day.day
    return {
        "text": text(f"{y}-{m:02}-{d:02}"),
        "points": text(f"{y}.{m}.{d}"),
        "slashes": text(f"{y}/{m}/{d}"),
        "in Chinese": text(f"{y}年{m}月{d}日"),
        "full-width": text(f"{y}年{m}月{d}日".translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
        "eight digits": text(f"{y}{m:02}{d:02}"),
        "eight digits as a number": number(f"{y}{m:02}{d:02}"),
        "serial": number(str((day - _DAY_ZERO).days)),
        "with a time": text(f"{y}-{m}-{d} 08:30"),
        "date cell with a time": of_kind(CellKind.DATE, f"{(day - _DAY_ZERO).days}.5"),
    }


def spellings(each: Field, stored: str) -> Mapping[str, Change]:
    """The ways to write what stands in a field."""
    if each.element.type is ElementType.DATE:
        return date_spellings(_DAY_ZERO + timedelta(days=int(stored)))
    value = exact_text(Fraction(stored))
    found = dict(number_spellings(value, each.element.measure))
    if each.is_total:  # the formula of a total is the template's own
        del found["formula"]
    return found


@dataclass
class Written:
    """A report written in the ways of people; `listed` are the normalisations to come, each once."""

    workbook: Workbook
    listed: list[Spot] = field(default_factory=list)

    def change(self, spot: Spot, change: Change, *, listed: bool = True) -> None:
        """Put another cell at a spot."""
        self.workbook = with_cells(self.workbook, {spot: change})
        if listed:
            self.listed.append(spot)

    def replace_sheet(
        self, name: str, change: Callable[[Sheet], Sheet], place: Callable[[Spot], Spot]
    ) -> None:
        """Change a whole sheet; what is listed on it moves along."""
        self.workbook = with_sheet(self.workbook, name.split()[0], change)
        self.listed = [place(spot) if spot[0] == name else spot for spot in self.listed]


def write_cells(written: Written, count: int, random: Random) -> None:
    """That many cells in another way of writing."""
    cells = {(sheet.name, at): cell for sheet in written.workbook.sheets for at, cell in sheet.cells.items()}
    changes: dict[Spot, Change] = {}
    for each in random.sample(FIELDS, count):
        spot = SPOTS[each.number]
        ways = spellings(each, cells[spot].text)
        changes[spot] = ways[random.choice(sorted(ways))]
    written.workbook = with_cells(written.workbook, changes)
    written.listed += changes


def _heading(written: Written, sheet: str, random: Random) -> None:
    at, words = random.choice(
        [
            ("B2", ("北京", "京", "110000", "北京市双打办", "北京市市场监督管理局")),
            ("D2", ("2021Q4", "2021年4季度", "2021年四季度", "２０２１年第4季度", "二〇二一年第四季度")),
        ]
    )
    written.change((sheet, at), text(random.choice(words)))


def _labels(written: Written, sheet: str, random: Random) -> None:
    at, words = random.choice(
        [
            ("A4", ("编码", "指标代码", "")),
            ("B4", ("指标名称", "数据项名称")),
            ("C4", ("单位",)),
            ("C5", ("（{}）", "单位：{}")),
            ("B6", ("{}：", "1.{}", "“{}”")),
        ]
    )
    stored = next(one for one in written.workbook.sheets if one.name == sheet).cells[at].text
    word = random.choice(words).format(stored)
    written.change((sheet, at), text(word) if word else None)


def _beside(written: Written, sheet: str, random: Random) -> None:
    """A column of remarks, a row of totals of their own, a note below."""
    last = max(split_address(address)[0] for name, address in BY_SPOT if name == sheet)  # type: ignore[index]
    match random.choice(["remarks", "total", "note", "code"]):
        case "remarks":
            written.change((sheet, "R4"), text(random.choice(["备注", "备注_2", "说明"])))
            written.change((sheet, "R6"), text("见附件"), listed=False)
        case "total":
            written.change((sheet, f"B{last + 1}"), text(random.choice(["合 计", "小计", "全省合计"])))
            written.change((sheet, f"D{last + 1}"), number("99"), listed=False)
        case "note":
            written.change((sheet, "A60"), text("1. 以上数字由各成员单位汇总。"), listed=False)
        case _:
            written.change((sheet, "A5"), None, listed=False)
            written.listed.append((sheet, "B5"))


def _shift(written: Written, sheet: str, random: Random) -> None:
    down, right = random.randint(0, 9), random.randint(0, 4)

    def place(spot: Spot) -> Spot:
        row, column = split_address(spot[1]) or (0, 0)
        return spot[0], f"{column_letters(column + right)}{row + down}"

    written.replace_sheet(
        sheet, lambda found: moved(found, lambda row, column: (row + down, column + right)), place
    )


def _spread(written: Written, sheet: str, random: Random) -> None:
    """A blank row in the middle."""
    after = random.randint(5, 7)

    def place(spot: Spot) -> Spot:
        row, column = split_address(spot[1]) or (0, 0)
        return spot[0], f"{column_letters(column)}{row + (row > after)}"

    written.replace_sheet(
        sheet, lambda found: moved(found, lambda row, column: (row + (row > after), column)), place
    )


LAYOUTS = (_heading, _labels, _beside)


def write_layout(written: Written, random: Random) -> None:
    """Sheets changed in ways that are tolerated: each sheet at most in one, then moved."""
    sheets = list(dict.fromkeys(SHEETS.values()))
    for sheet in random.sample(sheets, random.randint(0, len(sheets))):
        random.choice(LAYOUTS)(written, sheet, random)
    for sheet in random.sample(sheets, random.randint(0, 4)):
        random.choice([_shift, _spread])(written, sheet, random)
    if random.random() < 1 / 2:
        name = "工作底稿"
        own = Sheet(name, Visibility.VISIBLE, {"C3": new_cell(name, "C3", CellKind.NUMBER, "7")})
        written.workbook = replace(written.workbook, sheets=(own, *written.workbook.sheets))
        written.listed.append((name, "A1"))
    if random.random() < 1 / 2:
        written.workbook = replace(
            written.workbook,
            sheets=tuple(random.sample(written.workbook.sheets, len(written.workbook.sheets))),
        )


def written_by_people(scale: int, count: int, random: Random) -> Written:
    """A right report with that many cells, and some of its sheets, in other ways."""
    written = Written(right_report(scale))
    write_cells(written, count, random)
    write_layout(written, random)
    return written
