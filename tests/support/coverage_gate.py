"""How much of each package the tests must reach: all of scoring, nearly all of the rest (a pytest plugin)."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[2]

# While rooms are still being built the shares are only shown; True makes a share below its floor a failure.
ENFORCED = False

EVERY_LINE_AND_BRANCH = 100.0
NEARLY_ALL = 95.0
FLOORS = {"scoring": EVERY_LINE_AND_BRANCH}


@dataclass(frozen=True, slots=True)
class Share:
    """The percentage (0 to 100) of a package's lines and branches that the tests reached, and its floor."""

    package: str
    reached: float
    floor: float

    @property
    def is_enough(self) -> bool:
        """At the floor is enough."""
        return self.reached >= self.floor

    def __str__(self) -> str:
        """One row of the table; rounded down, so that 99.99 % does not read as everything."""
        relation = "≥" if self.is_enough else "<"
        return f"{self.package:<12}{int(self.reached * 10) / 10:>6} %  {relation} {self.floor:g} %"


def packages() -> list[str]:
    """The packages that pyproject.toml ships."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [str(name) for name in settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]]


def measured_shares(data: coverage.Coverage, names: Iterable[str]) -> list[Share]:
    """The share of each package that has any code at all."""
    shares = []
    for name in names:
        try:
            reached = data.report(include=[f"{name}/*"], file=io.StringIO(), skip_covered=False)
        except coverage.exceptions.NoDataError:
            continue
        shares.append(Share(name, reached, FLOORS.get(name, NEARLY_ALL)))
    return shares


class CoverageGate:
    """Looks at the combined data after the last test, before pytest says how the run ended."""

    def __init__(self) -> None:
        """Nothing is measured yet."""
        self.shares: list[Share] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Outermost, so that pytest-cov has written what all workers saw when the loop is over."""
        outcome = yield
        data = coverage.Coverage(config_file=str(ROOT / "pyproject.toml"))
        data.load()
        self.shares = measured_shares(data, packages())
        if ENFORCED and not all(share.is_enough for share in self.shares):
            session.testsfailed += 1
        return outcome

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table, above pytest's closing line."""
        terminalreporter.section("coverage by package" + ("" if ENFORCED else " (not enforced yet)"))
        for share in self.shares:
            terminalreporter.line(str(share), red=not share.is_enough, green=share.is_enough)


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that collects the others' data looks at it."""
    if not hasattr(config, "workerinput") and config.pluginmanager.has_plugin("_cov"):
        config.pluginmanager.register(CoverageGate())
