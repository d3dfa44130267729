"""Administrative cases by line: stock, filed, closed, transferred, disclosed and entered (F01, F06, F07)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sample_reports.generate.draws import PERMILLE, portion, rounded_portion, running_share, split
from sample_reports.generate.ledger import HUNDREDTHS, Ledger
from sample_reports.generate.regions import Region
from scoring.facts import Standing
from scoring.periods import QUARTERS

LINES = {
    "市场监管": 778,
    "知识产权": 46,
    "农业农村": 52,
    "林草": 13,
    "文化版权": 44,
    "药监": 52,
    "邮政": 5,
    "海关": 10,
}
"""Share of each line in the cases filed, in permille."""
_NOT_OF_THE_CORPS = ("邮政", "海关")
_BY_LINE = (
    "E101",
    "E102",
    "E103",
    "E104",
    "E105",
    "E106",
    "E107",
    "E108",
    "E109",
    "E110",
    "E601",
    "E602",
    "E603",
)
_FARMS = ("农业农村", "林草")
_TRANSFERS = {
    "市场监管": 9,
    "知识产权": 14,
    "农业农村": 22,
    "林草": 8,
    "文化版权": 16,
    "药监": 24,
    "邮政": 0,
    "海关": 20,
}
"""Cases that reach the threshold of prosecution, in permille of those filed."""


def add_cases(region: Region, ledger: Ledger) -> None:
    """Enter F01, F06 and F07 for the four quarters."""
    for line, share in LINES.items():
        if region.is_corps and line in _NOT_OF_THE_CORPS:
            for element in _BY_LINE:
                ledger.put_quarters(element, [Standing.NOT_APPLICABLE] * 4, line)
            continue
        _add_flow(region, ledger, line, share)
        _add_workload(region, ledger, line)
        _add_transfers(region, ledger, line)
        _add_disclosure(region, ledger, line)
    _add_kinds(region, ledger)
    _add_credit_and_entries(region, ledger)


def quarter_weights(region: Region, *name: object) -> tuple[int, ...]:
    """How a year's work falls on its quarters: less at the beginning, more towards the end."""
    return tuple(middle + region.draw(-7, 7, *name, middle) for middle in (224, 250, 257, 269))


