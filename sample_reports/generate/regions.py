"""What is invented of each region before figures are drawn: how big things are and how well they go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sample_reports.generate.draws import PERMILLE, draw
from scoring.codes import UnitCode
from scoring.rulebook.rules import RuleSet, Unit

CORPS = UnitCode("660000")
"""兵团: no customs, post, courts or procuratorates of its own."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Magnitudes follow published ones; who is good or weak at what is pure invention.

    cases: administrative cases a year per million people. slack: 0 (everything done) to 1000.
    customs: batches seized last year. labels: geographical indications on the list of the treaty with the EU.
    platforms: platform enterprises that must check themselves. fine: mean fine of a case in yuan.
    """

    cases: int
    slack: int
    customs: int
    labels: int
    platforms: int
    fine: int = 8500


_PROFILES: Mapping[str, Profile] = {
    "110000": Profile(182, 70, 2310, 1, 46, 9800),
    "120000": Profile(97, 225, 1480, 1, 12, 8900),
    "130000": Profile(58, 215, 240, 3, 9, 8300),
    "140000": Profile(74, 255, 46, 4, 6, 8100),
    "150000": Profile(78, 235, 58, 2, 6, 8000),
    "210000": Profile(89, 240, 1290, 4, 11, 8200),
    "220000": Profile(62, 430, 88, 3, 6, 8000),
    "230000": Profile(55, 275, 132, 3, 5, 8100),
    "310000": Profile(171, 75, 8920, 0, 41, 10400),
    "320000": Profile(203, 60, 4630, 5, 37, 9200),
    "330000": Profile(318, 0, 13540, 7, 58, 9000),
    "340000": Profile(226, 0, 410, 6, 15, 8400),
    "350000": Profile(342, 0, 4060, 7, 19, 8000),
    "360000": Profile(164, 215, 150, 4, 9, 9000),
    "370000": Profile(161, 95, 3820, 6, 24, 8100),
    "410000": Profile(133, 205, 520, 5, 17, 8500),
    "420000": Profile(141, 115, 690, 5, 21, 8700),
    "430000": Profile(128, 195, 480, 4, 16, 8600),
    "440000": Profile(166, 75, 15260, 4, 63, 9100),
    "450000": Profile(31, 235, 730, 4, 8, 8800),
    "460000": Profile(93, 95, 160, 1, 7, 8900),
    "500000": Profile(118, 105, 540, 4, 18, 8700),
    "510000": Profile(152, 85, 610, 10, 25, 8600),
    "520000": Profile(105, 200, 74, 6, 8, 8300),
    "530000": Profile(84, 220, 390, 5, 9, 8400),
    "540000": Profile(40, 460, 5, 0, 0, 8000),
    "610000": Profile(247, 185, 260, 6, 13, 8200),
    "620000": Profile(68, 185, 38, 5, 6, 8100),
    "630000": Profile(51, 450, 7, 1, 2, 8000),
    "640000": Profile(59, 290, 12, 2, 3, 8000),
    "650000": Profile(47, 250, 205, 3, 6, 8200),
    "660000": Profile(44, 390, 0, 0, 0, 8000),
}


@dataclass(frozen=True, slots=True)
class Region:
    """A unit with its profile; draws of a region depend on its code."""

    unit: Unit
    profile: Profile

    @property
    def code(self) -> UnitCode:
        """The code of the unit."""
        return self.unit.code

    @property
    def population(self) -> int:
        """People."""
        return self._attribute("population")

    @property
    def output(self) -> int:
        """Gross domestic product in whole 亿元."""
        return self._attribute("gdp")

    @property
    def prefectures(self) -> int:
        """Units of the second level."""
        return self._attribute("prefectures")

    @property
    def cases(self) -> int:
        """Administrative cases filed a year, all lines together."""
        return self.population * self.profile.cases // 1_000_000

    @property
    def is_corps(self) -> bool:
        """Whether it is 兵团."""
        return self.code == CORPS

    def draw(self, low: int, high: int, *name: object) -> int:
        """A whole number from low to high, both inclusive."""
        return draw(low, high, self.code, *name)

    def slack(self, node: str) -> int:
        """How much is left undone in an indicator: 0 (nothing) to 1000 (everything that may be)."""
        general = self.profile.slack
        if not general:
            return 0
        return max(0, min(PERMILLE, general + draw(-180 - general // 3, 150 + general // 2, self.code, node)))

    def kept(self, node: str, worst: int, best: int = PERMILLE) -> int:
        """A share in permille: `best` without slack, `worst` with all of it."""
        return best - (best - worst) * self.slack(node) // PERMILLE

    def count(self, node: str, best: int, worst: int = 0) -> int:
        """A number of things done: `best` without slack, `worst` with all of it."""
        return best - ((best - worst) * self.slack(node) + PERMILLE // 2) // PERMILLE

    def _attribute(self, name: str) -> int:
        amount = self.unit.attributes[name]
        return int(amount) if isinstance(amount, Fraction) else 0


def regions_of(rules: RuleSet) -> tuple[Region, ...]:
    """Every unit of the rule set with its profile, in the order of the rule set."""
    return tuple(Region(unit, _PROFILES[code]) for code, unit in rules.units.items())
