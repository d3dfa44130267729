"""Random defects of a right report: what is done to it, and the issues that must be said, each at its cell.

`python -m tests.support.report_defects 500` spoils that many workbooks and says how many were told right.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, partial
from random import Random

from intake.addresses import split_address
from intake.cells import Cell, CellKind, Sheet, Visibility, Workbook
from intake.fields import Field
from intake.report import Intake
from scoring.errors import Severity
from scoring.numbers import exact_text
from scoring.rulebook.forms import ElementType
from tests.support.reports import (
    AGREEING,
    Change,
    agreeing_workbook,
    cell_of,
    new_cell,
    number,
    region_fields,
    taken,
    text,
    with_cells,
    with_sheet,
)

Spot = tuple[str, str]
"""Sheet and address."""
Told = tuple[str, str, str]
"""Sheet, address and code of an issue."""

FIELDS = region_fields()
SPOTS: Mapping[int, Spot] = {
    each.number: cell_of(agreeing_workbook(), each.element.code, each.head) for each in FIELDS
}
BY_SPOT = {spot: each for each in FIELDS for spot in [SPOTS[each.number]]}
FIRST_OF_FORM = {
    next(each.number for each in FIELDS if each.form == form) for form in {each.form for each in FIELDS}
}
SHEETS = {each.form: SPOTS[each.number][0] for each in FIELDS}
CODE, NAME, MEASURE, FIRST = "A", "B", "C", "D"


@dataclass(frozen=True, kw_only=True)
class Defect:
    """Something done to a report.

    told: the issues it brings. changes: cells by sheet and address. touched: the spots that no other defect
    may change. needs: those that must be right for it to be seen. unread: fields of which nothing is read.
    wholly: what is done to the workbook besides. once: of two defects with the same word only one is done.
    """

    told: tuple[Told, ...]
    changes: Mapping[Spot, Change] = field(default_factory=dict)
    touched: frozenset[Spot] = frozenset()
    needs: frozenset[Spot] = frozenset()
    unread: frozenset[int] = frozenset()
    wholly: Callable[[Workbook], Workbook] | None = None
    once: str = ""


def at_cell(spot: Spot, code: str, change: Change, needs: frozenset[Spot] = frozenset()) -> Defect:
    """A defect of one cell, told there."""
    return Defect(told=((*spot, code),), changes={spot: change}, touched=frozenset({spot}), needs=needs)


def of_kind(kind: CellKind, stored: str, **more: str) -> Change:
    """A cell of that kind."""
    return lambda sheet, address: new_cell(sheet, address, kind, stored, **more)


def _hidden(sheet: str, address: str) -> Cell:
    return new_cell(sheet, address, CellKind.NUMBER, "9", hidden=True)


def _struck(sheet: str, address: str) -> Cell:
    return new_cell(sheet, address, CellKind.TEXT, "300 327", struck=True)


def texts(*words: str) -> tuple[Change, ...]:
    """Each of the words, typed."""
    return tuple(map(text, words))


ANYWHERE: Mapping[str, tuple[Change, ...]] = {
    "error-value": (of_kind(CellKind.ERROR, "#REF!"), of_kind(CellKind.ERROR, "#DIV/0!", formula="A1/0")),
    "boolean-value": (of_kind(CellKind.BOOLEAN, "1"),),
    "dash": texts("——", "/", "无", "－", "暂无"),
    "hidden-value": (_hidden,),
    "struck-out": (_struck,),
}
NUMBERS: Mapping[str, tuple[Change, ...]] = {
    **ANYWHERE,
    "date-for-number": (of_kind(CellKind.DATE, "44377"),),
    "not-a-number": texts("若干", "12+3", "3件2批", "见附件", "1、234"),
    "chinese-numeral": texts("十二", "一百零五"),
    "exponent-typed": texts("1e3", "1.2E+2"),
    "perhaps-negative": texts("(12)", "5-"),
    "range-for-figure": texts("5-6", "12～15"),
    "bound-for-figure": texts(">5", "不少于12"),
    "approximate": texts("约12", "300余", "12左右"),
    "look-alike": texts("1O5", "l2", "12。"),
    "odd-character": texts("5²", "⑫", "١٢", "12\u202e3"),
    "unit-in-cell": texts("12吨位", "12分", "300美元"),
    "scale-in-cell": texts("1.2万", "3千"),
    "percent-sign": (*texts("12%", "９５％"), of_kind(CellKind.NUMBER, "0.95", number_format="0%")),
    "comma-misplaced": texts("1,2", "12,34,567"),
    "blank-inside": texts("1 2", "12 34"),
    "format-shows-other": tuple(
        of_kind(kind, "12", number_format=code)
        for kind, code in (
            (CellKind.NUMBER, '0"0"'),
            (CellKind.NUMBER, ";;;"),
            (CellKind.NUMBER, '"-"0'),
            (CellKind.TEXT, '0;0;0;"34"'),
        )
    ),
    "format-shows-less": (of_kind(CellKind.NUMBER, "12345", number_format="0.0,"),),
    "format-shows-measure": (of_kind(CellKind.NUMBER, "12", number_format='0"亿元"'),),
    "number-too-large": (number("1E+99"), text("9" * 20)),
    "number-too-long": texts("12345.6789012345678"),
}
ENTERED: Mapping[str, tuple[Change, ...]] = {
    **NUMBERS,
    "below-minimum": (number("-1"), text("－1")),
    "formula-without-value": (of_kind(CellKind.BLANK, "", formula="A1"), text("=1+2")),
}
DATES: Mapping[str, tuple[Change, ...]] = {
    **ANYWHERE,
    "not-a-date": texts("2021年二季度", "已印发"),
    "no-such-date": (*texts("2021-02-29", "20210631"), number("20211301")),
    "number-for-date": (number("2021"), number("630")),
    "date-without-day": (*texts("2021年6月", "2021-06"), number("2021.6")),
    "date-without-year": texts("6月30日"),
    "two-digit-year": texts("21.6.30"),
    "day-or-month-first": texts("30/6/2021"),
    "other-calendar": texts("农历五月廿一"),
    "date-in-characters": texts("二〇二一年六月三十日"),
    "look-alike": texts("2O21-06-30"),
    "odd-character": texts("2021-06-³⁰"),
    "serial-without-calendar": texts("44377"),
    "date-half-shown": (of_kind(CellKind.DATE, "44377", number_format='yyyy"年"m"月"'),),
    "nil-not-allowed": texts("零申报"),
    "cell-blank": (None,),
    "formula-without-value": (of_kind(CellKind.BLANK, "", formula="A1"), text("=TODAY()")),
}
# Left of <= and right of it: the left figure stands in no other check that it could break.
RELATIONS: Mapping[str, tuple[str, str]] = {
    "check-f02-02": ("E204", "E203"),
    "check-f02-03": ("E206", "E205"),
    "check-f02-04": ("E208", "E207"),
    "check-f02-05": ("E210", "E209"),
    "check-f03-03": ("E306", "E305"),
    "check-f03-04": ("E308", "E307"),
    "check-f04-01": ("E403", "E402"),
    "check-f04-02": ("E405", "E404"),
    "check-f06-04": ("E605", "E604"),
    "check-f07-02": ("E703", "E702"),
    "check-f08-01": ("E802", "E801"),
    "check-f08-02": ("E804", "E803"),
    "check-f08-03": ("E806", "E805"),
    "check-f09-03": ("E906", "E905"),
    "check-f09-04": ("E908", "E907"),
    "check-f10-01": ("EA05", "EA04"),
    "check-f10-02": ("EA07", "EA06"),
    "check-f11-01": ("EB06", "EB05"),
    "check-f12-01": ("EC02", "EC01"),
}


def spoilt(each: Field, random: Random) -> Defect:
    """A defect of a single cell: its content alone is wrong."""
    if each.is_total:
        choice = dict(NUMBERS)
    elif each.element.type is ElementType.DATE:
        choice = dict(DATES)
    else:
        places = each.element.places
        too_fine = ("too-many-places", "12." + "3" * (places + 1)) if places else ("not-whole", "12.5")
        choice = {**ENTERED, too_fine[0]: (number(too_fine[1]), text(too_fine[1]))}
        if each.number not in FIRST_OF_FORM:  # a form without any figure is another issue
            choice["cell-blank"] = (None,)
        if not each.element.may_be_not_applicable:
            choice["not-applicable-not-allowed"] = texts("不适用")
        if each.element.measure in {"万元", "吨"}:
            small = {"万元": "1.23元", "吨": "1.5克"}[each.element.measure]
            choice["converted-too-fine"] = texts(small)
    code = random.choice(sorted(choice))
    return at_cell(SPOTS[each.number], code, random.choice(choice[code]))


def wrong_total(each: Field, random: Random) -> Defect:
    """A total that is a figure, but not the sum of its row."""
    members = [other for other in FIELDS if other.element.code == each.element.code and not other.is_total]
    total = Fraction(AGREEING[each.element.code]) * len(members) + random.choice([-1, 1, 100])
    needs = frozenset(SPOTS[member.number] for member in members)
    return at_cell(SPOTS[each.number], "total-differs", number(exact_text(total)), needs)


def broken_relation(code: str, random: Random) -> Defect:
    """A figure that is right by itself but greater than another that it must not exceed."""
    left, right = RELATIONS[code]
    workbook = agreeing_workbook()
    value = Fraction(AGREEING[right]) + random.randint(1, 9)
    needs = frozenset({cell_of(workbook, right)})
    return at_cell(cell_of(workbook, left), code, number(exact_text(value)), needs)


def row_of(code: str) -> tuple[str, int, list[Field]]:
    """Sheet, row and fields of an element."""
    there = [each for each in FIELDS if each.element.code == code]
    sheet, address = SPOTS[there[0].number]
    return sheet, (split_address(address) or (0, 0))[0], there


def lost_row(
    code: str, told: Callable[[str, int], tuple[Told, ...]], changes: Mapping[str, Change]
) -> Defect:
    """A row of which nothing is read; changes by column."""
    sheet, row, there = row_of(code)
    return Defect(
        told=told(sheet, row),
        changes={(sheet, f"{column}{row}"): change for column, change in changes.items()},
        touched=frozenset(SPOTS[each.number] for each in there) | {(sheet, f"{CODE}{row}")},
        unread=frozenset(each.number for each in there),
        once=f"labels of {sheet} {row}",
    )


def of_row(code: str, random: Random) -> Defect:
    """A defect of the labels of a row, or of the whole row."""
    sheet, row, _ = row_of(code)
    kind = random.choice(
        ["row-renamed", "measure-changed", "row-code-misspelt", "row-missing", "row-unknown"]
    )
    if kind in {"row-renamed", "measure-changed"}:
        column = NAME if kind == "row-renamed" else MEASURE
        spot = (sheet, f"{column}{row}")
        return replace(at_cell(spot, kind, text("另一种")), once=f"labels of {sheet} {row}")
    missing = (sheet, f"{CODE}4", "row-missing")
    if kind == "row-missing":
        return lost_row(code, lambda _sheet, _row: (missing,), dict.fromkeys("ABCDEFGHIJKLM"))
    here = (sheet, f"{CODE}{row}", kind)
    if kind == "row-code-misspelt":
        typed = random.choice([f"Е{code[1:]}", code[:2] + code[2:].replace("0", "O", 1)])
        return (
            lost_row(code, lambda _sheet, _row: (here,), {CODE: text(typed)})
            if typed != code
            else of_row(code, random)
        )
    return lost_row(code, lambda _sheet, _row: (here, missing), {CODE: text(f"E99{row}")})


def of_heading(sheet: str, random: Random) -> Defect:
    """A defect of what stands above a table."""
    address, code, word = random.choice(
        [
            ("B2", "heading-unit-differs", "天津市"),
            ("B2", "heading-unit-unknown", "北京"[:1] + "城"),
            ("B2", "heading-blank", None),
            ("D2", "heading-period-differs", "2021年第三季度"),
            ("D2", "heading-blank", None),
            ("B3", "nil-box-unknown", "大部分"),
        ]
    )
    return at_cell((sheet, address), code, text(word) if word else None)


def of_sheet(sheet: str, random: Random) -> Defect:
    """Something that stands on a sheet and should not, or stands there twice."""
    last = max((split_address(address) or (0, 0))[0] for name, address in BY_SPOT if name == sheet)
    kind = random.choice(["row-without-code", "stray-value", "column-extra", "merged-inputs"])
    if kind == "row-without-code":
        changes = {(sheet, f"B{last + 1}"): text("其他"), (sheet, f"D{last + 1}"): number("9")}
        return Defect(told=((sheet, f"B{last + 1}", kind),), changes=changes, once=f"below {sheet}")
    if kind == "stray-value":
        spot = (sheet, f"P{last}")
        return replace(
            at_cell(spot, kind, number("9")), once=f"beside {sheet}", touched=_row_spots(sheet, last)
        )
    if kind == "column-extra":
        # Only where every column is there is this one merely too many.
        changes = {(sheet, "Q4"): text("上年同期"), (sheet, "Q6"): number("9")}
        return Defect(told=((sheet, "Q4", kind),), changes=changes, once=f"column of {sheet}")
    return merged_cells(sheet)


def _row_spots(sheet: str, row: int) -> frozenset[Spot]:
    return frozenset(
        spot for spot in BY_SPOT if spot[0] == sheet and (split_address(spot[1]) or (0, 0))[0] == row
    )


def merged_cells(sheet: str) -> Defect:
    """The first two figures of the first column, merged."""
    pair = [(sheet, "D5"), (sheet, "D6")]
    return Defect(
        told=((sheet, "D5", "merged-inputs"),),
        touched=frozenset(pair),
        unread=frozenset(BY_SPOT[spot].number for spot in pair),
        wholly=lambda workbook: with_sheet(
            workbook,
            sheet.split()[0],
            lambda found: replace(found, merged=(*found.merged, "D5:D6")),
        ),
        once=f"merged {sheet}",
    )


def of_whole_sheet(sheet: str, random: Random) -> Defect:
    """A form that is hidden, left out, or handed in twice."""
    kind = random.choice(["sheet-hidden", "sheet-missing", "sheet-doubled"])
    spots = frozenset(spot for spot in BY_SPOT if spot[0] == sheet)
    named = f"{sheet.split()[0]} 副本"
    return Defect(
        told=((named if kind == "sheet-doubled" else sheet, "", kind),),
        touched=spots | {(sheet, "*")},
        unread=frozenset(BY_SPOT[spot].number for spot in spots),
        wholly=partial(_without_form, kind, sheet, named),
        once="whole sheet",
    )


def _without_form(kind: str, name: str, other: str, workbook: Workbook) -> Workbook:
    def changed(sheet: Sheet) -> Iterator[Sheet]:
        if sheet.name != name:
            yield sheet
        elif kind == "sheet-hidden":
            yield replace(sheet, visibility=Visibility.HIDDEN)
        elif kind == "sheet-doubled":
            yield from (sheet, replace(sheet, name=other))

    return replace(workbook, sheets=tuple(each for sheet in workbook.sheets for each in changed(sheet)))


def candidates(random: Random) -> Iterator[Defect]:
    """Defects of all kinds in random order, many more than there are cells."""
    codes = list(dict.fromkeys(str(each.element.code) for each in FIELDS))
    sheets = list(SHEETS.values())
    kinds: list[Callable[[], Defect]] = [partial(broken_relation, code, random) for code in RELATIONS]
    kinds += [partial(wrong_total, each, random) for each in FIELDS if each.is_total]
    kinds += [partial(spoilt, each, random) for each in FIELDS]
    kinds += [partial(of_row, code, random) for code in random.sample(codes, random.randint(0, 12))]
    kinds += [partial(of_heading, sheet, random) for sheet in sheets]
    kinds += [partial(of_sheet, sheet, random) for sheet in random.sample(sheets, random.randint(0, 6))]
    kinds += [partial(of_whole_sheet, random.choice(sheets), random)] if random.random() < 1 / 3 else []
    random.shuffle(kinds)
    yield from (make() for make in kinds)


class Draw:
    """Defects chosen so that none hides another."""

    def __init__(self) -> None:
        self.defects: list[Defect] = []
        self.touched: set[Spot] = set()
        self.needed: set[Spot] = set()
        self.once: set[str] = set()

    def take(self, defect: Defect) -> bool:
        """Add the defect where it can be seen beside the others."""
        changed = defect.touched | defect.changes.keys()
        if defect.once in self.once - {""} or changed & (self.touched | self.needed):
            return False
        if defect.needs & self.touched or not self._sheets_there(defect, changed):
            return False
        self.defects.append(defect)
        self.touched |= changed
        self.needed |= defect.needs
        self.once.add(defect.once)
        return True

    def _sheets_there(self, defect: Defect, changed: Iterable[Spot]) -> bool:
        gone = {sheet for sheet, address in self.touched if address == "*"}
        leaves = {sheet for sheet, address in defect.touched if address == "*"}
        return not any(spot[0] in gone for spot in (*changed, *defect.needs)) and not any(
            spot[0] in leaves for spot in (*self.touched, *self.needed)
        )


def chosen(count: int, random: Random) -> list[Defect]:
    """At most that many issues, by defects of which none hides another."""
    draw = Draw()
    left = count
    for defect in candidates(random):
        if len(defect.told) <= left and draw.take(defect):
            left -= len(defect.told)
    return draw.defects


def with_defects(defects: Iterable[Defect]) -> Workbook:
    """The right workbook with all of them."""
    listed = list(defects)
    changes = {spot: change for defect in listed for spot, change in defect.changes.items()}
    workbook = with_cells(agreeing_workbook(), changes)
    for defect in listed:
        workbook = defect.wholly(workbook) if defect.wholly else workbook
    return workbook


def expected(defects: Iterable[Defect]) -> Counter[Told]:
    """The issues that must be said."""
    return Counter(told for defect in defects for told in defect.told)


def said(found: Intake) -> Counter[Told]:
    """The issues that were said."""
    return Counter((issue.place.sheet, issue.place.cell, issue.code) for issue in found.issues)


def faulty_fields(defects: Iterable[Defect], found: Intake) -> set[int]:
    """The fields that must count as faulty: those unread, and those with a hard issue at their cell."""
    hard = {
        (issue.place.sheet, issue.place.cell) for issue in found.issues if issue.severity is Severity.HARD
    }
    listed = list(defects)
    unread = {number for defect in listed for number in defect.unread}
    return unread | {each.number for spot, each in BY_SPOT.items() if spot in hard}


@cache
def drawn() -> frozenset[str]:
    """The codes that a hundred draws hold."""
    return frozenset(code for seed in range(100) for *_, code in expected(chosen(200, drawing(seed))))


def drawing(seed: int) -> Random:
    """Which cells are spoilt is no secret."""
    return Random(seed)  # noqa: S311


def main(arguments: list[str]) -> None:
    """Spoil that many workbooks (500) with 200 defects each, and compare what is said."""
    count = int(arguments[0]) if arguments else 500
    right, defects = 0, 0
    for seed in range(count):
        done = chosen(200, drawing(seed))
        right += said(taken(with_defects(done))) == expected(done)
        defects += expected(done).total()
    print(f"{right} of {count} workbooks told right; {defects} defects")  # noqa: T201
    sys.exit(right != count)


if __name__ == "__main__":
    main(sys.argv[1:])
