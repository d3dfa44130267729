"""What a defective sample is: a sound workbook of one region, one thing done to it, and what must be said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from intake.fields import series_period
from sample_reports.generate.editing import WorkbookEdit
from sample_reports.generate.ledger import YEAR, Ledger
from sample_reports.generate.regions import regions_of
from sample_reports.generate.workbooks import cell_of, marked_workbook, row_of
from sample_reports.generate.year import ledger_of, reporting_quarter, year_of
from scoring.codes import ElementCode, FormCode, MemberCode, UnitCode
from scoring.facts import Amount, Fact, Facts, Series, Standing, gather_facts
from scoring.numbers import exact_text
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

UNIT = UnitCode("610000")
"""陕西: its neighbour in the list of names is 山西."""
SECOND_QUARTER = Period(YEAR, 2, yearly=False)
FOURTH_QUARTER = Period(YEAR, 4, yearly=False)
WHOLE_YEAR = Period(YEAR, 4, yearly=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An issue that must be said. With `element` its place is that cell of the template; else `cell` is."""

    code: str
    severity: str = "hard"
    form: str = ""
    element: str = ""
    member: str = ""
    cell: str = ""
    sheet: str = ""


class Draft:
    """A workbook being spoilt, with the figures it was made of."""

    def __init__(self, edit: WorkbookEdit, rules: RuleSet, period: Period, ledger: Ledger) -> None:
        self.edit, self.rules, self.period, self.ledger = edit, rules, period, ledger

    def at(self, element: str, member: str = "") -> tuple[FormCode, str]:
        """The form and the cell of an element."""
        return cell_of(self.rules, self.period, element, member)

    def row(self, element: str) -> tuple[FormCode, int]:
        """The form and the row of an element."""
        form = self.rules.forms[self.at(element)[0]]
        return form.code, row_of(form, self.period, element)

    def below(self, form: str) -> int:
        """The blank row between the table of a form and its notes."""
        last = self.rules.forms[FormCode(form)].elements[-1].code
        return self.row(last)[1] + 1

    def whole(self, element: str, member: str = "", quarter: int = 0) -> int:
        """The figure that stands there, or stood there in another quarter."""
        return self.ledger.whole(element, quarter or self.period.quarter, member)

    def text(self, element: str, member: str, text: str) -> None:
        """Type words over a figure."""
        self.edit.put_text(*self.at(element, member), text)

    def number(self, element: str, member: str, number: int) -> None:
        """Type another figure; the total of the row follows it as a spreadsheet would make it."""
        self.edit.put_number(*self.at(element, member), str(number))
        if member:
            form, address = self.at(element)
            members = self.rules.elements[ElementCode(element)].members
            others = (self.exact(element, each) for each in members if each != member)
            self.edit.put_result(form, address, exact_text(sum(others, Fraction(number))))

    def exact(self, element: str, member: str) -> Fraction:
        """The figure that stands there with its decimals; 0 where it does not apply."""
        period = series_period(self.rules.elements[ElementCode(element)], self.period)
        series = Series(ElementCode(element), period, MemberCode(member))
        amount = self.ledger.figures[series]
        return amount if isinstance(amount, Fraction) else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One kind of defect.

    spoil: what is done to the sound workbook; None where the bytes themselves are replaced by `broken`.
    normalised: elements whose value is taken otherwise than typed, which is listed and no issue.
    noted: sheets (the code of a form, or a name of their own) and cells of labels that were tolerated.
    """

    name: str
    title: str
    spoil: Callable[[Draft], None] | None = None
    broken: Callable[[bytes], bytes] | None = None
    expected: tuple[Expected, ...] = ()
    normalised: tuple[tuple[str, str], ...] = ()
    noted: tuple[tuple[str, str], ...] = ()
    period: Period = SECOND_QUARTER
    provider: Provider = Provider.REGION
    blank: bool = False
    """Whether nothing is filled in to begin with."""


def sound_ledger(rules: RuleSet) -> Ledger:
    """The figures of the region that every sample is made of."""
    region = next(region for region in regions_of(rules) if region.code == UNIT)
    return ledger_of(region, rules)


def earlier_facts(rules: RuleSet, period: Period) -> Facts:
    """What is accepted before the sample comes: the earlier quarters, and what others provided."""
    return gather_facts([UNIT], _known(rules, period))


def _known(rules: RuleSet, period: Period) -> Iterator[Fact]:
    for fact in sound_ledger(rules).facts():
        if year_of(fact.series.period) != YEAR:
            continue
        own = rules.elements[fact.series.element].provider is Provider.REGION
        earlier = reporting_quarter(fact.series.period) < period.quarter
        if (own and earlier) or (not own and not period.yearly):
            yield fact


def sample_of(defect: Defect, rules: RuleSet) -> bytes:
    """The bytes of a defective sample."""
    ledger = sound_ledger(rules)
    filled = {} if defect.blank else _due(ledger, rules, defect)
    edit = marked_workbook(rules, ledger, defect.period, defect.provider, filled)
    if defect.spoil is not None:
        defect.spoil(Draft(edit, rules, defect.period, ledger))
    content = edit.packed()
    return content if defect.broken is None else defect.broken(content)


def _due(ledger: Ledger, rules: RuleSet, defect: Defect) -> dict[Series, Amount | Standing]:
    return {
        series: figure
        for series, figure in ledger.figures.items()
        if year_of(series.period) == YEAR
        and rules.elements[series.element].provider is defect.provider
        and (defect.period.yearly or reporting_quarter(series.period) == defect.period.quarter)
    }
