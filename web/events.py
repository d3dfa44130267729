"""Bonuses, penalties, vetoes and floors of a unit, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.results import AdjustmentScore, NodeScore, Outcome
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.rules import RuleSet
from services.views import RegionCard
from web.filters import number, points, value
from web.strings import ADJUSTMENT_TITLES

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Event:
    """One thing outside the tree that touched a unit's score or grade."""

    code: str
    kind: str
    name: str
    points: Fraction
    good: bool
    words: str
    reason: str


def events_of(card: RegionCard) -> tuple[Event, ...]:
    """Everything that held for the unit, in the rule set's order."""
    rules = {each.code: each for each in card.rules.adjustments}
    by_node = {line.code: line.score for line in card.lines}
    return tuple(_event(card.rules, rules[score.code], score, by_node) for _, score in card.adjustments)


def _event(
    rules: RuleSet, rule: Adjustment, score: AdjustmentScore, by_node: Mapping[NodeCode, NodeScore]
) -> Event:
    return Event(
        code=rule.code,
        kind=ADJUSTMENT_TITLES[rule.kind],
        name=rule.name,
        points=score.points,
        good=rule.kind is AdjustmentKind.BONUS,
        words="，".join(_words(rules, rule, score, by_node)),
        reason=rule.reason,
    )


def _words(
    rules: RuleSet, rule: Adjustment, score: AdjustmentScore, by_node: Mapping[NodeCode, NodeScore]
) -> list[str]:
    if rule.kind in {AdjustmentKind.BONUS, AdjustmentKind.PENALTY}:
        return _counted(rule, score)
    if rule.kind is AdjustmentKind.VOID:
        return _voided(rules, score, by_node)
    if rule.kind is AdjustmentKind.FLOOR:
        return [_below(rules, rule, by_node), f"等级不得高于“{rule.grade_at_most}”"]
    return _on_grade(rules, rule)


def _counted(rule: Adjustment, score: AdjustmentScore) -> list[str]:
    """How often it happened, and the points; none where a veto bars every bonus."""
    counted = [] if score.value is None else [f"计数 {value(score.value)}"]
    sign = "加" if rule.kind is AdjustmentKind.BONUS else "减"
    return [*counted, f"{sign} {points(abs(score.points))} 分" if score.points else "不计分"]


def _on_grade(rules: RuleSet, rule: Adjustment) -> list[str]:
    """What a veto or demotion does to the grade, the place and the score."""
    if rule.kind is AdjustmentKind.DEMOTION:
        grade = f"等级降 {rule.by} 级"
    elif rule.grade_at_most:
        grade = f"等级不得高于“{rule.grade_at_most}”"
    else:
        grade = f"等级定为“{rules.grades[-1].name}”" if rules.grades else "等级定为最低"
    more = {
        "不参加排名": not rule.ranked,
        "不计加分": rule.no_bonus,
        "得分封顶在原等级之下": rule.cap_score,
    }
    return [grade, *(words for words, holds in more.items() if holds)]


def _voided(rules: RuleSet, score: AdjustmentScore, by_node: Mapping[NodeCode, NodeScore]) -> list[str]:
    names = [
        f"{code} {rules.indicators[code].name}"
        for code, node in by_node.items()
        if node.outcome is Outcome.VOIDED and code in rules.indicators
    ]
    words = [f"{'、'.join(names)}得分归零"] if names else []
    return [*words, f"另减 {points(abs(score.points))} 分"] if score.points else words


def _below(rules: RuleSet, rule: Adjustment, by_node: Mapping[NodeCode, NodeScore]) -> str:
    """Which nodes fell below the floor, and how far they came."""
    limit = rule.ratio_below
    if limit is None:
        return rule.name
    found = ((code, by_node[code]) for code in rule.nodes if code in rules.nodes)
    below = [
        f"“{rules.nodes[code].title}”得 {points(node.points)} / {number(node.full)}"
        for code, node in found
        if node.points is not None and node.full > 0 and node.points < limit * node.full
    ]
    if not below:
        return rule.name
    more = f" 等 {len(below)} 处" if len(below) > _MOST_NAMED else ""
    return f"{'、'.join(below[:_MOST_NAMED])}{more}，低于 {number(100 * limit)}%"