def _add_flow(region: Region, ledger: Ledger, line: str, share: int) -> None:
    """Opening stock, filed and closed: each quarter opens with what the one before left."""
    year = region.cases * share * region.draw(85, 115, "filed", line) // (PERMILLE * HUNDREDTHS)
    filed = list(split(year, quarter_weights(region, "filed", line)))
    open_share = _open_at_the_end(region, line)
    stock = rounded_portion(filed[0], open_share * region.draw(36, 42, "opening", line) // 10)
    final = (stock + year) * open_share // PERMILLE
    opening, closed = [], []
    for quarter in range(4):
        opening.append(stock)
        swing = region.draw(40, 47, "left", line, quarter)
        left = final if quarter == 3 else rounded_portion(filed[quarter], open_share * swing // 10)
        left = min(left, stock + filed[quarter])
        closed.append(stock + filed[quarter] - left)
        stock = left
    _avoid_repetition(filed, closed)
    ledger.put_quarters("E103", filed, line)
    ledger.put_quarters("E104", closed, line)
    ledger.put_quarters("E105", opening, line)


def _avoid_repetition(filed: list[int], closed: list[int]) -> None:
    """One case more where a quarter would repeat the one before, which looks like a quota; stocks stay."""
    for quarter in (1, 2, 3):
        same = (filed[quarter], closed[quarter]) == (filed[quarter - 1], closed[quarter - 1])
        if same and filed[quarter]:
            filed[quarter], closed[quarter] = filed[quarter] + 1, closed[quarter] + 1


def _open_at_the_end(region: Region, line: str) -> int:
    """Which share of all cases of the year is still open when it ends, in permille."""
    if line in _FARMS:
        return PERMILLE - region.kept("I02-2", worst=760, best=972)
    return region.draw(22, 60, "open", line) + region.profile.slack // 20


def _add_workload(region: Region, ledger: Ledger, line: str) -> None:
    """Officers sent out, premises checked, money, dens: for statistics only."""
    filed, closed = _quarters(ledger, "E103", line), _quarters(ledger, "E104", line)
    visits = region.population // 40_000 if line == "邮政" else 0
    checks = [
        each * region.draw(7, 15, "checks", line, at) + region.draw(3, 40, "visits", line, at) + visits
        for at, each in enumerate(filed)
    ]
    officers = [each * region.draw(21, 29, "officers", line, at) // 10 for at, each in enumerate(checks)]
    value = [each * region.draw(160, 540, "value", line, at) + min(each, 99) for at, each in enumerate(filed)]
    mean = [region.profile.fine + region.draw(-450, 450, "fine", line, at) for at in range(4)]
    fines = [each * fine // HUNDREDTHS for each, fine in zip(closed, mean, strict=True)]
    dens = [portion(each, 4, region.code, "dens", line, at) for at, each in enumerate(filed)]
    ledger.put_quarters("E101", officers, line)
    ledger.put_quarters("E102", checks, line)
    ledger.put_quarters("E106", [Fraction(each, HUNDREDTHS) for each in value], line)
    ledger.put_quarters("E107", [Fraction(each, HUNDREDTHS) for each in fines], line)
    ledger.put_quarters("E108", dens, line)


def _add_transfers(region: Region, ledger: Ledger, line: str) -> None:
    filed = _quarters(ledger, "E103", line)
    due = [portion(each, _TRANSFERS[line], region.code, "due", line, at) for at, each in enumerate(filed)]
    ledger.put_quarters("E110", due, line)
    ledger.put_quarters("E109", _all_but_some(region, "I11-1", due, 780, line), line)


def _add_disclosure(region: Region, ledger: Ledger, line: str) -> None:
    closed = _quarters(ledger, "E104", line)
    due = [each * region.draw(780, 930, "penalties", line, at) // PERMILLE for at, each in enumerate(closed)]
    done = _all_but_some(region, "I09-1", due, 870, line)
    ledger.put_quarters("E601", due, line)
    ledger.put_quarters("E602", done, line)
    ledger.put_quarters("E603", _all_but_some(region, "I09-2", done, 830, line), line)


def _all_but_some(region: Region, node: str, amounts: Sequence[int], worst: int, line: str = "") -> list[int]:
    """Of each amount what was done; what was not is drawn, so that small amounts are not always whole."""
    lost = PERMILLE - region.kept(node, worst)
    return [
        each
        - min(
            each,
            portion(
                each, lost * region.draw(70, 130, node, line, at) // HUNDREDTHS, region.code, node, line, at
            ),
        )
        for at, each in enumerate(amounts)
    ]


def _add_kinds(region: Region, ledger: Ledger) -> None:
    """Kinds of cases that overlap and are contained in the totals of their lines."""
    for line, share in (("市场监管", 190), ("文化版权", 310)):
        _add_kind(region, ledger, ("E111", "E112"), "I01-1", line, share)
    for line, share in (("市场监管", 21), ("知识产权", 48)):
        _add_kind(region, ledger, ("E114", "E115"), "I06-1", line, share)
    for line, share in (("市场监管", 8), ("知识产权", 55)):
        _add_kind(region, ledger, ("E117", "E118"), "I04-5", line, share)
    market = _quarters(ledger, "E103", "市场监管")
    rural = region.draw(70, 290, "rural")
    ledger.put_quarters(
        "E113", [portion(each, rural, region.code, "rural", at) for at, each in enumerate(market)]
    )
    confusing = region.draw(6, 22, "confusing")
    closed = _quarters(ledger, "E104", "市场监管")
    ledger.put_quarters(
        "E116", [portion(each, confusing, region.code, "confusing", at) for at, each in enumerate(closed)]
    )


def _add_kind(
    region: Region, ledger: Ledger, pair: tuple[str, str], node: str, line: str, share: int
) -> None:
    mean = share * region.draw(75, 125, node, line) // HUNDREDTHS
    filed = [
        min(
            each,
            portion(
                each, mean * region.draw(90, 110, node, line, at) // HUNDREDTHS, region.code, node, line, at
            ),
        )
        for at, each in enumerate(_quarters(ledger, "E103", line))
    ]
    final = region.kept(node, worst=660, best=985)
    rates = [final - region.draw(15, 60, node, "lag", at) for at in range(3)] + [final]
    ledger.put_quarters(pair[0], filed, line)
    ledger.put_quarters(pair[1], running_share(filed, rates), line)


def _add_credit_and_entries(region: Region, ledger: Ledger) -> None:
    """Credit information and the sharing system follow from penalties and transfers."""
    disclosed = [sum(ledger.whole("E601", quarter, line) for line in LINES) for quarter in QUARTERS]
    moved = [sum(ledger.whole("E109", quarter, line) for line in LINES) for quarter in QUARTERS]
    credit = [each * region.draw(97, 112, "credit", at) // HUNDREDTHS for at, each in enumerate(disclosed)]
    ledger.put_quarters("E604", credit)
    ledger.put_quarters("E605", _all_but_some(region, "I14-1", credit, 850))
    entries = [one + other for one, other in zip(disclosed, moved, strict=True)]
    entered = _all_but_some(region, "I11-2", entries, 850)
    ledger.put_quarters("E701", entries)
    ledger.put_quarters("E702", entered)
    ledger.put_quarters("E703", _all_but_some(region, "I11-3", entered, 860))


def _quarters(ledger: Ledger, element: str, line: str = "") -> list[int]:
    return [ledger.whole(element, quarter, line) for quarter in QUARTERS]
