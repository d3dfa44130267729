"""The account of an inner node in plain Chinese: what its children brought, and what became of the total."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scoring.account_node_steps import (
    best_sentences,
    coverage_sentences,
    making_sentences,
    place_text,
    quota_sentences,
    ties_sentences,
)
from scoring.account_texts import rounding_text
from scoring.accounts import NodeAccount
from scoring.codes import NodeCode
from scoring.numbers import exact_text, shown
from scoring.results import Outcome, UnitResult
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.rules import Aggregate, Node
from scoring.totals import Earned

_AGGREGATE_TITLES = {
    Aggregate.SUM: "合计",
    Aggregate.MEAN: "加权平均",
    Aggregate.GEOMETRIC: "几何平均",
    Aggregate.HARMONIC: "调和平均",
    Aggregate.PRODUCT: "连乘(各项得分的权重次方相乘)",
    Aggregate.FORMULA: "按公式",
    Aggregate.MIN: "取最低,",
    Aggregate.MAX: "取最高,",
}
_KIND_TITLES = {
    AdjustmentKind.VETO: "否决",
    AdjustmentKind.DEMOTION: "降级",
    AdjustmentKind.FLOOR: "底线",
}


def node_sentences(account: NodeAccount) -> tuple[str, ...]:
    """The account of an inner node in plain Chinese; of the root with everything that followed."""
    node = account.node
    lines = [f"{node.code} {node.title},{account.period.title}。"]
    counted = [
        (title, weight, child) for _, title, weight, child in account.children if not child.outcome.left_out
    ]
    left_out = [
        f"{title}({child.outcome.title})" for _, title, _, child in account.children if child.outcome.left_out
    ]
    for title, weight, child in counted:
        times = "" if weight == 1 else f",权重 {shown(weight)}"
        points = "无得分" if child.points is None else f"{shown(child.points)} 分"
        lines.append(f"{title}:{points}(满分 {shown(child.full)}{times})。")
    if left_out:
        lines.append(f"不计入:{'、'.join(left_out)}。")
    lines += _total_sentences(account, [(weight, child) for _, weight, child in counted])
    return tuple(lines) + (() if account.result is None else _result_sentences(account, account.result))


def _total_sentences(account: NodeAccount, counted: Sequence[tuple[Fraction, Earned]]) -> list[str]:
    """What the children come to, and by which steps."""
    made = [] if account.made is None else list(coverage_sentences(account.node, account.made))
    if account.earned.outcome.left_out:
        return [*made, f"{account.earned.outcome.title},本级不计入。"]
    if account.earned.points is None:
        return made or [_no_score(account)]
    steps = [*making_sentences(account), *best_sentences(account)]
    return [*made, *_sum_sentences(account.node, account.earned, account.earned.points, counted), *steps]


def _no_score(account: NodeAccount) -> str:
    node = account.node
    if node.formula is not None:
        return f"合成公式 {node.formula.text} 没有结果({account.earned.outcome.title}),本级无得分。"
    if account.earned.outcome is Outcome.UNDEFINED:
        return "合成的结果太大,本级无得分。"
    return "有一项无得分,本级也无得分。"


def _sum_sentences(
    node: Node, earned: Earned, points: Fraction, counted: Sequence[tuple[Fraction, Earned]]
) -> list[str]:
    """The points, converted where some children are left out, and rounded where the node says so."""
    made = _AGGREGATE_TITLES[node.aggregate]
    rounding = "" if node.rounding is None else f",{rounding_text(node.rounding)}"
    lines = [f"{made} {shown(points)} 分,满分 {shown(earned.full)} 分{rounding}。"]
    if node.rescale and node.points is not None and node.aggregate is Aggregate.SUM:
        raw = sum((weight * (child.points or Fraction(0)) for weight, child in counted), Fraction(0))
        full = sum((weight * child.full for weight, child in counted), Fraction(0))
        if full != node.points:
            lines.append(f"其中按比例折算:{shown(raw)} ÷ {shown(full)} × {shown(node.points)}。")
    return lines


def _result_sentences(account: NodeAccount, result: UnitResult) -> tuple[str, ...]:
    if result.final is None or result.score is None or result.base is None:
        return tuple(_without_total(account, result))
    lines = _adjustment_sentences(account, result, result.base)
    uncapped = max(Fraction(0), result.base + result.bonus + result.penalty)
    if result.final < uncapped:
        lines.append(f"降级后得分封顶 {shown(result.final)} 分(原为 {shown(uncapped)} 分)。")
    lines.append(f"最后得分 {exact_text(result.score)} 分(准确值 {exact_text(result.final)})。")
    if result.effects:
        lines.append(f"等级受 {'、'.join(_effect_title(account, code) for code in result.effects)}影响。")
    if result.grade:
        tier = f",{result.tier}" if result.tier else ""
        converted = "" if result.converted is None else f",折算 {exact_text(result.converted)} 分"
        lines.append(f"等级 {result.grade}{tier}{converted}。")
    lines += quota_sentences(account, result)
    return (*lines, *_place_sentences(account, result))


def _without_total(account: NodeAccount, result: UnitResult) -> list[str]:
    """A unit that has no total, or lost it by an event."""
    if not result.effects:
        return (
            ["没有总分。", *_place_sentences(account, result)] if result.rank else ["没有总分,不参加排名。"]
        )
    lines = [f"{'、'.join(_effect_title(account, code) for code in result.effects)}:不计总分,不参加排名。"]
    if result.grade:
        lines.append(f"等级 {result.grade}{f',{result.tier}' if result.tier else ''}。")
    return lines


def _place_sentences(account: NodeAccount, result: UnitResult) -> list[str]:
    if not result.rank:
        return ["不参加排名。"]
    lines = [f"总排名{place_text(account, result.rank)}。"]
    if result.group_rank:
        lines.append(f"{result.group}组第 {result.group_rank} 名。")
    return [*lines, *ties_sentences(account)]


def _adjustment_sentences(account: NodeAccount, result: UnitResult, base: Fraction) -> list[str]:
    """Each bonus and penalty, and their sums as far as they count."""
    moved = [each for each in account.adjustments if each.points]
    lines = [
        f"{each.code} {_adjustment(account, each.code).name}:"
        f"{'加' if each.points > 0 else '减'} {shown(abs(each.points))} 分。"
        for each in moved
    ]
    gained = sum((each.points for each in moved if each.points > 0), Fraction(0))
    lost = sum((each.points for each in moved if each.points < 0), Fraction(0))
    if gained != result.bonus:
        lines.append(f"加分合计 {shown(gained)} 分,按上限计 {shown(result.bonus)} 分。")
    if lost != result.penalty:
        lines.append(f"减分合计 {shown(-lost)} 分,按上限计 {shown(-result.penalty)} 分。")
    if moved:
        least = ",扣完为止" if base + result.bonus + result.penalty < 0 else ""
        lines.append(
            f"基础分 {shown(base)},加分 {shown(result.bonus)},减分 {shown(-result.penalty)}{least}。"
        )
    return lines


def _effect_title(account: NodeAccount, code: NodeCode) -> str:
    event = _adjustment(account, code)
    bonus = ",不参加加分" if event.no_bonus else ""
    return f"{code} {event.name}({_KIND_TITLES[event.kind]}{bonus})"


def _adjustment(account: NodeAccount, code: NodeCode) -> Adjustment:
    return next(each for each in account.rules.adjustments if each.code == code)
