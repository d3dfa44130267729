"""What others than the regions provide: the ministry, assessors on site, the national office."""

from __future__ import annotations

from fractions import Fraction

from sample_reports.generate.campaigns import by_quarter
from sample_reports.generate.draws import split
from sample_reports.generate.ledger import Ledger
from sample_reports.generate.regions import Region
from sample_reports.generate.stories import ADOPTED, BEST_IN_PATENTS, EVENTS, LAST_YEAR_PLACES
from scoring.facts import Standing

_YES_NO = (
    ("K131", "I13-2", 0),
    ("K132", "I13-2", 65),
    ("K151", "I15-1", 30),
    ("K152", "I15-1", 105),
    ("K241", "I24-2", 15),
    ("K242", "I24-2", 82),
)
"""Element, indicator, and how often in a thousand it is lacking whatever the slack (if there is any)."""


def add_others(region: Region, ledger: Ledger) -> None:
    """Enter EXT, K01, K02 and A01."""
    _add_patents(region, ledger)
    _add_checks(region, ledger)
    _add_adopted(region, ledger)
    _add_events(region, ledger)


def _add_patents(region: Region, ledger: Ledger) -> None:
    """兵团 is counted in 新疆."""
    if region.is_corps:
        for element in ("E606", "E607"):
            ledger.put_quarters(element, [Standing.NOT_APPLICABLE] * 4)
        ledger.put_year("EA12", Standing.NOT_APPLICABLE)
        return
    ledger.put_year("EA12", region.profile.labels)
    # Multiples of 250, so that the best regions of a group can have exactly the same share.
    steps = by_quarter(region, region.output * region.draw(3, 5, "patents") // 250 + 4, "patents")
    quarters = [250 * each for each in steps]
    best = region.code in BEST_IN_PATENTS
    share = 10 if best else region.draw(17, 45, "abnormal") + region.slack("I14-2") // 10
    odd = split(sum(quarters) * share // 2500, quarters)
    ledger.put_quarters("E606", quarters)
    ledger.put_quarters("E607", odd)


def _add_checks(region: Region, ledger: Ledger) -> None:
    for element, node, often in _YES_NO:
        slack = region.slack(node)
        lacking = bool(slack) and region.draw(0, 999, element) < slack * 6 // 10 + often
        ledger.put_year(element, "否" if lacking else "是")
    cheated = region.draw(0, 3, "cheated permits") == 0
    kept = "是" if region.slack("I13-2") < 600 else "否"
    ledger.put_year("K133", kept if cheated else Standing.NOT_APPLICABLE)
    ledger.put_year("K091", 20)
    ledger.put_year("K092", region.count("I09-3", best=0, worst=8))


def _add_adopted(region: Region, ledger: Ledger) -> None:
    drawn = region.count("I28-3", best=6), region.count("I28-3", best=region.draw(12, 24, "site"), worst=2)
    briefs, articles = ADOPTED.get(region.code, drawn)
    ledger.put_quarters("K281", by_quarter(region, briefs, "adopted"))
    ledger.put_quarters("K282", by_quarter(region, articles, "site"))


def _add_events(region: Region, ledger: Ledger) -> None:
    """Last year's places, and the few events that move scores and grades."""
    place = LAST_YEAR_PLACES.get(region.code)
    if place is not None:
        ledger.put_year("AB3", place)
    for element, amount, member in EVENTS.get(region.code, ()):
        ledger.put_year(element, Fraction(amount), member)
