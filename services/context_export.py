"""Handing out the check context of a report, so that it can be checked without the server."""

from __future__ import annotations

from dataclasses import replace

from intake.context_files import context_bytes
from scoring.codes import UnitCode
from services.check_contexts import context_of, latest_decision
from services.context import Context
from services.policy import Action, Actor, demand
from services.submit import PROVIDER, rules_for
from services.views import Export

JSON = "application/json"


def check_context_file(context: Context, *, actor: Actor, unit: UnitCode, period: str) -> Export:
    """All that a report of the unit for the quarter is checked against besides itself and the rules.

    The same bytes until another report is accepted. Raises Invalid for a period that is no quarter, NotFound
    for an unknown unit, NotAllowed for another's.
    """
    demand(actor, Action.READ_REPORT, unit)
    rules, quarter = rules_for(context, unit, period)
    with context.read() as work:
        known = context_of(work, rules, unit, quarter, PROVIDER)
        known = replace(known, as_of=latest_decision(work, unit, quarter))
    return Export(
        content=context_bytes(known), media_type=JSON, file_name=f"{unit}-{quarter.code}-context.json"
    )
