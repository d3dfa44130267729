"""What a stored run rests on: the run, the rules that were in force in its period, its facts."""

from __future__ import annotations

from models.errors import NotStored
from models.records import RunId, StoredRun
from models.unit_of_work import UnitOfWork
from scoring.movements.moves import End
from scoring.periods import Period, period_from_text
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import NotFound
from services.period_facts import bearing_periods


def run_basis(context: Context, work: UnitOfWork, run: RunId) -> tuple[StoredRun, RuleSet]:
    """A run and the rules by which it was scored; raises NotFound."""
    try:
        stored = work.runs.by_id(run)
    except NotStored:
        raise NotFound("计分批次", run) from None
    return stored, context.library.by_digest(stored.rule_set_digest, work).in_force(period_of(stored))


def period_of(run: StoredRun) -> Period:
    """The period that a run scored; raises NotFound where it is none."""
    period = period_from_text(run.period)
    if period is None:
        raise NotFound("考核期", run.period)
    return period


def run_end(work: UnitOfWork, run: StoredRun, rules: RuleSet) -> End:
    """A run as one end of a move: all facts that it used."""
    period = period_of(run)
    return End(
        rules=rules,
        facts=tuple(work.reports.facts_of_run(run.id)),
        period=period,
        bearing=frozenset(bearing_periods(period)),
    )
