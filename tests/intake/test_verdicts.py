"""The verdict in one sentence, and issues in the order in which they are best mended."""

from __future__ import annotations

from fractions import Fraction

import pytest

from intake.issue_keys import issue_key
from intake.report import Intake, Verdict
from intake.verdicts import by_stakes, headline
from scoring.codes import UnitCode
from scoring.errors import Issue, Place, Severity
from scoring.periods import Period
from scoring.rulebook.forms import Provider


def issue(code: str, severity: Severity = Severity.HARD) -> Issue:
    return Issue(code=code, zh="错", en="Wrong.", severity=severity, place=Place(row_label="E103 立案数"))


HARD, DEAR, CHEAP = issue("hard"), issue("dear", Severity.SOFT), issue("cheap", Severity.SOFT)


def read(verdict: Verdict, *issues: Issue) -> Intake:
    return Intake(
        verdict=verdict,
        digest="0" * 64,
        unit=UnitCode("110000"),
        period=Period(2021, 1, yearly=False),
        provider=Provider.REGION,
        issues=issues,
    )


@pytest.mark.parametrize(
    ("intake", "waiting", "zh", "en"),
    [
        (read(Verdict.IN_ORDER), 0, "没有发现问题", "nothing was found"),
        (read(Verdict.UNREADABLE, HARD), 0, "没有接收", "for 1 reason."),
        (read(Verdict.TO_CORRECT, HARD), 0, "有 1 处必须改正。", "1 error."),
        (read(Verdict.TO_CORRECT, HARD, HARD, DEAR), 1, "有 2 处必须改正,另有 1 处要说明", "2 errors and 1"),
        (read(Verdict.TO_EXPLAIN, DEAR, CHEAP), 2, "还有 2 处要逐条说明", "2 explanations needed"),
        (read(Verdict.TO_EXPLAIN, DEAR), 0, "都已说明", "has been explained"),
    ],
)
def test_the_verdict_comes_first_and_says_how_many(intake: Intake, waiting: int, zh: str, en: str) -> None:
    said = headline(intake, waiting=waiting)
    assert zh in said.zh
    assert en in said.en


def test_hard_issues_come_first_and_then_what_costs_most() -> None:
    stakes = {issue_key(DEAR): Fraction(3), issue_key(CHEAP): Fraction(1, 2)}
    assert by_stakes([CHEAP, DEAR, HARD], stakes) == (HARD, DEAR, CHEAP)


def test_equals_stay_as_they_stand_in_the_report() -> None:
    assert by_stakes([CHEAP, DEAR], {}) == (CHEAP, DEAR)
