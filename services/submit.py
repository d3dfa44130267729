"""Handing in: a region's workbook is checked, kept with what is wrong in it, and answered with a receipt."""

from __future__ import annotations

from collections.abc import Mapping

import orjson

from intake.explanations import Explanation, soft_issues
from intake.issue_keys import IssueKey, issue_key
from intake.report import Intake, Verdict, read_report
from models.records import ReportId, ReportState, Sha256, StoredReport
from models.stores.blobs import digest_of
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.facts import Facts, gather_facts
from scoring.periods import Period, period_from_text, quarter_code
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from services.check_contexts import context_of, peers_of
from services.context import Context
from services.errors import Conflict, Invalid, NotFound, Rejected
from services.explaining import explanations_of, kept_explanations, state_of
from services.identifiers import new_identifier
from services.policy import Action, Actor, demand
from services.rule_keeping import keep_rules
from services.upload_answers import KeptAnswer, UploadAnswer, answer_of, kept_answer

PROVIDER = Provider.REGION


def check_report(
    context: Context, *, actor: Actor, unit: UnitCode, period: str, content: bytes
) -> UploadAnswer:
    """Everything that handing the file in would say, and the score to expect; nothing is kept or logged."""
    demand(actor, Action.UPLOAD, unit)
    rules, _ = rules_for(context, unit, period)
    read = read_upload(context, unit=unit, period=period, content=content)
    with context.read() as work:
        return answer_of(work, rules, read)


def submit_report(
    context: Context, *, actor: Actor, unit: UnitCode, period: str, content: bytes, file_name: str
) -> KeptAnswer:
    """Keeps a workbook as the next version of the unit's report for the quarter.

    A file that is not this unit's report for this quarter is Rejected and nothing is kept. One with hard
    issues is kept as returned, its issues with it; one with soft issues that nobody has explained is kept as
    a draft (see `explain_issues`); any other is submitted. The same bytes twice, or the same figures, issues
    and sayings in another file, give the same receipt, unless a later version has taken their place since. Of
    two that come at once with different content one is kept, the other gets a Conflict naming both.
    """
    demand(actor, Action.UPLOAD, unit)
    _, quarter = rules_for(context, unit, period)
    with context.read() as work:
        seen = work.reports.next_version(unit, quarter.code, PROVIDER) - 1
    read = read_upload(context, unit=unit, period=period, content=content, for_review=True)
    return keep_upload(context, actor=actor, read=read, content=content, file_name=file_name, seen=seen)


def read_upload(
    context: Context, *, unit: UnitCode, period: str, content: bytes, for_review: bool = False
) -> Intake:
    """What the file says and what is wrong with it, in the light of what the unit reported before.

    for_review: with the findings for the reviewer, which others' figures bear on, too.
    """
    rules, quarter = rules_for(context, unit, period)
    with context.read() as work:
        known = context_of(work, rules, unit, quarter, PROVIDER)
        peers = peers_of(work, rules, unit, quarter, PROVIDER) if for_review else None
    return read_report(
        content,
        rules=rules,
        unit=unit,
        period=quarter,
        provider=PROVIDER,
        context=known,
        peers=peers,
        reader=context.reader,
    )


def keep_upload(
    context: Context,
    *,
    actor: Actor,
    read: Intake,
    content: bytes,
    file_name: str,
    seen: int | None = None,
) -> KeptAnswer:
    """Keeps what was read, with the bytes it was read from; see `submit_report`.

    seen: the latest version there was when the file came; None = whatever there is now.
    """
    demand(actor, Action.UPLOAD, read.unit)
    if read.verdict is Verdict.UNREADABLE:
        raise Rejected(read.issues)
    rules = context.library.current(read.period.year)
    with context.write() as work:
        digest = work.blobs.keep(content)
        before = next(iter(_versions(work, read)), None)
        said = explanations_of(work, read, rules.explanations, before)
        said_digest = content_digest(read, said)
        same = work.reports.find_same_content(read.unit, read.period.code, PROVIDER, digest, said_digest)
        repeated = same is not None and not _was_replaced(work, same)
        if same is not None and repeated:
            report = same
        else:
            _refuse_overtaken(before, seen, file_name)
            keep_rules(context, work, rules, actor)
            report = _new_report(context, work, rules, actor, read, digest, said_digest, file_name, said)
            _keep(context, work, report, read, said)
            work.commit()
    with context.read() as work:
        return kept_answer(work, rules.in_force(read.period), read, report, repeated=repeated)


