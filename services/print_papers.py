"""Handing out the papers of a run: a region's score report, and the circular of results."""

from __future__ import annotations

from models.errors import NotStored
from models.records import RunId
from scoring.codes import UnitCode
from services.context import Context
from services.errors import Invalid, NotFound
from services.export_run import demand_export
from services.papers.circular import circular
from services.papers.paper import Paper, Standing
from services.papers.registry import FORMS
from services.papers.score_report import score_report
from services.policy import Actor
from services.runs import ranking, region_card
from services.views import Export


def print_score_report(
    context: Context,
    *,
    actor: Actor,
    run: RunId,
    unit: UnitCode,
    form: str,
    standing: Standing | None = None,
) -> Export:
    """A region's score report; it tells of other units only how many they are.

    Raises:
        Invalid: there is no such form.
        CannotPrint: the machine lacks what a PDF needs.
    """
    demand_export(actor, unit)
    card = region_card(context, actor=actor, run=run, unit=unit)
    with context.read() as work:
        try:
            placed = [each for each in work.runs.ranking(run) if each.rank is not None]
        except NotStored:
            raise NotFound("计分批次", run) from None
    paper = score_report(
        card,
        placed=len(placed),
        placed_in_group=sum(each.group == card.result.group for each in placed),
        standing=standing or Standing(),
    )
    return _printed(paper, form, f"score-report-{card.run.period}-{unit}")


def print_circular(
    context: Context, *, actor: Actor, run: RunId, form: str, standing: Standing | None = None
) -> Export:
    """The circular of a run, for those who may have the results of all units; raises like a score report."""
    demand_export(actor)
    view = ranking(context, actor=actor, run=run)
    paper = circular(view, standing=standing or Standing())
    return _printed(paper, form, f"circular-{view.run.period}")


def _printed(paper: Paper, form: str, name: str) -> Export:
    if form not in FORMS:
        raise Invalid(f"没有文件格式 {form},可以用 {'、'.join(FORMS)}", "no such form of a paper")
    write, media_type = FORMS[form]
    return Export(content=write(paper), media_type=media_type, file_name=f"{name}.{form}")
