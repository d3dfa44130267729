"""Software, services, mechanisms, publicity, training and destruction (F08 to F12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from sample_reports.generate.campaigns import by_quarter, done_of
from sample_reports.generate.draws import PERMILLE, rounded_portion, running_share, share_within, split
from sample_reports.generate.ledger import HUNDREDTHS, THOUSANDTHS, Ledger
from sample_reports.generate.regions import Region
from scoring.facts import Standing

ISSUED = date(2021, 5, 16)
"""The day of the national work points, as in the rule set."""


def add_institutions(region: Region, ledger: Ledger) -> None:
    """Enter F08 to F12 for the quarters, half years and year in which they are due."""
    _add_software(region, ledger)
    _add_services(region, ledger)
    _add_courts(region, ledger)
    _add_coordination(region, ledger)
    _add_rights_abroad(region, ledger)
    _add_local_plan(region, ledger)
    _add_publicity(region, ledger)
    _add_training(region, ledger)
    _add_destruction(region, ledger)


def _add_software(region: Region, ledger: Ledger) -> None:
    machines = region.population // 900 + region.draw(4000, 9000, "machines")
    kept = region.kept("I05-1", worst=920)
    ledger.put_halves("E801", (machines, machines + region.draw(20, 400, "new machines")))
    second = machines + region.draw(20, 400, "new machines")
    ledger.put_halves(
        "E802",
        (rounded_portion(machines, kept - region.draw(5, 30, "machines")), rounded_portion(second, kept)),
    )
    firms = region.population // 1_400_000 + region.draw(12, 40, "firms")
    share = region.kept("I05-2", worst=600)
    ledger.put_halves("E803", (firms, firms))
    ledger.put_halves(
        "E804",
        (
            rounded_portion(firms, share * region.draw(34, 55, "firms") // HUNDREDTHS),
            rounded_portion(firms, share),
        ),
    )
    found = (region.draw(2, 9, "found"), region.draw(10, 24, "found later"))
    ledger.put_halves("E805", found)
    ledger.put_halves("E806", [rounded_portion(each, region.kept("I05-3", worst=650)) for each in found])


def _add_services(region: Region, ledger: Ledger) -> None:
    asked = by_quarter(region, region.cases * region.draw(24, 40, "mediation") // HUNDREDTHS, "mediation")
    final = region.kept("I08-1", worst=470, best=860)
    ledger.put_quarters("E901", asked)
    ledger.put_quarters(
        "E902", running_share(asked, [*(final - region.draw(20, 80, "agreed", at) for at in range(3)), final])
    )
    served = rounded_portion(region.prefectures, region.kept("I08-2", worst=500))
    ledger.put_halves("E903", (max(0, served - region.draw(0, 2, "served")), served))
    rules = region.count("I07-1", best=4)
    ledger.put_halves("E904", split(rules, (region.draw(1, 4, "rules"), region.draw(2, 5, "more rules"))))


def _add_courts(region: Region, ledger: Ledger) -> None:
    """Only which institutions there are; 兵团 counts as part of 新疆."""
    if region.is_corps:
        for element in ("E905", "E906", "E907", "E908"):
            ledger.put_year(element, Standing.NOT_APPLICABLE)
        return
    courts = min(region.prefectures, 16) + region.draw(1, 9, "courts")
    offices = (
        min(region.prefectures, 5)
        if region.prefectures == 38 or region.code[:2] in {"11", "12", "31"}
        else region.prefectures
    )
    ledger.put_year("E905", courts)
    ledger.put_year("E906", rounded_portion(courts, region.kept("I16-1", worst=480)))
    ledger.put_year("E907", offices)
    ledger.put_year("E908", rounded_portion(offices, region.kept("I17-1", worst=440)))


def _add_coordination(region: Region, ledger: Ledger) -> None:
    for element, node, best in (
        ("EA01", "I10-1", 4),
        ("EA02", "I10-2", 8),
        ("EA03", "I19-1", 7),
        ("EA11", "I22-2", 6),
    ):
        ledger.put_quarters(element, _spread(region, node, best))
    letters = [region.cases // 900 + region.draw(1, 13, "letters", at) for at in range(4)]
    ledger.put_quarters("EA04", letters)
    ledger.put_quarters("EA05", done_of(region, "I19-2", letters, 640))
    watched = [region.cases // 60 + region.draw(6, 30, "watched", at) for at in range(4)]
    kept = region.kept("I18-1", worst=740, best=984)
    ledger.put_quarters("EA06", watched)
    ledger.put_quarters(
        "EA07",
        share_within(watched, [kept - region.draw(0, 14, "watched kept", at) for at in range(3)] + [kept]),
    )
    bodies = region.count("I12-1", best=region.draw(4, 7, "bodies"))
    ledger.put_quarters("EA08", [max(0, bodies - back) for back in (1, 1, 0, 0)])


def _spread(region: Region, node: str, best: int) -> tuple[int, ...]:
    """A small number of things done over the year, one by one in the quarters that a draw names."""
    quarters = [0, 0, 0, 0]
    for each in range(region.count(node, best)):
        quarters[(each + region.draw(0, 3, node, "when", each // 4)) % 4] += 1
    return tuple(quarters)


def _add_rights_abroad(region: Region, ledger: Ledger) -> None:
    planned = region.output // 1500 + region.draw(6, 20, "abroad")
    share = region.kept("I22-1", worst=520, best=region.draw(1000, 1150, "abroad over"))
    ledger.put_quarters("EA09", [planned] * 4)
    ledger.put_quarters(
        "EA10", [rounded_portion(planned, share * step // HUNDREDTHS) for step in (15, 45, 75, 100)]
    )
    labels = region.profile.labels
    checked = rounded_portion(labels, region.kept("I21-1", worst=350))
    ledger.put_year("EA13", checked if labels and not region.is_corps else Standing.NOT_APPLICABLE)


_DAYS_TAKEN = ((330, 12, 30), (640, 31, 60), (900, 61, 90), (PERMILLE, 95, 160))
"""Up to which slack the local plan took from how many to how many days."""


def _add_local_plan(region: Region, ledger: Ledger) -> None:
    slack = region.slack("I26-1")
    least, most = next((least, most) for limit, least, most in _DAYS_TAKEN if slack <= limit)
    ledger.put_year("ED01", Fraction(ISSUED.toordinal() + region.draw(least, most, "plan")))
    visited = rounded_portion(region.prefectures, region.kept("I26-2", worst=380))
    ledger.put_halves("ED02", (visited * region.draw(20, 60, "visited") // HUNDREDTHS, visited))


def _add_publicity(region: Region, ledger: Ledger) -> None:
    central = region.count("I23-1", best=region.draw(14, 22, "central"), worst=3)
    local = region.count("I23-1", best=region.draw(40, 76, "local"), worst=10)
    ledger.put_quarters("EB01", by_quarter(region, central, "central"), "中央")
    ledger.put_quarters("EB01", by_quarter(region, local, "local"), "省级")
    ledger.put_quarters(
        "EB02",
        by_quarter(
            region, region.count("I24-1", best=region.draw(20, 36, "published"), worst=6), "published"
        ),
    )
    ledger.put_quarters("EB07", _spread(region, "I25-1", 4))


def _add_training(region: Region, ledger: Ledger) -> None:
    officers = region.population // 9000 + region.draw(120, 400, "officers")
    share = region.kept("I27-1", worst=380, best=930)
    trained = rounded_portion(officers, share)
    ledger.put_halves("EB05", (officers, officers + region.draw(0, 12, "new officers")))
    ledger.put_halves("EB06", (trained * region.draw(35, 60, "trained") // HUNDREDTHS, trained))


def _add_destruction(region: Region, ledger: Ledger) -> None:
    """Weights in kilograms, reported in tons with three places."""
    weight = region.cases * region.draw(4, 17, "weight") + region.draw(100, 5000, "more weight")
    share = region.kept("I04-4", worst=620)
    first = weight * region.draw(45, 65, "first half") // HUNDREDTHS
    ledger.put_halves("EC01", _tons((first, weight)))
    ledger.put_halves(
        "EC02",
        _tons(
            (
                first * region.draw(40, 90, "destroyed") // HUNDREDTHS * share // PERMILLE,
                rounded_portion(weight, share),
            )
        ),
    )


def _tons(kilograms: Sequence[int]) -> list[Fraction]:
    return [Fraction(each, THOUSANDTHS) for each in kilograms]