def _refuse_overtaken(latest: StoredReport | None, seen: int | None, file_name: str) -> None:
    """Raises Conflict where another file was kept while this one was read: its sender had not seen that."""
    if latest is None or seen is None or latest.version <= seen:
        return
    raise Conflict(
        f"同一单位同一季度刚刚收下了另一个文件“{latest.file_name}”(第 {latest.version} 版,{latest.id}),"
        f"这个文件“{file_name}”没有收下;请先看那一版,仍要以这个文件为准的再上传一次",
        f"version {latest.version} ({latest.id}) came while this file was read, and this one was not kept: "
        "look at it first, then upload again if this file is to count",
    )


def content_digest(read: Intake, said: Mapping[IssueKey, Explanation]) -> Sha256:
    """SHA-256 of all that was read and found: figures, issues, sayings. Neither file nor format matters."""
    told = sorted([issue_key(issue), issue.found] for issue in read.issues)
    sayings = sorted([each.key, each.reason, each.text] for each in said.values())
    return digest_of(orjson.dumps([read.figures_digest, told, sayings]))


def _versions(work: UnitOfWork, read: Intake) -> tuple[StoredReport, ...]:
    return work.reports.list(unit=read.unit, period=read.period.code, provider=PROVIDER, limit=1)


def _keep(
    context: Context,
    work: UnitOfWork,
    report: StoredReport,
    read: Intake,
    said: Mapping[IssueKey, Explanation],
) -> None:
    facts = () if report.state is ReportState.RETURNED else read.facts
    work.reports.add(report, facts=facts, issues=read.issues, findings=read.findings)
    waiting = soft_issues(read.issues)
    first = [(each, 1) for each in said.values()]
    work.explanations.add(kept_explanations(context, report, waiting, first, report.actor))
    _log(work, report, len(read.issues), len(said))


def _was_replaced(work: UnitOfWork, same: StoredReport) -> bool:
    """Whether its figures gave way to a later version, so that to hand them in again is to report anew.

    A file that was returned stays returned.
    """
    current = work.reports.latest_in_force(same.unit, same.period, same.provider)
    later = current is not None and current.version > same.version
    return later and same.state is not ReportState.RETURNED


def _log(work: UnitOfWork, report: StoredReport, issues: int, explained: int) -> None:
    detail = {
        "unit": report.unit,
        "period": report.period,
        "version": report.version,
        "state": report.state,
        "sha256": report.file_sha256,
        "figures": report.figures_sha256,
        "issues": issues,
        "explained": explained,
    }
    work.log.append(
        at=report.received_at,
        actor=report.actor,
        act="submit_report",
        object_kind="report",
        object_id=report.id,
        detail=detail,
    )


def _new_report(
    context: Context,
    work: UnitOfWork,
    rules: RuleSet,
    actor: Actor,
    read: Intake,
    digest: Sha256,
    said_digest: Sha256,
    file_name: str,
    said: Mapping[IssueKey, Explanation],
) -> StoredReport:
    now = context.clock()
    version = work.reports.next_version(read.unit, read.period.code, PROVIDER)
    return StoredReport(
        id=ReportId(new_identifier(now)),
        rule_set_digest=Sha256(rules.digest),
        unit=read.unit,
        period=read.period.code,
        provider=PROVIDER,
        version=version,
        state=state_of(read, said, version),
        file_sha256=digest,
        file_name=file_name,
        received_at=now,
        actor=actor.id,
        format=read.format,
        figures_sha256=Sha256(read.figures_digest),
        content_sha256=said_digest,
        required=read.required,
        filled=read.filled,
        faulty=read.faulty,
    )


def rules_for(context: Context, unit: UnitCode, period: str) -> tuple[RuleSet, Period]:
    """The rules in force for an upload, and its quarter; raises Invalid or NotFound."""
    quarter = period_from_text(period)
    if quarter is None or quarter.yearly:
        raise Invalid(f"报告期“{period}”要写成季度,如 2021Q1", "the period must be a quarter such as 2021Q1")
    rules = context.library.current(quarter.year)
    if unit not in rules.units:
        raise NotFound("被考核单位", unit)
    return rules.in_force(quarter), quarter


def earlier_facts(work: UnitOfWork, rules: RuleSet, unit: UnitCode, quarter: Period) -> Facts:
    """What the unit has in force for the earlier quarters of the year and the last one before it."""
    facts = work.reports.facts_in_force(earlier_periods(quarter), unit=unit)
    return gather_facts((unit,), (fact for fact in facts if fact.series.element in rules.elements))


def earlier_periods(quarter: Period) -> tuple[PeriodCode, ...]:
    """The periods that a quarter's report is checked against."""
    so_far = (quarter_code(quarter.year, each) for each in range(1, quarter.quarter))
    return quarter_code(quarter.year - 1, 4), *so_far
