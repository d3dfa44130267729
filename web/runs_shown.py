"""Which run a page shows, and the runs of other periods that it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from models.records import RunId
from scoring.codes import PeriodCode
from scoring.periods import QUARTERS, period_from_text, quarter_code, year_code
from services.context import Context
from services.errors import NotFound
from services.policy import Action, Actor, visible_unit
from services.runs import list_runs, one_run
from services.views import RunView


@dataclass(frozen=True, slots=True)
class Choice:
    """One period of the switch: the newest run of it."""

    run: RunView
    current: bool


def run_to_start_with(context: Context, actor: Actor, period: str = "") -> RunView | None:
    """The newest run of a period; without one the newest annual run, else the newest of all.

    None where nothing was scored yet. Raises NotFound for a period without a run, NotAllowed.
    """
    if period:
        found = _newest(context, actor, period)
        if found is None:
            raise NotFound("计分批次", period)
        return found
    for year in context.library.years():
        annual = _newest(context, actor, year_code(year))
        if annual is not None:
            return annual
    return _newest(context, actor, None)


def switch(context: Context, actor: Actor, run: RunView) -> tuple[Choice, ...]:
    """The year and the quarters of the run's year that were scored; a run shown stands for its period."""
    period = period_from_text(run.period)
    if period is None:
        return (Choice(run, current=True),)
    codes = (year_code(period.year), *(quarter_code(period.year, each) for each in QUARTERS))
    found = (run if code == run.period else _newest(context, actor, code) for code in codes)
    return tuple(Choice(each, current=each.id == run.id) for each in found if each is not None)


def newer_run(context: Context, actor: Actor, run: RunView) -> RunView | None:
    """The run that has taken this one's place; None where it is the newest of its period."""
    newest = _newest(context, actor, run.period)
    return None if newest is None or newest.id == run.id else newest


def known_run(context: Context, actor: Actor, run: str) -> RunView:
    """A run by its id; raises NotFound or NotAllowed."""
    return one_run(context, actor=actor, run=RunId(run))


def _newest(context: Context, actor: Actor, period: str | None) -> RunView | None:
    if period is not None and period_from_text(period) is None:
        return None
    code = None if period is None else PeriodCode(period)
    found = list_runs(context, actor=actor, unit=visible_unit(actor, Action.READ_CARD), period=code, limit=1)
    return found[0] if found else None
