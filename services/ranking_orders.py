"""In which orders a ranking can be read, and which of its lines have what property: reckoned once a run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from models.stores.run_rows import by_rank
from scoring.codes import NodeCode, UnitCode
from scoring.results import NodeScore, Outcome, UnitResult
from scoring.rulebook.rules import RuleSet

ROSTER, NAME = "roster", "name"


def node_order(code: NodeCode) -> str:
    """The name of the order by points at a node."""
    return f"node {code}"


def outcome_lines(code: NodeCode, outcome: Outcome) -> str:
    """The name of the lines with an outcome at a node; only other outcomes than scored are kept."""
    return f"outcome {code} {outcome}"


def property_lines(name: str, word: str) -> str:
    """The name of the lines of a peer group ("group"), grade or tier."""
    return f"{name} {word}"


def orders_of(
    rules: RuleSet, results: Iterable[UnitResult], scores: Iterable[NodeScore]
) -> dict[str, Sequence[int]]:
    """Every order and property by its name, as positions in the ranking."""
    ranked = by_rank(results)
    places = {result.unit: position for position, result in enumerate(ranked)}
    found: dict[str, Sequence[int]] = {
        ROSTER: [places[unit] for unit in rules.units if unit in places],
        NAME: [
            places[unit]
            for unit in sorted(
                places, key=lambda code: (rules.units[code].name if code in rules.units else "", code)
            )
        ],
    }
    found |= _properties(ranked)
    by_node: dict[NodeCode, list[NodeScore]] = {}
    for score in scores:
        by_node.setdefault(score.node, []).append(score)
    for code, each in by_node.items():
        found[node_order(code)] = most_points_first(each, places)
        found |= _outcomes(code, each, places)
    return found


def _properties(ranked: Sequence[UnitResult]) -> dict[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for position, result in enumerate(ranked):
        for name, word in (("group", result.group), ("grade", result.grade), ("tier", result.tier)):
            if word:
                found.setdefault(property_lines(name, word), []).append(position)
    return dict(found)


def _outcomes(
    code: NodeCode, scores: Iterable[NodeScore], places: Mapping[UnitCode, int]
) -> dict[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for score in scores:
        if score.outcome is not Outcome.SCORED:
            found.setdefault(outcome_lines(code, score.outcome), []).append(places[score.unit])
    return {name: sorted(positions) for name, positions in found.items()}


def most_points_first(scores: Iterable[NodeScore], places: Mapping[UnitCode, int]) -> list[int]:
    """Positions by points, the most first; equals by rank, those without points last.

    Only what is distinct is compared: points of many units are few numbers.
    """
    held: dict[int, tuple[Fraction | None, list[int]]] = {}
    for score in scores:
        # The same number is mostly the same object too, and found by it without looking at its digits.
        found = held.get(id(score.points))
        if found is None:
            found = held[id(score.points)] = score.points, []
        found[1].append(places[score.unit])
    alike: dict[Fraction, list[int]] = {}
    none: list[int] = []
    for points, positions in held.values():
        (none if points is None else alike.setdefault(points, [])).extend(positions)
    ordered = (
        position
        for each in sorted(alike, key=_nearly_first, reverse=True)
        for position in sorted(alike[each])
    )
    return [*ordered, *sorted(none)]


def _nearly_first(points: Fraction) -> tuple[float, Fraction]:
    """Sorts exactly as the points do: doubles never go the other way, equal ones are decided."""
    try:
        return points.numerator / points.denominator, points
    except OverflowError:
        return (math.inf if points > 0 else -math.inf), points
