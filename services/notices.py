"""What the yearly notices say of a year, from the package that collects them: the seed of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version

EARLIEST, LATEST = 2004, 2100
"""The years that there is something about."""
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A year's days off (weekend days that join a holiday among them) and the weekend days worked.

    is_whole: whether the weekend days worked (调休) are known. The package gives festivals for any year to
    come, but which weekends are worked for them only once the notice is out; a year without any has none yet.
    """

    year: int
    holidays: frozenset[date]
    makeup: frozenset[date]
    source: str

    @property
    def is_whole(self) -> bool:
        """Every notice since 2004 has at least four weekend days worked; none means that it is not out."""
        return bool(self.makeup)


def notice_of(year: int) -> Notice:
    """What is known of a year; the neighbouring years' notices speak of its first and last days."""
    # Loaded here: it takes a quarter of a second, and most commands need none of it.
    import holidays

    known = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    makeup = frozenset(known.weekend_workdays)
    off = _with_weekends(frozenset(known), makeup)
    return Notice(
        year=year,
        holidays=frozenset(day for day in off if day.year == year),
        makeup=frozenset(day for day in makeup if day.year == year),
        source=f"holidays {version('holidays')}",
    )


def _with_weekends(off: frozenset[date], makeup: frozenset[date]) -> frozenset[date]:
    """The days off and the weekend days that join them: notices count these as part of the holiday."""
    found = set(off) - makeup
    for step in (_ONE_DAY, -_ONE_DAY):
        for day in off:
            joined = day + step
            while joined.weekday() >= _SATURDAY and joined not in makeup and joined not in found:
                found.add(joined)
                joined += step
    return frozenset(found)
