"""Handing out what a run says as a file: its ranking, the cards, the facts it used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from models.records import RunId
from scoring.codes import UnitCode
from services.context import Context
from services.errors import Invalid, NotFound
from services.exports.breakdown_table import breakdown_table
from services.exports.facts_table import facts_table
from services.exports.ranking_table import ranking_table
from services.exports.registry import FORMATS
from services.exports.table import Table
from services.policy import Action, Actor, demand
from services.runs import one_run, ranking, region_card, rules_of_run
from services.views import Export


def demand_export(actor: Actor, unit: UnitCode | None = None) -> None:
    """Raises NotAllowed unless the actor may have the files of all units, or those of this one."""
    demand(actor, Action.EXPORT if unit is None else Action.READ_CARD, unit)


def export_run(
    context: Context, *, actor: Actor, run: RunId, content: str, form: str, unit: UnitCode | None = None
) -> Export:
    """One of CONTENTS in one of FORMATS, of all units or of one; the same run gives the same bytes.

    Raises:
        Invalid: there is no such content or format, or a single unit is asked for its ranking.
    """
    demand_export(actor, unit)
    contents = CONTENTS if unit is None else OF_A_UNIT
    if content not in contents:
        raise Invalid(f"没有导出内容 {content},可以用 {'、'.join(contents)}", "no such content")
    if form not in FORMATS:
        raise Invalid(f"没有导出格式 {form},可以用 {'、'.join(FORMATS)}", "no such format")
    write, media_type = FORMATS[form]
    table = contents[content](context, actor, run, unit)
    of_unit = "" if unit is None else f"-{unit}"
    name = f"{content}-{table.run.period}{of_unit}.{form}"
    return Export(content=write(table), media_type=media_type, file_name=name)


def log_export(
    context: Context, *, actor: Actor, run: RunId, what: str, unit: UnitCode | None = None
) -> None:
    """Writes down that the actor has taken a file of the run: for files at hand, which are not made again."""
    with context.write() as work:
        work.log.append(
            at=context.clock(),
            actor=actor.id,
            act="export_run",
            object_kind="run",
            object_id=run,
            detail={"file": what} | ({} if unit is None else {"unit": unit}),
        )
        work.commit()


def _ranking(context: Context, actor: Actor, run: RunId, _unit: UnitCode | None) -> Table:
    return ranking_table(ranking(context, actor=actor, run=run))


def _breakdown(context: Context, actor: Actor, run: RunId, unit: UnitCode | None) -> Table:
    units = rules_of_run(context, run=run).units if unit is None else (unit,)
    cards = [region_card(context, actor=actor, run=run, unit=each) for each in units]
    return breakdown_table(cards[0].run, cards)


def _facts(context: Context, actor: Actor, run: RunId, unit: UnitCode | None) -> Table:
    view, rules = one_run(context, actor=actor, run=run), rules_of_run(context, run=run)
    if unit is not None and unit not in rules.units:
        raise NotFound("被考核单位", unit)
    with context.read() as work:
        facts = list(work.reports.facts_of_run(run))
    return facts_table(view, rules, [each for each in facts if unit in {None, each.unit}])


Maker = Callable[[Context, Actor, RunId, UnitCode | None], Table]
OF_A_UNIT: Mapping[str, Maker] = {"breakdown": _breakdown, "facts": _facts}
"""What can be had of a single unit."""
CONTENTS: Mapping[str, Maker] = {"ranking": _ranking, **OF_A_UNIT}
