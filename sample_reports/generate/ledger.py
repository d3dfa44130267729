"""A unit's figures of a year while they are being made: one amount or standing for each series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scoring.codes import ElementCode, MemberCode, PeriodCode, UnitCode
from scoring.facts import Amount, Fact, Series, Standing
from scoring.periods import half_code, quarter_code, year_code

YEAR = 2021
HUNDREDTHS = 100
THOUSANDTHS = 1000

Figure = int | Fraction | str | Standing


class Ledger:
    """The figures of one unit; a later entry for the same place replaces the earlier one."""

    def __init__(self, unit: UnitCode) -> None:
        self.unit = unit
        self.figures: dict[Series, Amount | Standing] = {}

    def put(self, element: str, period: PeriodCode, figure: Figure, member: str = "") -> None:
        """Enter one figure."""
        amount = Fraction(figure) if isinstance(figure, int) and not isinstance(figure, Standing) else figure
        self.figures[Series(ElementCode(element), period, MemberCode(member))] = amount

    def put_quarters(
        self, element: str, figures: Sequence[Figure], member: str = "", year: int = YEAR
    ) -> None:
        """Enter the figures of the quarters, in order."""
        for quarter, figure in enumerate(figures, start=1):
            self.put(element, quarter_code(year, quarter), figure, member)

    def put_halves(self, element: str, figures: Sequence[Figure]) -> None:
        """Enter the figures of the two half years."""
        for half, figure in enumerate(figures, start=1):
            self.put(element, half_code(YEAR, half), figure)

    def put_year(self, element: str, figure: Figure, member: str = "") -> None:
        """Enter the figure of the year."""
        self.put(element, year_code(YEAR), figure, member)

    def whole(self, element: str, quarter: int, member: str = "") -> int:
        """A quarter's whole number that was entered before; 0 where there is none or it does not apply."""
        series = Series(ElementCode(element), quarter_code(YEAR, quarter), MemberCode(member))
        amount = self.figures.get(series, Fraction(0))
        return int(amount) if isinstance(amount, Fraction) else 0

    def facts(self) -> Iterator[Fact]:
        """All figures as facts, by element, period and member in the order they were entered."""
        for series, figure in self.figures.items():
            if isinstance(figure, Standing):
                nil = figure is Standing.NIL
                yield Fact(self.unit, series, Fraction(0) if nil else None, figure)
            else:
                yield Fact(self.unit, series, figure)
