"""Each defective sample is answered with exactly the issues that stand beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.check_context import gather_context
from intake.report import Verdict, read_report
from sample_reports.generate.defective import earlier_facts, sample_of
from sample_reports.generate.defects import KINDS, issues_text
from scoring.codes import UnitCode
from scoring.periods import period_from_text
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet

ROOT = Path(__file__).resolve().parents[2]
DEFECTIVE = ROOT / "sample_reports" / "defective"
NAMES = sorted(path.name for path in DEFECTIVE.iterdir())
RENEW = "run: python -m sample_reports.generate"


@cache
def rules() -> RuleSet:
    """The rule set that the samples are made for."""
    found, issues = read_rule_set(ROOT / "rules" / "national" / "2021")
    assert found is not None, issues
    return found


def expected_of(name: str) -> Any:
    """What stands beside a sample."""
    return yaml.safe_load((DEFECTIVE / name / "issues.yaml").read_text(encoding="utf-8"))


def test_there_is_a_folder_for_each_kind_of_defect_and_no_other() -> None:
    assert sorted(kind.name for kind in KINDS) == NAMES
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_a_defective_sample_says_exactly_its_issues(name: str) -> None:
    expected = expected_of(name)
    period = period_from_text(expected["period"])
    assert period is not None
    unit, provider = UnitCode(expected["unit"]), Provider(expected["provider"])
    intake = read_report(
        (DEFECTIVE / name / "report.xlsx").read_bytes(),
        rules=rules(),
        unit=unit,
        period=period,
        provider=provider,
        context=gather_context(rules(), unit, period, provider, earlier_facts(rules(), period)),
    )
    said = [
        (issue.code, issue.severity.value, issue.place.sheet, issue.place.cell) for issue in intake.issues
    ]
    assert "forms-changed" not in {code for code, *_ in said}, RENEW
    wanted = [
        (each["code"], each["severity"], each.get("sheet", ""), each.get("cell", ""))
        for each in expected["issues"]
    ]
    assert sorted(said) == sorted(wanted)
    understood = [(each.sheet, each.cell) for each in intake.normalisations]
    assert understood == [(each["sheet"], each["cell"]) for each in expected["normalisations"]]
    assert (intake.verdict is Verdict.IN_ORDER) is (not wanted)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_issues_beside_a_sample_are_those_that_the_generator_writes(kind: Any) -> None:
    assert (DEFECTIVE / kind.name / "issues.yaml").read_text(encoding="utf-8") == issues_text(
        kind, rules()
    ), RENEW


@pytest.mark.parametrize("kind", KINDS[::9], ids=lambda kind: kind.name)
def test_making_a_sample_again_gives_the_same_bytes(kind: Any) -> None:
    assert sample_of(kind, rules()) == sample_of(kind, rules())
