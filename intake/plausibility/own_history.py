"""A unit's own earlier figures: the totals of each element by reporting period, in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from scoring.codes import WHOLE, ElementCode, MemberCode, PeriodCode
from scoring.facts import Fact, Standing
from scoring.figures import exact_sum
from scoring.periods import Period, half_code, quarter_code, year_code
from scoring.rulebook.forms import Element, Frequency

_HALVES, _QUARTERS = 2, 4


class OwnHistory:
    """The earlier figures of one unit; a total of which a part is not known is not known."""

    def __init__(self, facts: Iterable[Fact], elements: Mapping[ElementCode, Element]) -> None:
        self._parts: dict[ElementCode, dict[PeriodCode, dict[MemberCode, Fact]]] = {}
        for fact in facts:
            series = fact.series
            if series.element in elements:
                periods = self._parts.setdefault(series.element, {})
                periods.setdefault(series.period, {})[series.member] = fact

    def part(self, element: Element, period: PeriodCode, member: MemberCode) -> Fraction | None:
        """One number that was reported; None where there was none."""
        fact = self._parts.get(element.code, {}).get(period, {}).get(member)
        return fact.amount if fact is not None and isinstance(fact.amount, Fraction) else None

    def total(self, element: Element, period: PeriodCode) -> Fraction | None:
        """The element's figure of a period, over all members; None where it is not wholly known."""
        parts = self._parts.get(element.code, {}).get(period, {})
        wanted = (WHOLE,) if WHOLE in parts else element.members or (WHOLE,)
        facts = [parts.get(member) for member in wanted]
        amounts = [fact.amount for fact in facts if fact is not None and isinstance(fact.amount, Fraction)]
        left_out = sum(fact is not None and fact.standing is Standing.NOT_APPLICABLE for fact in facts)
        whole = bool(amounts) and len(amounts) + left_out == len(facts)
        return exact_sum(amounts) if whole else None

    def totals(self, element: Element) -> list[Fraction]:
        """All figures of the element by its own frequency that are known, in order of time."""
        length = _length_of_code(element.frequency)
        periods = sorted(code for code in self._parts.get(element.code, {}) if len(code) == length)
        found = (self.total(element, code) for code in periods)
        return [each for each in found if each is not None]


def _length_of_code(frequency: Frequency) -> int:
    example = {
        Frequency.QUARTERLY: quarter_code(2021, 1),
        Frequency.HALF_YEARLY: half_code(2021, 1),
        Frequency.YEARLY: year_code(2021),
    }[frequency]
    return len(example)


def codes_before(element: Element, period: Period, count: int) -> tuple[PeriodCode, ...]:
    """The last `count` reporting periods of an element before the one that is due, the latest first."""
    if element.frequency is Frequency.YEARLY:
        return tuple(year_code(period.year - back) for back in range(1, count + 1))
    back_from = range(1, count + 1)
    if element.frequency is Frequency.HALF_YEARLY:
        half = _HALVES * period.year + (period.quarter - 1) // 2
        return tuple(half_code(*_split(half - back, _HALVES)) for back in back_from)
    quarter = _QUARTERS * period.year + period.quarter - 1
    return tuple(quarter_code(*_split(quarter - back, _QUARTERS)) for back in back_from)


def _split(place: int, length: int) -> tuple[int, int]:
    year, part = divmod(place, length)
    return year, part + 1
