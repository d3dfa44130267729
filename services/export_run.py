"""Handing out a run's ranking as a file."""

from __future__ import annotations

from models.records import RunId
from services.context import Context
from services.errors import Invalid
from services.exports.registry import FORMATS
from services.policy import Action, Actor, demand
from services.runs import ranking
from services.views import Export


def export_run(context: Context, *, actor: Actor, run: RunId, form: str) -> Export:
    """The ranking in one of the registered formats; the act is logged."""
    demand(actor, Action.EXPORT)
    if form not in FORMATS:
        raise Invalid(f"没有导出格式 {form},可以用 {'、'.join(FORMATS)}", "no such format")
    write, media_type = FORMATS[form]
    view = ranking(context, actor=actor, run=run)
    with context.write() as work:
        work.log.append(
            at=context.clock(),
            actor=actor.id,
            act="export_run",
            object_kind="run",
            object_id=run,
            detail={"format": form},
        )
        work.commit()
    return Export(content=write(view), media_type=media_type, file_name=f"ranking-{view.run.period}.{form}")
