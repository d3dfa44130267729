"""Against the quarter before and the year before: why each unit's score and place moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.records import RunId, StoredRun
from models.unit_of_work import UnitOfWork
from scoring.codes import UnitCode
from scoring.movements.moves import UnitMove, moves_between
from scoring.periods import QUARTERS, Period
from services.context import Context
from services.errors import NotFound
from services.policy import Actor
from services.run_basis import period_of, run_basis, run_end
from services.runs import demand_reading, run_view
from services.views import RunView


@dataclass(frozen=True, slots=True, kw_only=True)
class RunMoves:
    """The moves from one run to another, by the order of the later one's rules."""

    before: RunView
    after: RunView
    moves: tuple[UnitMove, ...]


def runs_before(
    context: Context, *, actor: Actor, run: RunId, unit: UnitCode | None = None
) -> tuple[RunId, ...]:
    """The latest runs of the quarter before and of the same period a year before, as far as there are any.

    Of a year, the quarter before is its third. unit: for one who may read this unit's card only.
    """
    demand_reading(actor, unit)
    with context.read() as work:
        stored, _ = run_basis(context, work, run)
        return tuple(each.id for each in _latest_before(work, period_of(stored)))


def _latest_before(work: UnitOfWork, period: Period) -> Iterator[StoredRun]:
    year_before = Period(period.year - 1, period.quarter, yearly=period.yearly)
    quarter = Period(period.year, QUARTERS[-2], yearly=False) if period.yearly else period.before()
    for each in dict.fromkeys((quarter, year_before)):
        found = work.runs.latest(each.code)
        if found is not None:
            yield found


def explain_moves(
    context: Context, *, actor: Actor, run: RunId, against: RunId, unit: UnitCode | None = None
) -> RunMoves:
    """How every unit, or this one, came from where it was in the run `against` to where it is in `run`.

    Raises NotFound for a run or unit that there is not, NotAllowed.
    """
    demand_reading(actor, unit)
    with context.read() as work:
        after, rules = run_basis(context, work, run)
        before, rules_before = run_basis(context, work, against)
        if unit is not None and unit not in rules.units and unit not in rules_before.units:
            raise NotFound("被考核单位", unit)
        ends = run_end(work, before, rules_before), run_end(work, after, rules)
    return RunMoves(
        before=run_view(before, rules_before),
        after=run_view(after, rules),
        moves=moves_between(*ends, units=None if unit is None else (unit,)),
    )
