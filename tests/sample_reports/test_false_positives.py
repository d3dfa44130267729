"""docs/checks-of-reports.md tells how often honest reports are suspected: measured on the fourth quarter."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from intake.check_context import gather_context
from intake.peers import gather_peers
from intake.regularity.look import Look
from intake.regularity.registry import LOOKS
from scoring.facts import Fact
from scoring.periods import Period
from scoring.rulebook.forms import Provider
from tests.sample_reports.test_year import reported, rules

FOURTH = Period(2021, 4, yearly=False)
PAGE = (Path(__file__).parents[2] / "docs" / "checks-of-reports.md").read_text(encoding="utf-8")


def look_at(unit: str, everything: list[Fact]) -> Look:
    context = gather_context(rules(), unit, FOURTH, Provider.REGION, reported(unit))  # type: ignore[arg-type]
    peers = gather_peers(rules(), context.unit, FOURTH, Provider.REGION, everything)
    given = rules(), context.unit, FOURTH, Provider.REGION
    return Look(*given, context.accepted, context.facts, peers)


def test_honest_reports_are_hardly_ever_suspected() -> None:
    everything = [fact for unit in rules().units for fact in reported(unit)]
    looks = [look for unit in rules().units if (look := look_at(unit, everything)).facts]
    assert len(looks) == 32
    suspected = Counter(name for look in looks for name, take in LOOKS.items() if list(take(look)))
    assert suspected["same_figure"] == 3
    assert "第四季度 32 份中 9.4%" in PAGE
    assert suspected["peers"] <= 3
    assert {"last_digit", "on_threshold", "equal_block"}.isdisjoint(suspected)
