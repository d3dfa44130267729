"""A unit's card: its result, what moved it, and every section, item and indicator."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from models.records import RunId
from scoring.codes import UnitCode
from scoring.periods import period_from_text
from services.context import Context
from services.filings import Filing, filings_of_unit
from services.policy import Action, Actor, allowed
from services.runs import region_card
from services.views import RegionCard
from web.charts import Trend, trend_of
from web.events import events_of
from web.filters import points, short_period
from web.rendering import render
from web.runs_shown import Choice, newer_run, switch
from web.summaries import grade_styles
from web.trees import strongest_losses, tree_of
from web.visitors import Here, Visiting

router = APIRouter()
_MOST_LOSSES = 10


@router.get("/runs/{run}/regions/{unit}", response_class=HTMLResponse)
def region_page(request: Request, site: Here, visitor: Visiting, run: str, unit: str) -> Response:
    """The card of one unit in one run."""
    context, actor = site.context, visitor.actor
    card = region_card(context, actor=actor, run=RunId(run), unit=UnitCode(unit))
    choices = switch(context, actor, card.run)
    return render(
        request,
        "card.html",
        title=f"{card.name} 得分明细",
        run=card.run,
        newer=newer_run(context, actor, card.run),
        switch=choices,
        card=card,
        result=card.result,
        tree=tree_of(card),
        losses=strongest_losses(card, _MOST_LOSSES),
        events=events_of(card),
        trend=_trend(context, actor, card, choices),
        styles=grade_styles(card.rules.grades),
        filings=_filings(context, actor, card),
        sees_ranking=allowed(actor, Action.READ_RANKING),
    )


def _filings(context: Context, actor: Actor, card: RegionCard) -> tuple[Filing, ...]:
    """How reporting stands, for those whose own card it is."""
    period = period_from_text(card.run.period)
    if period is None or not allowed(actor, Action.UPLOAD, card.unit):
        return ()
    return filings_of_unit(context, actor=actor, unit=card.unit, year=period.year)


def _trend(context: Context, actor: Actor, card: RegionCard, choices: tuple[Choice, ...]) -> Trend | None:
    """The unit's scores over the year's quarters and then the year."""
    entries = []
    for choice in sorted(choices, key=lambda each: (len(each.run.period) == 4, each.run.period)):
        same = choice.run.id == card.run.id
        found = card if same else region_card(context, actor=actor, run=RunId(choice.run.id), unit=card.unit)
        score = found.result.score
        if score is not None:
            place = f"第 {found.result.rank} 名" if found.result.rank else "不排名"
            text = f"{short_period(choice.run.period)} {points(score)} 分，{place}"
            entries.append((short_period(choice.run.period), score, points(score), text, same))
    return trend_of(entries)
