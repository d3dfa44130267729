"""Key areas, sampling, ports and delivery, criminal justice (F02 to F05)."""

from __future__ import annotations

from collections.abc import Sequence

from sample_reports.generate.cases import LINES, quarter_weights
from sample_reports.generate.draws import (
    PERMILLE,
    portion,
    rounded_portion,
    running_share,
    share_within,
    split,
)
from sample_reports.generate.ledger import HUNDREDTHS, YEAR, Ledger
from sample_reports.generate.regions import Region
from scoring.facts import Standing
from scoring.periods import QUARTERS


def add_campaigns(region: Region, ledger: Ledger) -> None:
    """Enter F02 to F05 for the four quarters; F01 must be there."""
    _add_clues_and_markets(region, ledger)
    _add_platforms_and_areas(region, ledger)
    _add_sampling(region, ledger)
    _add_customs(region, ledger)
    _add_delivery(region, ledger)
    _add_criminal_justice(region, ledger)


def by_quarter(region: Region, year: int, *name: object) -> tuple[int, ...]:
    """A year's amount on its quarters."""
    return split(year, quarter_weights(region, *name))


def done_of(region: Region, node: str, due: Sequence[int], worst: int) -> list[int]:
    """Of what fell due in each quarter what was done in time; the year keeps the indicator's share."""
    kept = region.kept(node, worst)
    swings = [0 if kept == PERMILLE else region.draw(-9, 9, node, at) for at in range(3)]
    return list(share_within(due, [*(min(PERMILLE, kept + swing) for swing in swings), kept]))


def _add_clues_and_markets(region: Region, ledger: Ledger) -> None:
    clues = by_quarter(region, region.cases * region.draw(38, 76, "clues") // HUNDREDTHS + 20, "clues")
    final = region.kept("I01-2", worst=700)
    lags = [region.draw(12, 55, "clues", at) for at in range(3)]
    ledger.put_quarters("E201", clues)
    ledger.put_quarters("E202", running_share(clues, [*(final - lag for lag in lags), final]))
    markets = region.population // 1_500_000 + region.draw(8, 24, "markets")
    filed = [PERMILLE - region.draw(60, 220, "files", at) // (at + 1) for at in range(3)]
    kept = region.kept("I01-3", worst=780)
    ledger.put_quarters("E203", [markets] * 4)
    ledger.put_quarters("E204", [rounded_portion(markets, min(kept, each)) for each in (*filed, kept)])
    due = [region.draw(0, 4, "supervised", at) + region.cases // 4000 for at in range(4)]
    ledger.put_quarters("E205", due)
    ledger.put_quarters("E206", done_of(region, "I01-4", due, 640))


def _add_platforms_and_areas(region: Region, ledger: Ledger) -> None:
    platforms, kept = region.profile.platforms, region.kept("I13-1", worst=500)
    ledger.put_quarters("E207", [platforms] * 4)
    ledger.put_quarters("E208", [rounded_portion(platforms, kept * step // 10) for step in (2, 5, 8, 10)])
    areas = [region.draw(0, 2, "areas", at) + region.cases // 9000 for at in range(4)]
    late = region.count("I02-4", best=0, worst=5)
    done = []
    for each in areas:
        done.append(max(0, each - late))
        late -= each - done[-1]
    ledger.put_quarters("E209", areas)
    ledger.put_quarters("E210", done)


def _add_sampling(region: Region, ledger: Ledger) -> None:
    size = region.population // 60_000
    for pair, node, least in ((("E301", "E302"), "I02-3", 140), (("E303", "E304"), "I04-1", 260)):
        planned = by_quarter(region, 4 * (size + region.draw(least, 2 * least, node)), node)
        share = region.kept(node, worst=700, best=region.draw(1003, 1040, node, "over"))
        ledger.put_quarters(pair[0], planned)
        ledger.put_quarters(
            pair[1],
            [rounded_portion(each, share + region.draw(-3, 3, node, at)) for at, each in enumerate(planned)],
        )
    reports = [region.cases // 160 + region.draw(2, 18, "reports", at) for at in range(4)]
    ledger.put_quarters("E305", reports)
    ledger.put_quarters("E306", done_of(region, "I04-2", reports, 700))
    failed = [region.cases // 320 + region.draw(1, 12, "failed", at) for at in range(4)]
    ledger.put_quarters("E307", failed)
    ledger.put_quarters("E308", done_of(region, "I04-3", failed, 780))


def _add_customs(region: Region, ledger: Ledger) -> None:
    """Seizures of this year and the last; customs districts are no part of 兵团."""
    if region.is_corps:
        ledger.put_quarters("E401", [Standing.NOT_APPLICABLE] * 4)
        ledger.put_quarters("E401", [Standing.NOT_APPLICABLE] * 4, year=YEAR - 1)
        return
    before = region.profile.customs
    now = before * region.draw(960, 1480, "seized") // PERMILLE
    ledger.put_quarters("E401", by_quarter(region, now, "seized"))
    ledger.put_quarters("E401", by_quarter(region, before, "seized before"), year=YEAR - 1)


def _add_delivery(region: Region, ledger: Ledger) -> None:
    if region.is_corps:
        for element in ("E402", "E403", "E404", "E405"):
            ledger.put_quarters(element, [Standing.NOT_APPLICABLE] * 4)
        return
    checked = [
        ledger.whole("E102", quarter, "邮政") * region.draw(80, 96, "post", quarter) // HUNDREDTHS
        for quarter in QUARTERS
    ]
    kept = region.kept("I03-2", worst=810, best=991)
    ledger.put_quarters("E402", checked)
    ledger.put_quarters(
        "E403",
        share_within(checked, [kept + region.draw(-4, 4, "post kept", at) for at in range(3)] + [kept]),
    )
    clues = [region.cases // 500 + region.draw(2, 14, "post clues", at) for at in range(4)]
    ledger.put_quarters("E404", clues)
    ledger.put_quarters("E405", done_of(region, "I03-3", clues, 600))


def _add_criminal_justice(region: Region, ledger: Ledger) -> None:
    """Only for statistics; 兵团 has no figures of its own."""
    if region.is_corps:
        for element in ("E501", "E502", "E503"):
            ledger.put_quarters(element, [Standing.NOT_APPLICABLE] * 4)
        return
    filed = [sum(ledger.whole("E103", quarter, line) for line in LINES) for quarter in QUARTERS]
    share = region.draw(70, 150, "police")
    solved = [portion(each, share, region.code, "police", at) for at, each in enumerate(filed)]
    ledger.put_quarters("E501", solved)
    ledger.put_quarters(
        "E502", [each * region.draw(13, 26, "suspects", at) // 10 for at, each in enumerate(solved)]
    )
    ledger.put_quarters(
        "E503", [each * region.draw(26, 44, "indicted", at) // HUNDREDTHS for at, each in enumerate(solved)]
    )
