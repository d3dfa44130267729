"""The whole sample year as facts: every unit, every provider, and what the system itself would record."""

from __future__ import annotations

from collections.abc import Iterator

from sample_reports.generate.campaigns import add_campaigns
from sample_reports.generate.cases import add_cases
from sample_reports.generate.institutions import add_institutions
from sample_reports.generate.ledger import YEAR, Ledger
from sample_reports.generate.others import add_others
from sample_reports.generate.regions import Region, regions_of
from sample_reports.generate.stories import BLANK_CELLS, NEVER_REPORTED, NIL_FORMS, NIL_WRITERS, NIL_WRITTEN
from scoring.codes import UnitCode
from scoring.facts import Fact, Standing
from scoring.periods import quarter_code
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet


def ledger_of(region: Region, rules: RuleSet) -> Ledger:
    """Everything that is told of one region in the year, reported or not."""
    ledger = Ledger(region.code)
    add_cases(region, ledger)
    add_campaigns(region, ledger)
    add_institutions(region, ledger)
    add_others(region, ledger)
    _say_nil(ledger, rules)
    return ledger


def _say_nil(ledger: Ledger, rules: RuleSet) -> None:
    """Nil returns: of whole forms, and of single figures that are zero."""
    own = {quarter: form for (unit, quarter), form in NIL_FORMS.items() if unit == ledger.unit}
    forms = {(quarter_code(YEAR, quarter), form) for quarter, form in own.items()}
    for series, figure in ledger.figures.items():
        written = ledger.unit in NIL_WRITERS and series.element in NIL_WRITTEN and figure == 0
        if written or (series.period, rules.elements[series.element].form) in forms:
            ledger.figures[series] = Standing.NIL


def ledgers_of(rules: RuleSet) -> dict[UnitCode, Ledger]:
    """The ledger of each unit."""
    return {region.code: ledger_of(region, rules) for region in regions_of(rules)}


def is_reported(fact: Fact, rules: RuleSet) -> bool:
    """Whether a fact of a region's own forms was handed in; the reports that never came take theirs along."""
    own = rules.elements[fact.series.element].provider is Provider.REGION
    if not own or year_of(fact.series.period) != rules.year:
        return True
    report = fact.unit, reporting_quarter(fact.series.period)
    return report not in NEVER_REPORTED and BLANK_CELLS.get(report) != fact.series.element


def year_of(period: str) -> int:
    """The year of a reporting period."""
    return int(period[:4])


def reporting_quarter(period: str) -> int:
    """The quarter with whose report a figure is handed in: half years with Q2 and Q4, years with Q4."""
    if "Q" in period:
        return int(period[-1])
    return 2 * int(period[-1]) if "H" in period else 4


def reported_facts(rules: RuleSet) -> Iterator[Fact]:
    """The facts of all units as they stand at the end of the year, without those that the system records."""
    for ledger in ledgers_of(rules).values():
        yield from (fact for fact in ledger.facts() if is_reported(fact, rules))
