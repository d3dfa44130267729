"""Facts as tables of text in the form that `kaohe score` reads: unit, period, element, value, breakdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from sample_reports.generate.ledger import YEAR
from sample_reports.generate.stories import LATE, NEVER_REPORTED, RETURNED
from scoring.codes import ElementCode
from scoring.facts import Fact, Series, Standing
from scoring.numbers import exact_text
from scoring.periods import QUARTERS, quarter_code
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import RuleSet

HEAD = "unit,period,element,value,breakdown"
DAYS_OF_A_REPORT_THAT_NEVER_CAME = 5
_STANDINGS = {Standing.NIL: "NIL", Standing.NOT_APPLICABLE: "NA"}


def table_text(facts: Iterable[Fact], rules: RuleSet) -> str:
    """The facts as CSV, by unit in the order of the rule set, then element, period and member."""
    units, elements = list(rules.units), list(rules.elements)

    def place(fact: Fact) -> tuple[int, int, str, int]:
        element = rules.elements[fact.series.element]
        member = element.members.index(fact.series.member) if fact.series.member else 0
        return units.index(fact.unit), elements.index(element.code), fact.series.period, member

    lines = [_line(fact, rules) for fact in sorted(facts, key=place)]
    return "\n".join([HEAD, *lines]) + "\n"


def _line(fact: Fact, rules: RuleSet) -> str:
    series = fact.series
    return f"{fact.unit},{series.period},{series.element},{_written(fact, rules)},{series.member}"


def _written(fact: Fact, rules: RuleSet) -> str:
    if fact.standing in _STANDINGS:
        return _STANDINGS[fact.standing]
    if not isinstance(fact.amount, Fraction):
        return str(fact.amount)
    if rules.elements[fact.series.element].type is ElementType.DATE:
        return date.fromordinal(int(fact.amount)).isoformat()
    return exact_text(fact.amount)


def system_facts(rules: RuleSet, faulty_of_returned: Fraction) -> Iterator[Fact]:
    """What the system records of reporting: workdays late, share of faulty cells, reports that never came.

    faulty_of_returned: in percent, of the one report that was sent back.
    """
    for unit in rules.units:
        for quarter in QUARTERS:
            never, period = (unit, quarter) in NEVER_REPORTED, quarter_code(YEAR, quarter)
            late = DAYS_OF_A_REPORT_THAT_NEVER_CAME if never else LATE.get((unit, quarter), 0)
            faulty = faulty_of_returned if (unit, quarter) == RETURNED else Fraction(100 * never)
            for code, amount in (("X01", Fraction(late)), ("X02", faulty), ("X03", Fraction(never))):
                yield Fact(unit, Series(ElementCode(code), period), amount)
