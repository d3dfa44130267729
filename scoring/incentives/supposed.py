"""Reports that somebody might hand in, as far as one indicator looks at them; and the figures to try."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scoring.codes import WHOLE, ElementCode, MemberCode
from scoring.expressions import Comparison, Expression, Figure, Number, When, walk
from scoring.facts import Amount, Series
from scoring.numbers import Rounding, number_from_text, shown
from scoring.reporting import reporting_periods
from scoring.rulebook.forms import Element, ElementType
from scoring.rulebook.meaning.asked import asked_by_indicator, standing_in
from scoring.rulebook.meaning.method_thresholds import thresholds_of
from scoring.rulebook.rules import Indicator, RuleSet

_LAST_YEAR = frozenset({When.LAST_YEAR, When.LAST_WHOLE_YEAR, When.LAST_Q4})
_USUAL = tuple(Fraction(each) for each in (0, 1, 2, 5, 10, 50, 100, 1000))
_MOST_MOVED = 8
"""So many figures of one indicator are moved; of a sum over many members one is like another."""
_LAST_DAY = date.max.toordinal()
_MOST_TRIED = 24
_WHOLE = Rounding(0)
"""Figures tried of one variable; more bring little and cost time."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One figure that is reported in every period of a year: of an element, a member, this year or last."""

    element: Element
    member: MemberCode = WHOLE
    last_year: bool = False

    @property
    def name(self) -> str:
        """As messages call it."""
        name = f"{self.element.code}[{self.member}]" if self.member != WHOLE else str(self.element.code)
        return f"上年 {name}" if self.last_year else name

    @property
    def step(self) -> Fraction:
        """The least by which it can be more."""
        return (
            Fraction(1, 10**self.element.places) if self.element.type is ElementType.DECIMAL else Fraction(1)
        )

    @property
    def is_number(self) -> bool:
        """Whether it is counted or measured, rather than chosen or dated."""
        return self.element.type in {ElementType.INTEGER, ElementType.DECIMAL}

    def allows(self, amount: Fraction) -> bool:
        """Whether the element's own bounds let the figure pass."""
        low, high = self.element.minimum, self.element.maximum
        return (low is None or amount >= low) and (high is None or amount <= high)


Levels = Mapping[Variable, Amount | None]
"""For each variable what is reported in every period alike; None where nothing is."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """A report: what is reported in every period, and what differs in one of them.

    other: the number of the period (from 0) in which `there` stands instead; variables not named there are as
    in every period.
    """

    levels: Levels
    there: Levels | None = None
    other: int = -1

    def amounts(self, variable: Variable, year: int) -> Iterator[tuple[Series, Amount | None]]:
        """The variable's facts."""
        periods = reporting_periods(variable.element, year - variable.last_year)
        differs = self.there is not None and variable in self.there and not variable.last_year
        for place, period in enumerate(periods):
            here = differs and place == self.other % len(periods)
            amount = self.there[variable] if here and self.there is not None else self.levels.get(variable)
            yield Series(variable.element.code, period, variable.member), amount

    def told(self) -> str:
        """In words, for a counter-example."""
        usual = f"每期 {_listed(self.levels)}" if self.levels else "什么也没有报"
        if self.there is None:
            return usual
        differing = {each: amount for each, amount in self.there.items() if amount != self.levels.get(each)}
        when = "第一期" if self.other == 0 else "最后一期"
        return f"{usual},其中{when} {_listed(differing)}"


def _listed(levels: Levels) -> str:
    return "、".join(f"{each.name}={_said(each, amount)}" for each, amount in levels.items())


def _said(variable: Variable, amount: Amount | None) -> str:
    if amount is None:
        return "未报"
    if isinstance(amount, str):
        return amount
    if variable.element.type is ElementType.DATE:
        return date.fromordinal(int(amount)).isoformat()
    return shown(amount)


def variables_of(rules: RuleSet, indicator: Indicator) -> tuple[Variable, ...]:
    """What the formulas of an indicator ask for, substitutes included, in order of first appearance."""
    found: dict[Variable, None] = {}
    seen: set[ElementCode] = set()
    waiting = [asked.formula for asked in asked_by_indicator(indicator)]
    while waiting:
        for figure in waiting.pop(0).figures():
            found |= dict.fromkeys(_variables(rules, figure))
            substitute = standing_in(rules, figure.element)
            if substitute is not None and figure.element not in seen:
                seen.add(figure.element)
                waiting.append(substitute)
    return tuple(found)


