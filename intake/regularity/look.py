"""What a reviewer's look has before it: one report, what its unit reported before, and what others did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from intake.fields import due_forms
from intake.labels import TOTAL_HEAD, VALUE_HEAD
from intake.peers import Peers
from intake.plausibility.own_history import OwnHistory
from intake.wording import Fault, worded
from intake.wording_doubts import DOUBT_WORDINGS
from scoring.codes import UnitCode
from scoring.errors import Issue, Place
from scoring.facts import Fact, Series
from scoring.periods import Period
from scoring.rulebook.forms import Element, ElementType, Form, Provider
from scoring.rulebook.rules import RuleSet

NUMERIC = frozenset({ElementType.INTEGER, ElementType.DECIMAL})


@dataclass(frozen=True)
class Look:
    """One report as a reviewer sees it. facts: its figures in the order of the forms."""

    rules: RuleSet
    unit: UnitCode
    period: Period
    provider: Provider
    facts: tuple[Fact, ...]
    earlier: tuple[Fact, ...]
    """Of the unit's own earlier reports."""
    peers: Peers

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms that were due."""
        return due_forms(self.rules, self.provider, self.period)

    @cached_property
    def own(self) -> OwnHistory:
        """The report's own totals."""
        return OwnHistory(self.facts, self.rules.elements)

    @cached_property
    def history(self) -> OwnHistory:
        """The totals of earlier reports."""
        return OwnHistory(self.earlier, self.rules.elements)

    @cached_property
    def others(self) -> Mapping[UnitCode, OwnHistory]:
        """The other units' totals."""
        return {unit: OwnHistory(facts, self.rules.elements) for unit, facts in self.peers.by_unit.items()}

    @cached_property
    def sizes(self) -> dict[UnitCode, Fraction | None]:
        """What figures of a unit are divided by, once it has been asked for."""
        return {}

    @cached_property
    def _origins(self) -> Mapping[Series, str]:
        return {fact.series: fact.origin for fact in self.facts}

    def numbers(self) -> Iterator[tuple[Element, Fact, Fraction]]:
        """Every number of the report, in order."""
        for fact in self.facts:
            element = self.rules.elements[fact.series.element]
            if element.type in NUMERIC and isinstance(fact.amount, Fraction):
                yield element, fact, fact.amount

    def place(self, series: Series) -> Place:
        """The cell of a figure."""
        element = self.rules.elements[series.element]
        _, _, cell = self._origins.get(series, "").partition("!")
        sheet, _, address = cell.rpartition("!")
        label = f"{element.code} {element.name}"
        return Place(sheet=sheet, cell=address, row_label=label, column_label=series.member or VALUE_HEAD)

    def place_of_element(self, element: Element) -> Place:
        """The first cell of an element, named as its total where there are several."""
        series = next(fact.series for fact in self.facts if fact.series.element == element.code)
        place = self.place(series)
        return replace(place, column_label=TOTAL_HEAD) if series.member else place

    def finding(self, what: Fault, place: Place, source: str, found: str = "") -> Issue:
        """A hint for the reviewer."""
        return replace(worded(DOUBT_WORDINGS, what, place, found=found), source=source)
