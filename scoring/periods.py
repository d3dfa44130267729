"""Periods: the quarters of an assessment year, and what a year-to-date figure is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from scoring.codes import PeriodCode

_PERIOD = re.compile(r"([0-9]{4})(?:Q([1-4])|H([12]))?", re.ASCII)
QUARTERS = (1, 2, 3, 4)
_LONG_ENDS = (3, 12)
"""Months with 31 days at the end of a quarter."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year (quarter 4, `yearly`), or the part of a year up to and including a quarter (1 to 4)."""

    year: int
    quarter: int
    yearly: bool

    @property
    def code(self) -> PeriodCode:
        """For the whole year "2021", for the year up to the third quarter "2021Q3"."""
        return PeriodCode(str(self.year) if self.yearly else f"{self.year}Q{self.quarter}")

    @property
    def title(self) -> str:
        """In Chinese, for people."""
        return f"{self.year}年度" if self.yearly else f"{self.year}年第{'一二三四'[self.quarter - 1]}季度"

    @property
    def last_day(self) -> date:
        """The last day of its last quarter."""
        month = 3 * self.quarter
        return date(self.year, month, 31 if month in _LONG_ENDS else 30)

    def before(self) -> Period:
        """The period before: last year for a year, else the same year's quarter before, or last year's Q4."""
        if self.yearly:
            return Period(self.year - 1, self.quarter, yearly=True)
        if self.quarter > 1:
            return Period(self.year, self.quarter - 1, yearly=False)
        return Period(self.year - 1, QUARTERS[-1], yearly=False)

    def quarters(self) -> tuple[int, ...]:
        """The quarters due so far, in order."""
        return tuple(range(1, self.quarter + 1))


def period_from_text(text: str) -> Period | None:
    """The scored period of "2021" or "2021Q2"; None for anything else (half years are not scored)."""
    match = _PERIOD.fullmatch(text)
    if not match or match[3]:
        return None
    return Period(int(match[1]), int(match[2] or 4), match[2] is None)


def is_reporting_period(text: str) -> bool:
    """Whether figures can be reported for it: a year, a half year or a quarter."""
    return _PERIOD.fullmatch(text) is not None


def quarter_code(year: int, quarter: int) -> PeriodCode:
    """A quarter: "2021Q3"."""
    return PeriodCode(f"{year}Q{quarter}")


def half_code(year: int, half: int) -> PeriodCode:
    """A half year: "2021H1"."""
    return PeriodCode(f"{year}H{half}")


def year_code(year: int) -> PeriodCode:
    """A whole year: "2021"."""
    return PeriodCode(str(year))
