"""Small things to store in tests, whole unless a test says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from models.records import (
    PersonId,
    ReportId,
    ReportState,
    RunId,
    Sha256,
    StoredExplanation,
    StoredReport,
    StoredRuleSet,
    StoredRun,
)
from models.stores.blobs import digest_of
from models.unit_of_work import Database, UnitOfWork
from scoring.codes import ElementCode, MemberCode, NodeCode, PeriodCode, UnitCode
from scoring.errors import Issue
from scoring.facts import Amount, Fact, Series, Standing
from scoring.results import NodeScore, Outcome, Place, UnitResult

NOON = datetime(2021, 4, 12, 4, 0, 0, 123456, tzinfo=UTC)
BEIJING = UnitCode("110000")
TIANJIN = UnitCode("120000")
FIRST_QUARTER = PeriodCode("2021Q1")
FILE = b"a workbook"
FILE_DIGEST = digest_of(FILE)
RULES_DIGEST = Sha256("5" * 64)
CLERK = PersonId("clerk-1")

A_RULE_SET = StoredRuleSet(
    digest=RULES_DIGEST, code="national", title="全国", year=2021, version="1", stored_at=NOON
)
A_REPORT = StoredReport(
    id=ReportId("report-1"),
    rule_set_digest=RULES_DIGEST,
    unit=BEIJING,
    period=FIRST_QUARTER,
    provider="region",
    version=1,
    state=ReportState.SUBMITTED,
    file_sha256=FILE_DIGEST,
    file_name="北京 2021Q1.xlsx",
    received_at=NOON,
    actor=CLERK,
)
AN_EXPLANATION = StoredExplanation(
    report_id=A_REPORT.id,
    issue_key="check-f01-26|E103|合计",
    version=1,
    reason="campaign",
    text="剑网行动集中办结",
    found="130",
    given_at=NOON,
    actor=CLERK,
)
A_RUN = StoredRun(
    id=RunId("run-1"),
    period=FIRST_QUARTER,
    rule_set_digest=RULES_DIGEST,
    facts_digest=Sha256("a" * 64),
    engine_version="0.1.0",
    result_digest=Sha256("b" * 64),
    label="监测",
    created_at=NOON,
    actor=CLERK,
)


def keep_basics(work: UnitOfWork) -> None:
    """The rule set and the file that the sample report names."""
    work.rule_sets.keep(A_RULE_SET, {"ruleset.yaml": b"code: national\n"})
    work.blobs.keep(FILE)


def add_report(
    work: UnitOfWork,
    *,
    facts: Iterable[Fact] = (),
    issues: Iterable[Issue] = (),
    findings: Iterable[Issue] = (),
    **changes: Any,
) -> StoredReport:
    """A report like the sample; its id follows from what makes it different."""
    name = "-".join(str(value) for value in changes.values()) or "1"
    report = replace(A_REPORT, **{"id": ReportId(f"report-{name}"), **changes})
    work.reports.add(report, facts=facts, issues=issues, findings=findings)
    return report


def hand_in(
    database: Database, *, facts: Iterable[Fact] = (), issues: Iterable[Issue] = (), **changes: Any
) -> StoredReport:
    """The same, with what it names, in a transaction of its own."""
    with database.writing() as work:
        keep_basics(work)
        report = add_report(work, facts=facts, issues=issues, **changes)
        work.commit()
    return report


def fact(
    amount: Amount | None,
    element: str = "E101",
    *,
    unit: UnitCode = BEIJING,
    member: str = "",
    period: PeriodCode = FIRST_QUARTER,
    standing: Standing = Standing.VALUE,
    cell: str = "",
) -> Fact:
    """A fact; with a cell ("F01!C5") it comes from the sample file."""
    series = Series(ElementCode(element), period, MemberCode(member))
    return Fact(unit, series, amount, standing, f"{FILE_DIGEST}!{cell}" if cell else "")


def score(unit: UnitCode, node: str, points: Fraction | None, **changes: Any) -> NodeScore:
    """A score of a node worth 10 points."""
    outcome = Outcome.MISSING if points is None else Outcome.SCORED
    return replace(NodeScore(unit, NodeCode(node), None, points, Fraction(10), outcome), **changes)


def result(unit: UnitCode, final: Fraction | None, rank: Place | None, **changes: Any) -> UnitResult:
    """A result without adjustments."""
    return replace(UnitResult(unit, final, Fraction(0), Fraction(0), final, final, rank=rank), **changes)
