"""The ranking of a run: who stands where, and why at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from scoring.codes import NodeCode, PeriodCode
from scoring.periods import QUARTERS, period_from_text, quarter_code
from scoring.results import Place
from scoring.rulebook.final_rules import Adjustment, Ties
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.policy import Actor
from services.reports import list_reports
from services.runs import ranking, region_card
from services.views import Ranking, RankingLine, RunView
from web.charts import strip_of
from web.rendering import links_of, render
from web.runs_shown import known_run, newer_run, run_to_start_with, switch
from web.summaries import grade_styles, summary_of
from web.visitors import Here, Visiting

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def home(
    request: Request, site: Here, visitor: Visiting, period: str = "", group: str = "", grade: str = ""
) -> Response:
    """The latest annual ranking, or that of a period; who belongs to a unit is led to its card."""
    actor = visitor.actor
    run = run_to_start_with(site.context, actor, period)
    if run is None:
        return render(request, "empty.html", title="排名")
    if actor.unit is not None:
        return RedirectResponse(links_of(request).card(run.id, actor.unit or ""), status_code=303)
    return _ranking_page(request, site.context, actor, run, group, grade)


@router.get("/runs/{run}", response_class=HTMLResponse)
def run_ranking(
    request: Request, site: Here, visitor: Visiting, run: str, group: str = "", grade: str = ""
) -> Response:
    """The ranking of one run, for good."""
    actor = visitor.actor
    return _ranking_page(request, site.context, actor, known_run(site.context, actor, run), group, grade)


def _ranking_page(
    request: Request, context: Context, actor: Actor, run: RunView, group: str, grade: str
) -> Response:
    view = ranking(context, actor=actor, run=run.id)
    rules = _rules(context, actor, view)
    grades = rules.grades if rules else ()
    styles, summary = grade_styles(grades), summary_of(view.lines, grades)
    entries = [
        (line.short or line.name, line.result.score, styles.get(line.result.grade, "plain"))
        for line in view.lines
        if line.result.score is not None
    ]
    return render(
        request,
        "ranking.html",
        title=f"{run.label}排名",
        run=run,
        newer=newer_run(context, actor, run),
        switch=switch(context, actor, run),
        sections=view.section_titles,
        lines=[line for line in view.lines if _is_wanted(line, group, grade)],
        group=group,
        grade=grade,
        summary=summary,
        strip=strip_of(entries, summary.mean),
        styles=styles,
        places=Counter(line.result.rank for line in view.lines if line.result.rank is not None),
        leaves_gaps=rules is None or rules.ranking.ties is Ties.COMPETITION,
        tied=_decided_by_tie_breaks(view.lines),
        tie_breaks=_tie_breaks(rules) if rules else (),
        reported=_reported(context, actor, view),
        effects=_effects(rules) if rules else {},
    )


def _rules(context: Context, actor: Actor, view: Ranking) -> RuleSet | None:
    """The rule set by which the run was scored, as any unit's card tells it."""
    if not view.lines:
        return None
    return region_card(context, actor=actor, run=view.run.id, unit=view.lines[0].unit).rules


def _is_wanted(line: RankingLine, group: str, grade: str) -> bool:
    return (not group or line.result.group == group) and (not grade or line.result.grade == grade)


def _decided_by_tie_breaks(lines: Sequence[RankingLine]) -> frozenset[str]:
    """The units whose exact score another unit has too, yet at another place."""
    totals: dict[object, set[Place]] = {}
    for line in lines:
        if line.result.final is not None and line.result.rank is not None:
            totals.setdefault(line.result.final, set()).add(line.result.rank)
    return frozenset(line.unit for line in lines if len(totals.get(line.result.final, ())) > 1)


def _tie_breaks(rules: RuleSet) -> tuple[str, ...]:
    """What is compared where scores are equal, in Chinese."""
    return tuple(
        "得零分的指标数（少者在前）" if each.node is None else f"“{_title(rules, each.node)}”得分"
        for each in rules.ranking.tie_breaks
    )


def _title(rules: RuleSet, code: NodeCode) -> str:
    return rules.nodes[code].title if code in rules.nodes else rules.indicators[code].name


def _effects(rules: RuleSet) -> Mapping[NodeCode, Adjustment]:
    return {each.code: each for each in rules.adjustments}


@dataclass(frozen=True, slots=True)
class Reported:
    """How complete the reports were when the run was made; `units`: with every report that was due."""

    units: int
    reports: int
    due: int


def _reported(context: Context, actor: Actor, view: Ranking) -> Reported:
    quarters = _quarters(view.run.period)
    assessed = {line.unit for line in view.lines}
    found = {
        (receipt.unit, quarter)
        for quarter in quarters
        for receipt in list_reports(context, actor=actor, period=quarter)
        if receipt.state.is_in_force and receipt.received_at <= view.run.created_at
    }
    each = Counter(unit for unit, _ in found if unit in assessed)
    whole = sum(count == len(quarters) for count in each.values())
    return Reported(whole, each.total(), len(quarters) * len(assessed))


def _quarters(code: str) -> list[PeriodCode]:
    """The quarters whose reports a scored period asks for: all of a year, or the one."""
    period = period_from_text(code)
    if period is None:
        return []
    return [quarter_code(period.year, each) for each in (QUARTERS if period.yearly else (period.quarter,))]
