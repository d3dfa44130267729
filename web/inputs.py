"""The figures behind a number, laid out: a row a member, a column a report, each cell with its address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scoring.account_texts import STANDING_TITLES, TIME_TITLES, figure_text, origin_data
from scoring.accounts import LeafAccount
from scoring.facts import Standing
from scoring.figures import Reported, Resolved
from scoring.rulebook.forms import ElementType, OverTime
from scoring.rulebook.rules import Constant, RuleSet
from web.filters import grouped, value

_OVER_TIME = {
    OverTime.SUM: "各期相加",
    OverTime.LAST: "取最近一期",
    OverTime.FIRST: "取第一期",
}


@dataclass(frozen=True, slots=True)
class Column:
    """Cells of one period from one sheet of one file; file and sheet empty where nothing was handed in."""

    period: str
    digest: str
    sheet: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One reported figure: its amount or the word for why there is none, and the address of its cell."""

    amount: str
    word: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """One member of the breakdown (empty: the whole) and its cell in each column, None where it has none."""

    member: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One figure of a formula and all cells it was made of."""

    label: str
    name: str
    when: str
    measure: str
    amount: str
    word: str
    made: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A named number that a formula uses besides figures: a property of the unit, or a constant."""

    name: str
    amount: str
    source: str


def inputs_of(account: LeafAccount) -> tuple[Input, ...]:
    """Every figure that the formula asked for, in the order it asked."""
    return tuple(_input(account.rules, each) for each in account.points.value.inputs)


def _input(rules: RuleSet, resolved: Resolved) -> Input:
    figure, element = resolved.figure, rules.elements[resolved.figure.element]
    columns = _columns(resolved.made_of)
    date_or_choice = element.type in {ElementType.DATE, ElementType.CHOICE}
    return Input(
        label=figure.label,
        name=element.name,
        when=TIME_TITLES.get(figure.when, ""),
        measure="" if date_or_choice else element.measure,
        amount=_amount(rules, resolved, resolved),
        word=STANDING_TITLES[resolved.standing],
        made=_made(resolved, element.over_time),
        columns=columns,
        rows=_rows(rules, resolved, columns),
    )


def _columns(parts: Sequence[Reported]) -> tuple[Column, ...]:
    """By period, then by the order of cells; what was not handed in joins its period's column."""
    known = dict.fromkeys(_column(part) for part in parts if part.origin)
    periods = {column.period for column in known}
    bare = dict.fromkeys(_column(part) for part in parts if part.series.period not in periods)
    return tuple(sorted([*known, *bare], key=lambda column: column.period))


def _column(part: Reported) -> Column:
    where = origin_data(part.origin)
    digest, sheet = where.get("file_sha256", ""), where.get("sheet", "") or where.get("file", "")
    return Column(part.series.period, digest, sheet)


def _rows(rules: RuleSet, resolved: Resolved, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    members = dict.fromkeys(part.series.member for part in resolved.made_of)
    found: dict[tuple[str, Column], Cell] = {}
    for part in resolved.made_of:
        column = _column(part)
        if column not in columns:
            column = next(each for each in columns if each.period == part.series.period)
        found[part.series.member, column] = _cell(rules, resolved, part)
    return tuple(Row(member, tuple(found.get((member, column)) for column in columns)) for member in members)


def _cell(rules: RuleSet, resolved: Resolved, part: Reported) -> Cell:
    where = origin_data(part.origin)
    address = where.get("cell", "") or where.get("line", "")
    if address.isdigit():
        address = f"第 {address} 行"
    return Cell(_amount(rules, resolved, part), STANDING_TITLES[part.standing], address)


def _amount(rules: RuleSet, resolved: Resolved, part: Resolved | Reported) -> str:
    return grouped(figure_text(rules, resolved.figure, part.amount) or "")


def _made(resolved: Resolved, over_time: OverTime) -> str:
    """How the cells become the figure, in Chinese; empty for a single cell."""
    periods = {part.series.period for part in resolved.made_of}
    members = {part.series.member for part in resolved.made_of}
    words = [_OVER_TIME[over_time]] if len(periods) > 1 else []
    return "，".join([*words, "各条线相加"] if len(members) > 1 else words)


def named_of(account: LeafAccount) -> tuple[Named, ...]:
    """The properties of the unit and the constants in the formula."""
    attributes = tuple(
        Named(name, STANDING_TITLES[each] if isinstance(each, Standing) else value(each), "单位资料")
        for name, each in account.points.value.attributes.items()
    )
    text = _formula_text(account)
    constants = (
        Named(name, _constant_text(each), each.source)
        for name, each in account.rules.constants.items()
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    )
    return (*attributes, *constants)


def _constant_text(constant: Constant) -> str:
    if constant.type is ElementType.DATE:
        return date.fromordinal(int(constant.amount)).isoformat()
    return value(constant.amount)


def filled_in(account: LeafAccount, inputs: Sequence[Input], named: Sequence[Named]) -> str:
    """The formula with its numbers in place of names; empty where it has none, or not all are known."""
    formula = account.indicator.value
    if formula is None:
        return ""
    known = {each.label: each.amount for each in inputs} | {each.name: each.amount for each in named}
    asked = [figure.label for figure in formula.figures()]
    if any(label not in formula.text or not known.get(label) for label in asked) or not known:
        return ""
    # The longest first: the name of a whole figure may begin as that of one of its parts.
    names = "|".join(re.escape(label) for label in sorted(known, key=len, reverse=True))
    # No commas between thousands here: they would read as those between arguments.
    return re.sub(
        rf"(?<!\w)(?:{names})(?![\w\[@])", lambda found: known[found[0]].replace(",", ""), formula.text
    )


def _formula_text(account: LeafAccount) -> str:
    return account.indicator.value.text if account.indicator.value else ""
