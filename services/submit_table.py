"""Handing in a table: ministries, assessors and the office give their figures for many units as one CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from models.records import ReportId, ReportState, Sha256, StoredReport
from models.unit_of_work import UnitOfWork
from scoring.codes import PeriodCode, UnitCode
from scoring.errors import Issue, Place
from scoring.fact_tables import FACT_COLUMNS, facts_from_rows
from scoring.facts import Fact
from scoring.rulebook.forms import Provider
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.csv_tables import table_rows
from services.errors import Rejected
from services.identifiers import new_identifier
from services.policy import Action, Actor, Role, demand
from services.rule_keeping import keep_rules

_OFFICE_GIVES = frozenset({Provider.MINISTRY, Provider.ON_SITE, Provider.OFFICE})
_GIVES = {
    Role.MINISTRY: frozenset({Provider.MINISTRY}),
    Role.ASSESSOR: frozenset({Provider.ON_SITE}),
    Role.OFFICE_OPERATOR: _OFFICE_GIVES,
}
"""Whose figures a role may hand in as a table."""
_GIVERS = {
    Provider.REGION: "被考核单位填报",
    Provider.MINISTRY: "国家部门提供",
    Provider.ON_SITE: "考核组核查",
    Provider.OFFICE: "双打办登记",
    Provider.SYSTEM: "系统自动生成",
}
Key = tuple[UnitCode, PeriodCode, Provider]


def submit_table(
    context: Context, *, actor: Actor, year: int, content: bytes, file_name: str
) -> tuple[ReportId, ...]:
    """Keeps the figures of a table, one report a unit, period and provider, in force at once.

    Raises Rejected with every issue, and then nothing is kept. Figures that somebody else gives (regions by
    their reports, the system by itself, the office beside a ministry) are refused: a table cannot overwrite
    them. A table takes the place of the one before it: one that leaves out figures in force is refused, too.
    """
    demand(actor, Action.UPLOAD_TABLE)
    rules = context.library.current(year)
    issues: list[Issue] = []
    rows = table_rows(content, file_name, FACT_COLUMNS, issues)
    facts, found = facts_from_rows(rows, rules, file_name)
    issues += [*found, *_foreign(facts, rules, actor, file_name)]
    if issues:
        raise Rejected(issues)
    with context.write() as work:
        keep_rules(context, work, rules, actor)
        grouped = _grouped(facts, rules)
        _demand_whole(work, grouped, file_name)
        added = tuple(
            _keep(context, work, rules, actor, key, group, content, file_name)
            for key, group in grouped.items()
        )
        work.commit()
    return added


def _foreign(facts: Iterable[Fact], rules: RuleSet, actor: Actor, file: str) -> Iterator[Issue]:
    """Figures that others give; the office may hand in what regions reported in earlier years."""
    gives = {each for role in actor.roles for each in _GIVES.get(role, ())}
    for fact in facts:
        element = rules.elements[fact.series.element]
        of_before = not fact.series.period.startswith(str(rules.year))
        if element.provider is Provider.REGION and of_before and Role.OFFICE_OPERATOR in actor.roles:
            continue
        if element.provider not in gives:
            zh = f"{element.code} {element.name} 由{_GIVERS[element.provider]},您不能用数据表报送"
            line = int(fact.origin.rpartition("!")[2])
            yield Issue(
                code="not-your-element",
                zh=zh,
                en=f"given by: {element.provider}",
                fix_zh="请删去这一行",
                place=Place(file=file, line=line),
            )


def _grouped(facts: Iterable[Fact], rules: RuleSet) -> dict[Key, list[Fact]]:
    grouped: dict[Key, list[Fact]] = {}
    for fact in facts:
        provider = rules.elements[fact.series.element].provider
        grouped.setdefault((fact.unit, fact.series.period, provider), []).append(fact)
    return grouped


def _demand_whole(work: UnitOfWork, grouped: Mapping[Key, list[Fact]], file: str) -> None:
    issues = [issue for key, group in grouped.items() for issue in _left_out(work, key, group, file)]
    if issues:
        raise Rejected(issues)


def _left_out(work: UnitOfWork, key: Key, facts: Iterable[Fact], file: str) -> Iterator[Issue]:
    """What is in force and would silently be gone, since the new version takes the place of the old one."""
    current = work.reports.latest_in_force(*key)
    given = {fact.series for fact in facts}
    old = () if current is None else work.reports.facts(current.id)
    gone = sorted({fact.series.element for fact in old if fact.series not in given})
    if gone:
        unit, period, _ = key
        yield Issue(
            code="left-out",
            zh=f"{unit} {period} 已报的 {'、'.join(gone)} 不在这张表里,而新表会整个替换旧表",
            en=f"figures in force are left out: {', '.join(gone)}",
            fix_zh="请把这些数也写进表里,不再成立的写 NA",
            place=Place(file=file),
        )


def _keep(
    context: Context,
    work: UnitOfWork,
    rules: RuleSet,
    actor: Actor,
    key: Key,
    facts: list[Fact],
    content: bytes,
    file_name: str,
) -> ReportId:
    unit, period, provider = key
    digest = work.blobs.keep(content)
    same = work.reports.find_same_content(unit, period, provider, digest)
    if same is not None:
        return same.id
    report = accepted_report(context, work, rules, actor, key, digest, file_name)
    work.reports.add(report, facts=[_placed(fact, digest, file_name) for fact in facts])
    work.log.append(
        at=report.received_at,
        actor=actor.id,
        act="submit_table",
        object_kind="report",
        object_id=report.id,
        detail={
            "unit": unit,
            "period": period,
            "provider": provider,
            "version": report.version,
            "sha256": digest,
        },
    )
    return report.id


def _placed(fact: Fact, digest: str, file_name: str) -> Fact:
    """The fact with its place in the very file: the table for a sheet, the line for a cell."""
    line = fact.origin.rpartition("!")[2]
    return replace(fact, origin=f"{digest}!{file_name.replace('!', '_')}!第{line}行")


def accepted_report(
    context: Context, work: UnitOfWork, rules: RuleSet, actor: Actor, key: Key, digest: str, file_name: str
) -> StoredReport:
    """The next version of a report that needs no review."""
    unit, period, provider = key
    now = context.clock()
    return StoredReport(
        id=ReportId(new_identifier(now)),
        rule_set_digest=Sha256(rules.digest),
        unit=unit,
        period=period,
        provider=provider,
        version=work.reports.next_version(unit, period, provider),
        state=ReportState.ACCEPTED,
        file_sha256=Sha256(digest),
        file_name=file_name,
        received_at=now,
        actor=actor.id,
        decided_at=now,
    )
