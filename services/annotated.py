"""Workbooks given back with everything that is wrong in them, at its cell and in a list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from intake.annotated.annotate import CannotAnnotate, annotate_workbook
from intake.annotated.error_book import error_workbook
from intake.explanations import Explanation
from intake.issue_keys import IssueKey
from intake.report import Intake, Verdict
from intake.stakes import Stakes
from models.errors import NotStored
from models.records import ReportId
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.errors import Issue
from scoring.periods import period_from_text
from scoring.rulebook.explanations import ReasonCode
from scoring.rulebook.files import read_rule_set
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import Conflict, NotFound, Rejected
from services.explaining import Offer, offers_for, said_of
from services.policy import Action, Actor, visible_unit
from services.reports import XLSX, report_with_issues
from services.submit import check_report, rules_for
from services.views import Export

_XLSX_FORMAT = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is shown in a workbook, and in which."""

    rules: RuleSet
    unit: UnitCode
    period: PeriodCode
    content: bytes
    marked: bool
    """Whether the file itself can be marked; else the list is a file of its own."""
    issues: Sequence[Issue]
    offered: Mapping[IssueKey, Explanation]


def annotated_report(context: Context, *, actor: Actor, report: ReportId) -> Export:
    """A kept report's file with its issues shown; to those who may not see the report, it does not exist.

    What was said to its issues, and what was accepted in earlier quarters, is filled in beforehand. A file
    that is no .xlsx gets its list of issues as a workbook of its own.
    """
    view = report_with_issues(context, actor=actor, report=report)
    with context.read() as work:
        try:
            stored = work.reports.by_id(report, unit=visible_unit(actor, Action.READ_REPORT))
            rules = context.library.by_digest(stored.rule_set_digest, work)
        except NotStored:
            raise NotFound("报表", report) from None
        offered = _offered(work, rules, view.receipt.unit, stored.provider, stored.period)
        offered.update(said_of(work, stored))
        content = work.blobs.read(stored.file_sha256)
    told = _Told(
        rules=rules,
        unit=stored.unit,
        period=stored.period,
        content=content,
        marked=stored.format == _XLSX_FORMAT,
        issues=view.issues,
        offered=offered,
    )
    return _export(told, f"{stored.unit}-{stored.period}-v{stored.version}")


def annotated_check(context: Context, *, actor: Actor, unit: UnitCode, period: str, content: bytes) -> Export:
    """The file with everything shown that handing it in would say; nothing is kept and nothing is logged."""
    answer = check_report(context, actor=actor, unit=unit, period=period, content=content)
    rules, quarter = rules_for(context, unit, period)
    offered = _unconfirmed(answer.offered) | dict(answer.explained)
    told = _Told(
        rules=rules,
        unit=unit,
        period=quarter.code,
        content=content,
        marked=_can_be_marked(answer.intake),
        issues=answer.intake.issues,
        offered=offered,
    )
    return _export(told, f"{unit}-{quarter.code}")


def annotated_file(*, folder: Path, file: Path, found: Intake) -> bytes:
    """The workbook of a file that was just checked, without a database; see `check_file`.

    Raises:
        Rejected: the rule set does not load.
        Conflict: the file has changed since it was checked.
        OSError: it cannot be read.
    """
    rules, issues = read_rule_set(folder)
    if rules is None:
        raise Rejected(issues)
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != found.digest:
        raise Conflict(
            f"{file.name} 在检查之后又改过,请重新检查", "the file has changed since it was checked"
        )
    told = _Told(
        rules=rules.in_force(found.period),
        unit=found.unit,
        period=found.period.code,
        content=content,
        marked=_can_be_marked(found),
        issues=found.issues,
        offered={each.key: each for each in found.explanations},
    )
    return _made(told)


def _can_be_marked(found: Intake) -> bool:
    return found.format == _XLSX_FORMAT and found.verdict is not Verdict.UNREADABLE


def _offered(
    work: UnitOfWork, rules: RuleSet, unit: UnitCode, provider: str, period: PeriodCode
) -> dict[IssueKey, Explanation]:
    quarter = period_from_text(period)
    if quarter is None or quarter.yearly:
        return {}
    offers = offers_for(work, rules.explanations, unit=unit, provider=provider, period=quarter)
    return _unconfirmed(offers)


def _unconfirmed(offers: Mapping[IssueKey, Offer]) -> dict[IssueKey, Explanation]:
    """Offers without their reasons: who chooses one confirms what was said before; nobody does so unseen."""
    return {key: replace(each.explanation, reason=ReasonCode("")) for key, each in offers.items()}


def _export(told: _Told, name: str) -> Export:
    kind = "annotated" if told.marked else "issues"
    return Export(content=_made(told), media_type=XLSX, file_name=f"{name}-{kind}.xlsx")


def _made(told: _Told) -> bytes:
    stakes = Stakes(told.rules).of_issues(told.issues)
    unit, period = told.rules.units.get(told.unit), period_from_text(told.period)
    title = f"{unit.name if unit else told.unit}{period.title if period else told.period}报表问题清单"
    if told.marked:
        try:
            return annotate_workbook(
                told.content,
                told.issues,
                stakes=stakes,
                offered=told.offered,
                reasons=told.rules.explanations.reasons,
                title=title,
            )
        except CannotAnnotate:
            # So full, or so odd, that it is better left as it is: the list tells the same.
            pass
    return error_workbook(told.issues, stakes=stakes, title=title)
