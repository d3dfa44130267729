"""An account in plain Chinese: one sentence a step, from the cells to the place."""

from __future__ import annotations

from fractions import Fraction

from scoring.account_texts import (
    STANDING_TITLES,
    amount_text,
    figure_text,
    origin_data,
    rounding_text,
    source_text,
)
from scoring.accounts import Account, LeafAccount, NodeAccount
from scoring.expressions import When
from scoring.facts import Standing
from scoring.figures import Reported, Resolved
from scoring.numbers import exact_text, shown
from scoring.rulebook.rules import Aggregate, ElementType, OverTime, RuleSet

_MOST_CELLS_TOLD = 16
_AGGREGATE_TITLES = {
    Aggregate.SUM: "合计",
    Aggregate.MEAN: "加权平均",
    Aggregate.GEOMETRIC: "几何平均",
    Aggregate.MIN: "取最低,",
    Aggregate.MAX: "取最高,",
}


def sentences(account: Account) -> tuple[str, ...]:
    """The account in plain Chinese, one sentence a step."""
    return _leaf_sentences(account) if isinstance(account, LeafAccount) else _node_sentences(account)


def _leaf_sentences(account: LeafAccount) -> tuple[str, ...]:
    indicator, points, rules = account.indicator, account.points, account.rules
    lines = [f"{indicator.code} {indicator.name}:满分 {shown(indicator.points)} 分,{account.period.title}。"]
    lines += [sentence for each in points.value.inputs for sentence in _input_sentences(rules, each)]
    lines += [f"{name} = {amount_text(each)}。" for name, each in points.value.attributes.items()]
    if indicator.value is not None and points.value.amount is not None:
        amount = points.value.amount
        exact = (
            ""
            if isinstance(amount, str) or shown(amount) == exact_text(amount)
            else f"(准确值 {exact_text(amount)})"
        )
        value = amount if isinstance(amount, str) else shown(amount)
        lines.append(f"公式 {indicator.value.text},算得 {value}{exact} {indicator.measure}".rstrip() + "。")
    lines += [f"{indicator.method.title}:{step}。" for step in points.steps]
    if points.rounded is not None and points.rounded != points.exact:
        rounded = f"{exact_text(points.exact)} → {exact_text(points.rounded)} 分"
        lines.append(f"{rounding_text(indicator.rounding)}:{rounded}。")
    if account.voided:
        lines.append("核查认定本项数据不实,得分归零。")
    clauses = "、".join(f"第 {clause} 款" for clause in indicator.clauses)
    if clauses:
        lines.append(f"依据:工作要点{clauses};{source_text(rules, indicator)}。")
    return tuple(lines)


def _input_sentences(rules: RuleSet, resolved: Resolved) -> list[str]:
    element = rules.elements[resolved.figure.element]
    label = resolved.figure.label
    time = {When.LAST_YEAR: "(上年同期)"}.get(resolved.figure.when, "")
    head = f"{label} {element.name}{time}"
    if resolved.amount is None:
        lines = [f"{head}:{STANDING_TITLES[resolved.standing]}。"]
    else:
        text = figure_text(rules, resolved.figure, resolved.amount)
        nil = "(零申报)" if resolved.standing is Standing.NIL else ""
        measure = f" {element.measure}" if element.measure and element.type is not ElementType.DATE else ""
        lines = [f"{head} = {text}{measure}{nil}{_composition(rules, resolved)}。"]
    missing = sorted({part.series.period for part in resolved.made_of if part.standing is Standing.MISSING})
    if missing and resolved.amount is not None:
        lines.append(f"{label} 缺 {'、'.join(missing)},按已报各期计算。")
    return lines


def _composition(rules: RuleSet, resolved: Resolved) -> str:
    parts = _counted(rules, resolved)
    if not parts or len(parts) > _MOST_CELLS_TOLD:
        return f",由 {len(parts)} 个单元格合成" if parts else ""
    texts: list[str] = []
    for part in parts:
        cell = _origin_text(part.origin)
        name = f"{part.series.period}{part.series.member}"
        texts.append(f"{name} {figure_text(rules, resolved.figure, part.amount)}{cell}")
    return f"({';'.join(texts)})"


def _node_sentences(account: NodeAccount) -> tuple[str, ...]:
    node, earned = account.node, account.earned
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
    if earned.points is not None:
        made = _AGGREGATE_TITLES[node.aggregate]
        lines.append(f"{made} {shown(earned.points)} 分,满分 {shown(earned.full)} 分。")
    if node.rescale and node.points is not None:
        raw = sum((weight * (child.points or Fraction(0)) for _, weight, child in counted), Fraction(0))
        full = sum((weight * child.full for _, weight, child in counted), Fraction(0))
        if full != node.points:
            lines.append(f"其中按比例折算:{shown(raw)} ÷ {shown(full)} × {shown(node.points)}。")
    return tuple(lines) + (_result_sentences(account) if account.result else ())


def _result_sentences(account: NodeAccount) -> tuple[str, ...]:
    result = account.result
    if result is None or result.final is None or result.score is None or result.base is None:
        return ("没有总分,不参加排名。",)
    lines = [
        f"事项 {each.code}:{'加' if each.points > 0 else '减'} {shown(abs(each.points))} 分。"
        for each in account.adjustments
        if each.triggered and each.points
    ]
    if lines:
        lines.append(
            f"基础分 {shown(result.base)},加分 {shown(result.bonus)},减分 {shown(-result.penalty)}。"
        )
    lines.append(f"最后得分 {exact_text(result.score)} 分(准确值 {exact_text(result.final)})。")
    if result.effects:
        lines.append(f"等级受 {'、'.join(result.effects)} 影响。")
    if result.grade:
        tier = f",{result.tier},折算 {amount_text(result.converted)} 分" if result.tier else ""
        lines.append(f"等级 {result.grade}{tier}。")
    lines.append(f"全国第 {result.rank} 名。" if result.rank else "不参加排名。")
    if result.group_rank:
        lines.append(f"{result.group}组第 {result.group_rank} 名。")
    return tuple(lines)


def _origin_text(origin: str) -> str:
    where = origin_data(origin)
    if not where:
        return ""
    return f" {where['sheet']}!{where['cell']}" if "sheet" in where else f" {where['file']}:{where['line']}"


def _counted(rules: RuleSet, resolved: Resolved) -> list[Reported]:
    """The reported parts whose amounts are in the figure: of openings the first, of stocks the last."""
    parts = [part for part in resolved.made_of if part.amount is not None]
    over_time = rules.elements[resolved.figure.element].over_time
    if over_time is OverTime.SUM:
        return parts
    members: dict[str, Reported] = {}
    for part in parts:
        if over_time is OverTime.LAST or part.series.member not in members:
            members[part.series.member] = part
    return list(members.values())
