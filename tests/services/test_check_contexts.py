"""With its check context a report is judged offline exactly as by the server; and the reviewer sees more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from intake.context_files import read_context
from intake.report import Intake
from models.records import ReportState
from scoring.codes import UnitCode
from scoring.facts import Amount, Series, Standing
from services.check_contexts import contexts_by_unit
from services.context_export import check_context_file
from services.errors import NotAllowed, NotFound, Rejected
from services.report_files import check_file
from services.submit import PROVIDER, check_report, rules_for
from tests.support.office import (
    AUDITOR,
    BEIJING,
    IN_TIME,
    OFFICE,
    ROOT,
    TIANJIN,
    Office,
    clerk,
    number,
    series,
)

RULES = ROOT / "rules" / "national" / "2021"
Changes = Mapping[Series, Amount | Standing]


def both(office: Office, quarter: int, content: bytes, folder: Path) -> tuple[Intake, Intake]:
    """What the server says to a dry run, and what is said offline with the context that it hands out."""
    period = f"2021Q{quarter}"
    actor = clerk(BEIJING)
    answer = check_report(office.context, actor=actor, unit=BEIJING, period=period, content=content)
    (folder / "report.xlsx").write_bytes(content)
    exported = check_context_file(office.context, actor=actor, unit=BEIJING, period=period)
    (folder / "context.json").write_bytes(exported.content)
    offline = check_file(folder=RULES, file=folder / "report.xlsx", context=folder / "context.json").intake
    return answer.intake, offline


@pytest.mark.parametrize(
    ("accepted", "quarter", "changes", "codes"),
    [
        (0, 1, {}, set()),
        (1, 2, {}, set()),
        (1, 2, {series("E201", "2021Q2"): number(10**6)}, {"doubtful-figure"}),
        (1, 2, {series("E105", "2021Q2", "药监"): number(9999)}, {"check-f01-03"}),
        (2, 3, {series("EA10", "2021Q3"): number(0)}, {"cumulative-falls"}),
        (1, 1, {series("E101", "2021Q1", "药监"): number(9999)}, {"restated-figure"}),
        (2, 2, {series("E602", "2021Q2", "药监"): number(10**6)}, {"check-f06-01", "restated-figure"}),
    ],
    ids=["nothing before", "in order", "doubtful", "opening", "falling", "restated", "restated and faulty"],
)
def test_the_server_and_the_offline_check_say_the_same(
    office: Office, tmp_path: Path, accepted: int, quarter: int, changes: Changes, codes: set[str]
) -> None:
    for each in range(1, accepted + 1):
        office.now = IN_TIME[each]
        office.accepted(BEIJING, each)
    server, offline = both(office, quarter, office.workbook(BEIJING, quarter, changes), tmp_path)
    assert offline == server
    said = {issue.code for issue in server.issues}
    assert codes <= said
    assert bool(codes) is bool(said)
    if accepted:
        blind = check_file(folder=RULES, file=tmp_path / "report.xlsx").intake
        assert blind != server  # the context makes the difference


def test_only_the_unit_itself_and_those_who_read_reports_are_given_it(office: Office) -> None:
    for actor in (clerk(BEIJING), OFFICE, AUDITOR):
        assert check_context_file(office.context, actor=actor, unit=BEIJING, period="2021Q1").content
    with pytest.raises(NotAllowed):
        check_context_file(office.context, actor=clerk(TIANJIN), unit=BEIJING, period="2021Q1")
    with pytest.raises(NotFound):
        check_context_file(office.context, actor=OFFICE, unit=UnitCode("999999"), period="2021Q1")


def test_it_is_the_same_file_until_another_report_is_accepted_and_holds_no_other_unit(office: Office) -> None:
    office.accepted(BEIJING, 1)

    def handed_out() -> bytes:
        return check_context_file(office.context, actor=OFFICE, unit=BEIJING, period="2021Q2").content

    first = handed_out()
    office.now = IN_TIME[2]
    office.accepted(TIANJIN, 1)
    assert handed_out() == first
    found, issues = read_context(first, office.rules)
    assert found is not None, issues
    assert {fact.unit for fact in found.facts} == {BEIJING}
    assert datetime.fromisoformat(found.as_of) == IN_TIME[1]
    office.accepted(BEIJING, 2)
    assert handed_out() != first


def test_a_context_of_another_report_is_refused(office: Office, tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(office.workbook(BEIJING, 2))
    for unit, period in ((BEIJING, "2021Q3"), (TIANJIN, "2021Q2")):
        exported = check_context_file(office.context, actor=OFFICE, unit=unit, period=period)
        (tmp_path / "context.json").write_bytes(exported.content)
        with pytest.raises(Rejected) as refused:
            check_file(folder=RULES, file=tmp_path / "report.xlsx", context=tmp_path / "context.json")
        assert [issue.code for issue in refused.value.issues] == ["context-other-report"]


def test_all_contexts_at_once_are_those_of_each(office: Office) -> None:
    office.accepted(BEIJING, 1)
    office.accepted(TIANJIN, 1)
    rules, quarter = rules_for(office.context, BEIJING, "2021Q2")
    with office.context.read() as work:
        every = contexts_by_unit(work, rules, quarter, PROVIDER)
    for unit in (BEIJING, TIANJIN):
        exported = check_context_file(office.context, actor=OFFICE, unit=unit, period="2021Q2")
        one, _ = read_context(exported.content, rules)
        assert one is not None
        assert (every[unit].facts, every[unit].digest) == (one.facts, one.digest)
        assert one.facts


def test_what_others_reported_is_found_for_the_reviewer_and_not_told_to_the_submitter(office: Office) -> None:
    office.accepted(TIANJIN, 1)
    theirs = {
        key: amount
        for key, amount in copied(office, TIANJIN).items()
        if key.element in {"E201", "E202", "E301", "E302", "E303", "E304", "E305", "E306"}
    }
    content = office.workbook(BEIJING, 1, theirs)
    answer = office.submit(BEIJING, 1, content)
    assert answer.receipt.state is ReportState.SUBMITTED
    assert "equal-block" in {issue.code for issue in answer.intake.findings}
    looked = check_report(
        office.context, actor=clerk(BEIJING), unit=BEIJING, period="2021Q1", content=content
    )
    assert looked.intake.findings == ()
    assert "天津" not in "".join(issue.zh for issue in looked.intake.issues)
    with office.context.read() as work:
        kept = work.reports.findings(answer.receipt.report)
    assert "equal-block" in {issue.code for issue in kept}


def copied(office: Office, unit: UnitCode) -> dict[Series, Amount | Standing]:
    """What a unit reported for the first quarter."""
    with office.context.read() as work:
        facts = list(work.reports.facts_in_force(unit=unit))
    return {fact.series: fact.amount for fact in facts if fact.amount is not None}
