"""Where a unit loses its points, item by item, and how its peers do there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.records import RunId
from models.unit_of_work import UnitOfWork
from scoring.codes import NodeCode, UnitCode
from scoring.explain import title_of
from scoring.results import NodeScore, Outcome
from scoring.rulebook.rules import RuleSet
from services.context import Context
from services.errors import NotFound
from services.policy import Actor
from services.run_basis import run_basis
from services.runs import demand_reading, run_view
from services.views import RunView


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStrength:
    """One item of a unit. lost: full points less points, no points counting as none earned.

    share: points by full points. peers: the median of the same share among the peers that could earn points
    here, the unit itself left out; None where there is none.
    """

    code: NodeCode
    title: str
    points: Fraction | None
    full: Fraction
    outcome: Outcome
    lost: Fraction
    share: Fraction
    peers: Fraction | None
    among: int
    """How many peers the median is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths:
    """The items in which a unit could earn points, most points lost first; equals as the tree reads."""

    run: RunView
    unit: UnitCode
    name: str
    group: str
    """The peer group; empty where all units are the peers."""
    items: tuple[ItemStrength, ...]


def strengths_of(context: Context, *, actor: Actor, run: RunId, unit: UnitCode) -> Strengths:
    """The weakest items first, by points lost; raises NotFound, NotAllowed."""
    demand_reading(actor, unit)
    with context.read() as work:
        stored, rules = run_basis(context, work, run)
        if unit not in rules.units:
            raise NotFound("被考核单位", unit)
        group, peers = _peers(rules, unit)
        found = [_strength(rules, work, run, code, unit, peers) for code in items_of(rules)]
    items = sorted((each for each in found if each is not None), key=lambda each: -each.lost)
    name = rules.units[unit].name
    return Strengths(run=run_view(stored, rules), unit=unit, name=name, group=group, items=tuple(items))


def items_of(rules: RuleSet) -> tuple[NodeCode, ...]:
    """The nodes right above the indicators, as the tree reads; points are written for them."""
    above = {indicator.parent for indicator in rules.indicators.values()}
    return tuple(code for code in rules.order if code in above)


def _peers(rules: RuleSet, unit: UnitCode) -> tuple[str, frozenset[UnitCode]]:
    """The unit's group and the others in it; all others where the rules have no groups."""
    name = rules.ranking.peer_group
    group = str(rules.units[unit].attributes.get(name, "")) if name else ""
    others = (
        code
        for code, each in rules.units.items()
        if code != unit and (not group or str(each.attributes.get(name or "", "")) == group)
    )
    return group, frozenset(others)


def _strength(
    rules: RuleSet, work: UnitOfWork, run: RunId, code: NodeCode, unit: UnitCode, peers: frozenset[UnitCode]
) -> ItemStrength | None:
    scores = {score.unit: score for score in work.runs.at_node(run, code)}
    own = scores.get(unit)
    if own is None or not own.full:
        return None
    others = sorted(_share(scores[each]) for each in peers if each in scores and scores[each].full)
    return ItemStrength(
        code=code,
        title=title_of(rules, code),
        points=own.points,
        full=own.full,
        outcome=own.outcome,
        lost=own.full - (own.points or 0),
        share=_share(own),
        peers=_median(others),
        among=len(others),
    )


def _share(score: NodeScore) -> Fraction:
    return (score.points or Fraction(0)) / score.full


def _median(numbers: Sequence[Fraction]) -> Fraction | None:
    middle = len(numbers) // 2
    if not numbers:
        return None
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) / 2
