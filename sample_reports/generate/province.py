"""The sample year of 21 cities of one province: facts for `kaohe score`, and the workbooks of two cities.

The figures are drawn as those of the provinces are; each draw depends on the code of the city.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from sample_reports.generate.campaigns import add_campaigns, by_quarter, done_of
from sample_reports.generate.cases import add_cases
from sample_reports.generate.draws import rounded_portion
from sample_reports.generate.institutions import add_institutions
from sample_reports.generate.ledger import YEAR, Ledger
from sample_reports.generate.others import add_others
from sample_reports.generate.regions import Profile, Region
from sample_reports.generate.tables import DAYS_OF_A_REPORT_THAT_NEVER_CAME, table_text
from sample_reports.generate.workbooks import report_of
from sample_reports.generate.year import reporting_quarter
from scoring.codes import ElementCode, UnitCode
from scoring.facts import Fact, Series
from scoring.periods import QUARTERS, quarter_code, year_code
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

FACTS = "facts.csv"
WITH_WORKBOOKS = (UnitCode("440100"), UnitCode("445300"))
"""The cities whose reports are shipped as workbooks, too: the largest and the smallest."""
WITHOUT_MARKETS = frozenset({UnitCode("441600"), UnitCode("445300")})
"""河源 and 云浮 have no market on the list of the province."""
NEVER_REPORTED = frozenset({(UnitCode("445100"), 3)})
"""潮州 hands in nothing for the third quarter."""
LATE = {(UnitCode("441500"), 1): 2, (UnitCode("441700"), 4): 1}
"""Working days after the deadline: 汕尾 and 阳江."""
RISEN = UnitCode("440900")
"""茂名 was six places lower last year."""

_SLACK = {
    "440100": 60,
    "440200": 260,
    "440300": 0,
    "440400": 90,
    "440500": 210,
    "440600": 70,
    "440700": 150,
    "440800": 250,
    "440900": 190,
    "441200": 205,
    "441300": 120,
    "441400": 235,
    "441500": 330,
    "441600": 300,
    "441700": 270,
    "441800": 225,
    "441900": 75,
    "442000": 110,
    "445100": 420,
    "445200": 360,
    "445300": 280,
}
"""How much each city leaves undone, 0 to 1000: pure invention."""


def cities_of(rules: RuleSet) -> tuple[Region, ...]:
    """Every city with invented magnitudes: cases by its people, platforms by its output."""
    return tuple(
        Region(unit, Profile(150 + 3 * place, _SLACK[code], 0, 0, _platforms(unit.attributes["gdp"]), 8800))
        for place, (code, unit) in enumerate(rules.units.items())
    )


def _platforms(output: Fraction | str) -> int:
    return 1 + int(output) // 1200 if isinstance(output, Fraction) else 1


def city_ledger(city: Region, rules: RuleSet) -> Ledger:
    """Everything that is told of one city in the year, with what only this province asks."""
    ledger = Ledger(city.code)
    add_cases(city, ledger)
    add_campaigns(city, ledger)
    add_institutions(city, ledger)
    add_others(city, ledger)
    _add_markets(city, ledger)
    leads = by_quarter(city, city.cases // 14 + city.draw(12, 60, "platform leads"), "platform leads")
    ledger.put_quarters("EG03", leads)
    ledger.put_quarters("EG04", done_of(city, "G30-1", leads, 700))
    _shift_plan(ledger, rules)
    ledger.put_year("AB3", _last_year_places().index(city.code) + 1)
    ledger.figures = {
        series: figure for series, figure in ledger.figures.items() if series.element in rules.elements
    }
    return ledger


def _add_markets(city: Region, ledger: Ledger) -> None:
    """Shops of the markets on the list, and how many have signed by the end of each quarter."""
    shops = 0 if city.code in WITHOUT_MARKETS else city.output * 3 + city.draw(80, 900, "shops")
    kept = city.kept("G29-1", worst=520, best=990)
    ledger.put_quarters("EG01", [shops] * 4)
    ledger.put_quarters("EG02", [rounded_portion(shops, kept * step // 10) for step in (4, 7, 9, 10)])


def _shift_plan(ledger: Ledger, rules: RuleSet) -> None:
    """A city's plan follows that of the province as a province's follows that of the country."""
    series = Series(ElementCode("ED01"), year_code(YEAR))
    lag = rules.constants["province_points_issued"].amount - rules.constants["work_points_issued"].amount
    figure = ledger.figures[series]
    if isinstance(figure, Fraction):
        ledger.figures[series] = figure + lag


def _last_year_places() -> list[str]:
    places = sorted(_SLACK, key=lambda code: (_SLACK[code], code))
    place = places.index(RISEN)
    places.remove(RISEN)
    places.insert(place + 6, RISEN)
    return places


def reported_facts(rules: RuleSet) -> Iterator[Fact]:
    """The facts of all cities as they stand at the end of the year, with what the system records."""
    for city in cities_of(rules):
        for fact in city_ledger(city, rules).facts():
            own = rules.elements[fact.series.element].provider is Provider.REGION
            if not own or (fact.unit, reporting_quarter(fact.series.period)) not in NEVER_REPORTED:
                yield fact
        yield from _system_facts(city.code)


def _system_facts(unit: UnitCode) -> Iterator[Fact]:
    for quarter in QUARTERS:
        never, period = (unit, quarter) in NEVER_REPORTED, quarter_code(YEAR, quarter)
        late = DAYS_OF_A_REPORT_THAT_NEVER_CAME if never else LATE.get((unit, quarter), 0)
        for code, amount in (("X01", late), ("X02", 100 * never), ("X03", int(never))):
            yield Fact(unit, Series(ElementCode(code), period), Fraction(amount))


def write_province(folder: Path, rules: RuleSet) -> None:
    """Write the table of facts, and the workbooks of two cities."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FACTS).write_text(table_text(reported_facts(rules), rules), encoding="utf-8")
    for city in cities_of(rules):
        if city.code not in WITH_WORKBOOKS:
            continue
        place = folder / f"{city.code}-{city.unit.pinyin}"
        place.mkdir(exist_ok=True)
        for quarter in QUARTERS:
            content = report_of(city_ledger(city, rules), rules, quarter)
            (place / f"{quarter_code(YEAR, quarter)}.xlsx").write_bytes(content)
