"""Each unit's book of 2021, up to the end of a period: the table of facts and the list of units, read."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

Cell = tuple[str, str, str]  # period, element, line
Column = str | tuple[str, ...]  # an element with all its lines; or an element, and some of them

# The lines that elements are broken down by, from the forms.
LINES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("E103", "E104", "E105", "E109", "E110", "E601", "E602", "E603"),
        ("市场监管", "知识产权", "农业农村", "林草", "文化版权", "药监", "邮政", "海关"),
    ),
    **dict.fromkeys(("E111", "E112"), ("市场监管", "文化版权")),
    **dict.fromkeys(("E114", "E115", "E117", "E118"), ("市场监管", "知识产权")),
}


class NotDueError(Exception):
    """Its first period is not over yet (未到期)."""


class NotReportedError(Exception):
    """Due, and nobody reported it (未报)."""


class NotApplicableError(Exception):
    """The matter does not concern this unit, or the rule leaves it out (不适用)."""


class NoDenominatorError(Exception):
    """There is nothing to divide by, and the rule says which share of the points that is worth."""

    def __init__(self, share: int) -> None:
        super().__init__(share)
        self.share = share


@dataclass(frozen=True, slots=True)
class Unit:
    """An entry of the list of units."""

    code: str
    group: str
    population: int
    prefectures: int
    market_entities: int


@dataclass(frozen=True, slots=True)
class Book:
    """All that is known of one unit, read up to the end of a period: 2021, or 2021Q1 to 2021Q4.

    The readers below raise NotDueError, NotReportedError and NotApplicableError instead of giving a figure.
    """

    unit: Unit
    cells: Mapping[Cell, str]
    period: str

    @property
    def whole_year(self) -> bool:
        """Whether the year is assessed, and not watched in its course."""
        return self.period == "2021"

    @property
    def quarters(self) -> list[str]:
        """The quarters that are due."""
        last = 4 if self.whole_year else int(self.period[-1])
        return [f"2021Q{quarter}" for quarter in range(1, last + 1)]

    @property
    def halves(self) -> list[str]:
        """The half-years that are due."""
        return ["2021H1", "2021H2"][: len(self.quarters) // 2]

    def figure(self, period: str, column: Column) -> Fraction | None:
        """The sum over the lines that apply; None if none does. One line that is missing spoils all."""
        element, *some = [column] if isinstance(column, str) else column
        lines = some or LINES.get(element, ("",))
        written = [self.cells.get((period, element, line)) for line in lines]
        if None in written:
            raise NotReportedError
        numbers = [Fraction(0 if each == "NIL" else each) for each in written if each not in (None, "NA")]
        return sum(numbers, Fraction(0)) if numbers else None

    def rows(self, periods: Sequence[str], *columns: Column) -> list[list[Fraction]]:
        """One row for each period in which all columns were reported: the same periods for them all."""
        if not periods:
            raise NotDueError
        found: list[list[Fraction | None]] = []
        for period in periods:
            try:
                found.append([self.figure(period, column) for column in columns])
            except NotReportedError:
                continue
        if not found:
            raise NotReportedError
        if any(figure is None for row in found for figure in row):
            raise NotApplicableError
        return [[figure for figure in row if figure is not None] for row in found]

    def sums(self, *columns: Column) -> list[Fraction]:
        """Year to date, of what happened in the quarters."""
        return [sum(column, Fraction(0)) for column in zip(*self.rows(self.quarters, *columns), strict=True)]

    def latest(self, *columns: Column) -> list[Fraction]:
        """What stood at the end of the last quarter that was reported."""
        return self.rows(self.quarters, *columns)[-1]

    def latest_half(self, *columns: Column) -> list[Fraction]:
        """What stood at the end of the last half-year that was reported."""
        return self.rows(self.halves, *columns)[-1]

    def yearly(self, *columns: Column) -> list[Fraction]:
        """What the year's own forms say."""
        return self.rows(["2021"], *columns)[0]

    def word(self, element: str) -> str:
        """What the year's own forms say in words."""
        try:
            return self.cells["2021", element, ""]
        except KeyError:
            raise NotReportedError from None

    def events(self, element: str) -> Fraction:
        """How often the year's register has it; what is not entered did not happen."""
        written = self.cells.get((self.period, element, ""), "NIL")
        return Fraction(0 if written == "NIL" else written)


def read_units(path: Path) -> list[Unit]:
    """The list of units, read line by line: each begins with its code."""
    entries: list[dict[str, str]] = []
    for text in path.read_text(encoding="utf-8").splitlines():
        name, _, value = text.strip().removeprefix("- ").partition(":")
        if text.startswith("  - code:"):
            entries.append({})
        if entries:
            entries[-1][name] = value.strip().strip('"')
    return [
        Unit(e["code"], e["group"], int(e["population"]), int(e["prefectures"]), int(e["market_entities"]))
        for e in entries
    ]


def read_books(facts: Path, units: Path, period: str) -> list[Book]:
    """A book for each unit, in the order of the list."""
    cells: dict[str, dict[Cell, str]] = {}
    with facts.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            own = cells.setdefault(row["unit"], {})
            own[row["period"], row["element"], row["breakdown"]] = row["value"]
    return [Book(unit, cells.get(unit.code, {}), period) for unit in read_units(units)]