def _variables(rules: RuleSet, figure: Figure) -> Iterator[Variable]:
    element = rules.elements[figure.element]
    for member in figure.members or (WHOLE,):
        yield Variable(element, member, figure.when in _LAST_YEAR)


def movable(variables: Sequence[Variable]) -> tuple[Variable, ...]:
    """Those that are moved in a search: numbers and dates, the first of them where they are many."""
    return tuple(each for each in variables if not each.element.choices)[:_MOST_MOVED]


class Tries:
    """The figures worth trying for each variable of one indicator."""

    def __init__(self, rules: RuleSet, indicator: Indicator) -> None:
        self.rules, self.indicator = rules, indicator
        self.roots = [asked.formula.root for asked in asked_by_indicator(indicator)]
        self.limits = thresholds_of(indicator.method)
        self._kept: dict[Variable, tuple[Amount, ...]] = {}

    def of(self, variable: Variable) -> tuple[Amount, ...]:
        """Typical and boundary figures in ascending order, all within the element's bounds."""
        if variable not in self._kept:
            self._kept[variable] = self._made(variable)
        return self._kept[variable]

    def _made(self, variable: Variable) -> tuple[Amount, ...]:
        element = variable.element
        if element.type is ElementType.CHOICE:
            return element.choices
        if element.type is ElementType.DATE:
            return tuple(sorted(self._days()))
        middles = {*_USUAL, *self._compared(), *self.limits, *self._examples(variable)}
        middles |= {bound for bound in (element.minimum, element.maximum) if bound is not None}
        near = {middle + shift for middle in middles for shift in (-variable.step, 0, variable.step)}
        whole = element.type is ElementType.INTEGER
        fitting = {_WHOLE.apply(each) if whole else each for each in near}
        kept = sorted(each for each in fitting if variable.allows(each))
        if len(kept) > _MOST_TRIED:
            kept = sorted(sorted(kept, key=lambda each: (abs(each), each))[:_MOST_TRIED])
        return tuple(kept)

    def _compared(self) -> set[Fraction]:
        """The numbers that formulas compare anything with."""
        return {
            side.value
            for root in self.roots
            for part in walk(root)
            if isinstance(part, Comparison)
            for side in (part.left, part.right)
            if isinstance(side, Number)
        }

    def _examples(self, variable: Variable) -> Iterator[Fraction]:
        for example in self.indicator.examples:
            written = example.given.get(variable.element.code)
            number = number_from_text(written) if isinstance(written, str) else None
            if number is not None:
                yield number

    def _days(self) -> set[Fraction]:
        """Days around the dates that formulas name, as far off as the limits of the method; else the year."""
        start = Fraction(date(self.rules.year, 1, 1).toordinal())
        named = {number.value for root in self.roots for number in _named_numbers(root)} or {start}
        shifts = {Fraction(0), Fraction(300), *self.limits}
        days = {int(day + shift) + near for day in named for shift in shifts for near in (-1, 0, 1)}
        return {Fraction(day) for day in days if 1 <= day <= _LAST_DAY}


def _named_numbers(root: Expression) -> Iterator[Number]:
    return (part for part in walk(root) if isinstance(part, Number) and part.name)


def all_at(variables: Iterable[Variable], level: Fraction) -> dict[Variable, Amount | None]:
    """Every number at one level, or as near to it as its bounds let be; the first choice, the first day."""
    found: dict[Variable, Amount | None] = {}
    for each in variables:
        if each.is_number:
            low, high = each.element.minimum, each.element.maximum
            amount = level if low is None else max(level, low)
            found[each] = amount if high is None else min(amount, high)
        elif each.element.type is ElementType.CHOICE:
            found[each] = each.element.choices[0]
        else:
            found[each] = Fraction(date(2021, 1, 1).toordinal())
    return found


def with_amount(levels: Levels, variable: Variable, amount: Amount | None) -> dict[Variable, Amount | None]:
    """The levels with one of them changed."""
    return {**levels, variable: amount}
