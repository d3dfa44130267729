"""Parts of rules that have no effect: rungs nobody reaches, slopes that never bite, policies never asked."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from scoring.errors import Issue, Severity
from scoring.expressions import Expression, Operation, walk
from scoring.methods.base import NOTHING, limit
from scoring.methods.ladder import Ladder
from scoring.methods.peer_quantiles import PeerQuantiles
from scoring.methods.piecewise import Piecewise
from scoring.methods.slope import Slope
from scoring.numbers import shown
from scoring.rulebook.meaning.bounds import Bounds
from scoring.rulebook.meaning.intervals import EVERYTHING, Interval
from scoring.rulebook.meaning.method_reach import bands_of, points_reached
from scoring.rulebook.rules import Indicator, RuleSet


def effect_issues(rules: RuleSet, bounds: Bounds) -> Iterator[Issue]:
    """Every part of an indicator that moves no points, given what the figures can be."""
    for indicator in rules.indicators.values():
        values = value_bounds(indicator, bounds)
        yield from _limit_issues(indicator)
        yield from _rung_issues(indicator, values)
        yield from _knot_issues(indicator, values)
        yield from _slope_issues(indicator)
        yield from _reach_issues(indicator, values)
        yield from _policy_issues(indicator, bounds)


def value_bounds(indicator: Indicator, bounds: Bounds) -> Interval:
    """Between which bounds the value of an indicator lies; of a checklist, from 0 to all parts."""
    parts = getattr(indicator.method, "parts", None)
    if parts is not None:
        return Interval(Fraction(0), sum((part.earn for part in parts), Fraction(0)))
    return EVERYTHING if indicator.value is None else bounds.of(indicator.value.root)


def _limit_issues(indicator: Indicator) -> Iterator[Issue]:
    """The least points above the most: no reading makes sense of that."""
    method, full = indicator.method, indicator.points
    least = limit(getattr(method, "least", None), full)
    most = limit(getattr(method, "most", None), full)
    if least is not None and most is not None and least > most:
        zh = f"指标 {indicator.code} 的方法最少得 {shown(least)} 分,最多却只得 {shown(most)} 分"
        en = f"indicator {indicator.code}: least {shown(least)} is above most {shown(most)}"
        fix = "请改 least 或 most"
        yield _issue(indicator, "limits-crossed", zh, en, fix, "change least or most", sure=True)


def _rung_issues(indicator: Indicator, values: Interval) -> Iterator[Issue]:
    method = indicator.method
    if not isinstance(method, Ladder) or not indicator.points:
        return
    bands = bands_of(method)
    for band in bands:
        reached = not band.values.meet(values).is_empty
        if reached or (band.rung is None and band.earn == NOTHING):
            continue
        name = f"档次 {band.values}" if band.rung is not None else "otherwise"
        zh = f"指标 {indicator.code} 的{name}永远轮不到:值只能在 {values}"
        en = f"indicator {indicator.code}: no value reaches {name}, values lie in {values}"
        fix, fix_en = "请核对界限,或删去这一档", "check the limit, or delete the rung"
        yield _issue(indicator, "dead-rung", zh, en, fix, fix_en)
    for upper, lower in pairwise(bands):
        if upper.earn.points(indicator.points) == lower.earn.points(indicator.points):
            zh = f"指标 {indicator.code} 的 {upper.values} 和 {lower.values} 得分相同,它们之间的界限不起作用"
            en = f"indicator {indicator.code}: {upper.values} and {lower.values} earn the same"
            fix, fix_en = "请核对得分,或合并两档", "check the points, or make them one"
            yield _issue(indicator, "idle-rung", zh, en, fix, fix_en)


def _knot_issues(indicator: Indicator, values: Interval) -> Iterator[Issue]:
    method = indicator.method
    if isinstance(method, PeerQuantiles) and indicator.points:
        earned = [*(band.earn for band in method.bands), method.otherwise]
        if any(
            one.points(indicator.points) == other.points(indicator.points) for one, other in pairwise(earned)
        ):
            zh = f"指标 {indicator.code} 相邻的分位档得分相同,它们之间的界限不起作用"
            en = f"indicator {indicator.code}: neighbouring bands earn the same"
            yield _issue(indicator, "idle-rung", zh, en, "请核对得分,或合并两档", "check the points")
    if not isinstance(method, Piecewise):
        return
    for low, high in pairwise(method.points):
        stretch = Interval(low.at, high.at, low_open=True, high_open=True)
        if stretch.meet(values).is_empty:
            zh = f"指标 {indicator.code} 的折线段 {stretch} 永远用不到:值只能在 {values}"
            en = f"indicator {indicator.code}: no value lies in {stretch}, values lie in {values}"
            fix, fix_en = "请核对折点,或删去用不到的", "check the knots, or delete those not needed"
            yield _issue(indicator, "dead-rung", zh, en, fix, fix_en)


def _slope_issues(indicator: Indicator) -> Iterator[Issue]:
    """A deduction or addition that the limits of the method never let through."""
    method, full = indicator.method, indicator.points
    if not isinstance(method, Slope) or not full:
        return
    least, most = limit(method.least, full), limit(method.most, full)
    idle = []
    if not method.deduct or (least is not None and least >= full):
        idle.append(("每差一步扣分", "the deduction"))
    if method.add and most is not None and most <= full:
        idle.append(("每超一步加分", "the addition"))
    for part, english in idle:
        zh = f"指标 {indicator.code} 的{part}不起作用:得分的上下限不让它改变得分"
        en = f"indicator {indicator.code}: {english} never moves the points within least and most"
        fix, fix_en = "请核对 deduct、add、least 和 most", "check deduct, add, least and most"
        yield _issue(indicator, "idle-slope", zh, en, fix, fix_en)


def _reach_issues(indicator: Indicator, values: Interval) -> Iterator[Issue]:
    """Points that are always the same, or full points that nobody can reach."""
    full = indicator.points
    if not full:
        return
    higher = indicator.direction != "lower"
    reached = points_reached(indicator.method, full, values, higher_is_better=higher)
    if reached.only is not None:
        zh = f"指标 {indicator.code} 无论值是多少都得 {shown(reached.only)} 分"
        en = f"indicator {indicator.code} always earns {shown(reached.only)}"
        fix, fix_en = "请核对方法的界限和指标值的公式", "check the limits of the method and the formula"
        yield _issue(indicator, "always-the-same", zh, en, fix, fix_en)
    elif reached.high is not None and reached.high < full:
        zh = f"指标 {indicator.code} 满分 {shown(full)} 分,最多只能得到 {shown(reached.high)} 分"
        en = f"indicator {indicator.code}: nobody earns more than {shown(reached.high)} of {shown(full)}"
        fix, fix_en = f"值只能在 {values},请核对目标或 most", f"values lie in {values}: check the target"
        yield _issue(indicator, "full-points-out-of-reach", zh, en, fix, fix_en)


def _policy_issues(indicator: Indicator, bounds: Bounds) -> Iterator[Issue]:
    """What is written for a denominator of zero, or for what is undefined, where there can be none."""
    formula = indicator.value
    if formula is None:
        return
    asked = {"zero_denominator": formula.divides(), "undefined": formula.can_be_undefined()}
    for key, needed in asked.items():
        if key in indicator.places and not needed:
            zh = f"指标 {indicator.code} 写了 {key},公式里却没有要用到它的运算"
            en = f"indicator {indicator.code}: {key} is written, but nothing in the formula needs it"
            yield _issue(indicator, "idle-policy", zh, en, f"请删去 {key}", f"delete {key}", key=key)
    policy = indicator.zero_denominator
    if (
        asked["zero_denominator"]
        and indicator.points
        and policy.share != 0
        and _never_zero(formula.root, bounds)
    ):
        zh = f"指标 {indicator.code} 的分母不会是 0,zero_denominator: {policy.name} 永远用不到"
        en = f"indicator {indicator.code}: no denominator is ever 0, {policy.name} is never used"
        fix, fix_en = "请核对公式;不会用到的写 zero", "check the formula; write zero where it is never used"
        yield _issue(indicator, "idle-policy", zh, en, fix, fix_en, key="zero_denominator")


def _never_zero(root: Expression, bounds: Bounds) -> bool:
    """Whether every denominator is known and not 0, whatever is reported."""
    below = denominators(root)
    return bool(below) and not any(bounds.of(each).has(Fraction(0)) for each in below)


def denominators(root: Expression) -> list[Expression]:
    """What an expression is divided by anywhere."""
    return [
        part.operands[1] for part in walk(root) if isinstance(part, Operation) and part.operator in {"/", "%"}
    ]


def _issue(
    indicator: Indicator,
    code: str,
    zh: str,
    en: str,
    fix: str,
    fix_en: str,
    *,
    key: str = "method",
    sure: bool = False,
) -> Issue:
    return Issue(
        code=code,
        zh=zh,
        en=en,
        fix_zh=fix,
        fix_en=fix_en,
        place=indicator.places.get(key, indicator.place),
        severity=Severity.HARD if sure else Severity.SOFT,
    )
