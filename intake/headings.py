"""The headings above a table: the unit and the period that it names, and the box of a nil return."""

from __future__ import annotations

import re
from collections.abc import Callable

from intake.chinese_numerals import chinese_number
from intake.labels import NIL_LABEL, NO, PERIOD_LABEL, UNIT_LABEL, YES, comparable
from intake.origin import Asked, heading
from intake.readings import half_width
from intake.table import Table
from intake.wording import Fault, fault, worded
from intake.wording_sheets import SHEET_WORDINGS
from scoring.errors import Place
from scoring.periods import Period
from scoring.rulebook.rules import RuleSet, Unit

_TICKS = frozenset({YES, "√", "✓", "☑"})
_NO_TICKS = frozenset({NO, "□", "☐"})
# Offices that report for their region; a city's name is none of them.
_OFFICE = re.compile(
    r"(?:\(本级\)|本级)?(?:打击侵权假冒工作领导小组(?:办公室)?|打击侵犯知识产权和制售假冒伪劣商品工作领导小组(?:办公室)?"
    r"|双打(?:工作领导小组)?办(?:公室)?|市场监督管理[局厅委]|市场监管[局厅委]|人民政府(?:办公厅)?|政府)?"
)
_PERIOD = re.compile(
    r"([0-9]{4}|[〇零一二三四五六七八九]{4})(?:年度?)?(?:第?([1-4一二三四])季度?|Q([1-4])|(?:全年)?)"
)
_QUARTERS = {digit: number for number, pair in enumerate(("1一", "2二", "3三", "4四"), 1) for digit in pair}


def check_headings(table: Table, asked: Asked) -> None:
    """Hold the visible unit and period of a table against what was asked; its issues and notes get more."""
    _check(table, UNIT_LABEL, asked.unit_name, lambda text: _unit_fault(text, asked))
    _check(table, PERIOD_LABEL, asked.period.title, lambda text: _period_fault(text, asked.period))


def is_nil(table: Table) -> bool:
    """Whether the box of a nil return is ticked; anything else than a tick in it is an issue."""
    where, cell = heading(table.rows, table.head, NIL_LABEL)
    word = half_width(cell.text).strip() if cell else ""
    if word in _TICKS:
        return True
    if word and word not in _NO_TICKS:
        place = Place(sheet=table.sheet.name, cell=where, row_label=NIL_LABEL)
        table.issues.append(
            worded(SHEET_WORDINGS, fault("nil-box-unknown"), place, found=cell.text if cell else "")
        )
    return False


def named_unit(text: str, rules: RuleSet) -> Unit | None:
    """The unit that a heading means: one of its names, or its code, whole or with the office behind it."""
    found = comparable(text)
    best: tuple[int, Unit] | None = None
    for unit in rules.units.values():
        for name in (unit.code, unit.name, unit.short, *unit.aliases):
            known = comparable(name)
            longer = best is None or len(known) > best[0]
            if known and longer and (found == known or _has_office(found, known)):
                best = len(known), unit
    return best[1] if best else None


def named_period(text: str) -> Period | None:
    """The period that a heading means: 2021年第四季度, 2021年4季度, 2021Q4, 二〇二一年四季度, 2021年度."""
    match = _PERIOD.fullmatch(comparable(text).upper())
    if match is None:
        return None
    year = int(match[1]) if match[1].isascii() else chinese_number(match[1]) or 0
    quarter = match[2] or match[3]
    return Period(year, _QUARTERS[quarter] if quarter else 4, yearly=not quarter)


def _check(table: Table, label: str, expected: str, fault_of: Callable[[str], Fault | None]) -> None:
    where, cell = heading(table.rows, table.head, label)
    if cell is None and table.block.number:
        return  # a second table on a sheet needs no headings of its own
    what = fault("heading-blank", label=label) if cell is None else fault_of(cell.text)
    found = cell.text if cell else ""
    if what:
        place = Place(sheet=table.sheet.name, cell=where, row_label=label)
        table.issues.append(worded(SHEET_WORDINGS, what, place, found=found, expected=expected))
    elif cell is not None and comparable(found) != comparable(expected):
        table.note(
            (cell.row, cell.column), found, expected, "表头写法统一", "the heading is spelled otherwise"
        )


def _unit_fault(text: str, asked: Asked) -> Fault | None:
    unit = named_unit(text, asked.rules)
    if unit is None:
        return fault("heading-unit-unknown")
    return None if unit.code == asked.unit else fault("heading-unit-differs", named=unit.name)


def _period_fault(text: str, period: Period) -> Fault | None:
    return None if named_period(text) == period else fault("heading-period-differs")


def _has_office(found: str, known: str) -> bool:
    """A single character such as 京 or 新 is an alias only where it stands alone."""
    return len(known) > 1 and found.startswith(known) and _OFFICE.fullmatch(found, len(known)) is not None
