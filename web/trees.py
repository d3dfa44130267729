"""A unit's card as the tree reads: branches that fold, indicators in tables, and what was lost where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.results import NodeScore, Outcome
from services.views import CardLine, RegionCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An inner node with what hangs on it; `complete`: everything that could be earned was."""

    line: CardLine
    branches: tuple[Branch, ...]
    leaves: tuple[CardLine, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """An indicator and the points that were not earned in it."""

    line: CardLine
    points: Fraction


def tree_of(card: RegionCard) -> Branch:
    """The whole card from its root."""
    return _branch({line.code: line for line in card.lines}, card, card.rules.root)


def _branch(lines: Mapping[NodeCode, CardLine], card: RegionCard, code: NodeCode) -> Branch:
    nodes, children = card.rules.nodes, card.rules.nodes[code].children
    leaves = tuple(lines[child] for child in children if child not in nodes)
    branches = tuple(_branch(lines, card, child) for child in children if child in nodes)
    complete = all(not is_telling(leaf.score) for leaf in leaves) and all(each.complete for each in branches)
    return Branch(line=lines[code], branches=branches, leaves=leaves, complete=complete)


def is_telling(score: NodeScore) -> bool:
    """Whether there is something to look into: points not earned, or a figure missing or found false."""
    return lost(score) > 0 or score.outcome in {Outcome.MISSING, Outcome.VOIDED, Outcome.UNDEFINED}


def lost(score: NodeScore) -> Fraction:
    """The points that could have been earned and were not; 0 where the node is left out."""
    if score.outcome.left_out or not score.full:
        return Fraction(0)
    return max(Fraction(0), score.full - (score.points or Fraction(0)))


def strongest_losses(card: RegionCard, most: int) -> tuple[Loss, ...]:
    """The indicators in which most was lost, the greatest loss first."""
    found = [Loss(line, lost(line.score)) for line in card.lines if line.kind == "indicator"]
    found = [each for each in found if each.points]
    return tuple(sorted(found, key=lambda each: -each.points)[:most])
