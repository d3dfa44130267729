"""An account in plain Chinese: one sentence a step, from the cells to the place."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.account_between import definition_sentence, statistic_sentence
from scoring.account_history import history_sentences
from scoring.account_node_sentences import node_sentences
from scoring.account_substitutes import substituted_sentence
from scoring.account_texts import (
    STANDING_TITLES,
    TIME_TITLES,
    amount_text,
    figure_text,
    origin_data,
    rounding_text,
    source_text,
)
from scoring.accounts import Account, LeafAccount
from scoring.facts import Amount, Standing
from scoring.figures import Reported, Resolved
from scoring.numbers import exact_text, shown
from scoring.rulebook.forms import Element, ElementType, OverTime
from scoring.rulebook.rules import Indicator, RuleSet

_MOST_CELLS_TOLD = 16
_WITHOUT_MEASURE = {ElementType.DATE, ElementType.CHOICE}
_LEFT_OUT = {Standing.MISSING: "未报,按已报各期计算", Standing.NOT_APPLICABLE: "不适用,不计入"}


def sentences(account: Account) -> tuple[str, ...]:
    """The account in plain Chinese, one sentence a step."""
    own = _leaf_sentences(account) if isinstance(account, LeafAccount) else node_sentences(account)
    return own + history_sentences(account)


def _leaf_sentences(account: LeafAccount) -> tuple[str, ...]:
    indicator, points, rules = account.indicator, account.points, account.rules
    lines = [f"{indicator.code} {indicator.name}:满分 {shown(indicator.points)} 分,{account.period.title}。"]
    for each, made_of in account.inputs:
        lines += _input_sentences(rules, each, made_of)
    lines += [f"{name} = {amount_text(each)}。" for name, each in points.value.attributes.items()]
    lines += [statistic_sentence(each) for each in points.value.statistics]
    lines += [definition_sentence(*each) for each in account.definitions]
    lines += [substituted_sentence(each) for each in points.value.substituted]
    lines += _value_sentences(indicator, points.value.amount)
    lines += [f"{indicator.method.title}:{step}。" for step in points.steps]
    if points.rounded is not None and points.rounded != points.exact:
        rounded = f"{exact_text(points.exact)} → {exact_text(points.rounded)} 分"
        lines.append(f"{rounding_text(indicator.rounding)}:{rounded}。")
    if account.voided:
        lines.append("核查认定本项数据不实,得分归零。")
    return (*lines, *_ground_sentences(rules, indicator))


def _value_sentences(indicator: Indicator, amount: Amount | None) -> list[str]:
    lines = [] if indicator.applicable_when is None else [f"适用条件:{indicator.applicable_when.text}。"]
    if indicator.value is not None and amount is not None:
        value = amount if isinstance(amount, str) else shown(amount)
        exact = amount_text(amount)
        precisely = "" if value == exact else f"(准确值 {exact})"
        lines.append(
            f"公式 {indicator.value.text},算得 {value}{precisely} {indicator.measure}".rstrip() + "。"
        )
    return lines


def _ground_sentences(rules: RuleSet, indicator: Indicator) -> tuple[str, ...]:
    """Which clauses of the plan the indicator measures, and where its rule comes from."""
    clauses = "、".join(f"第 {clause} 款" for clause in indicator.clauses)
    grounds = [f"工作要点{clauses}" if clauses else "", source_text(rules, indicator)]
    found = ";".join(ground for ground in grounds if ground)
    return (f"依据:{found}。",) if found else ()


def _input_sentences(rules: RuleSet, resolved: Resolved, made_of: Sequence[Reported]) -> list[str]:
    element = rules.elements[resolved.figure.element]
    time = TIME_TITLES.get(resolved.figure.when)
    head = f"{resolved.figure.label} {element.name}" + (f"({time})" if time else "")
    if resolved.amount is None:
        return [f"{head}:{STANDING_TITLES[resolved.standing]}。", *_left_out_sentences(resolved)]
    text = figure_text(rules, resolved.figure, resolved.amount)
    nil = "(零申报)" if resolved.standing is Standing.NIL else ""
    measure = f" {element.measure}" if element.measure and element.type not in _WITHOUT_MEASURE else ""
    lines = [f"{head} = {text}{measure}{nil}{_composition(rules, resolved, made_of)}。"]
    standings = {part.standing for part in made_of}
    for standing, meaning in _LEFT_OUT.items():
        if standing in standings:
            places = "、".join(_places(made_of, standing))
            lines.append(f"{resolved.figure.label} {places} {meaning}。")
    return [*lines, *_left_out_sentences(resolved)]


def _left_out_sentences(resolved: Resolved) -> list[str]:
    """Which quarters do not count in the figure, since others of the formula lack them."""
    own = resolved.figure.label
    return [
        f"{own} 第{'一二三四'[each.quarter - 1]}季度:{'、'.join(each.lacking)} 未报,为使分子分母同期,未计入。"
        for each in resolved.left_out
    ]


def _places(made_of: Sequence[Reported], standing: Standing) -> list[str]:
    """The quarters of which a figure is not there for a reason; with the members where it is not all."""
    found: list[str] = []
    for period in dict.fromkeys(part.series.period for part in made_of):
        parts = [part for part in made_of if part.series.period == period]
        members = [part.series.member for part in parts if part.standing is standing]
        found += [period] if len(members) == len(parts) else [f"{period}{member}" for member in members]
    return found


def _composition(rules: RuleSet, resolved: Resolved, made_of: Sequence[Reported]) -> str:
    parts = _counted(rules.elements[resolved.figure.element], made_of)
    if len(parts) > _MOST_CELLS_TOLD:
        return f",由 {len(parts)} 个单元格合成"
    texts: list[str] = []
    for part in parts:
        nil = "(零申报)" if part.standing is Standing.NIL and resolved.standing is not Standing.NIL else ""
        name = f"{part.series.period}{part.series.member}"
        amount = figure_text(rules, resolved.figure, part.amount)
        texts.append(f"{name} {amount}{nil}{_origin_text(part.origin)}")
    return f"({';'.join(texts)})"


def _origin_text(origin: str) -> str:
    where = origin_data(origin)
    if not where:
        return ""
    return f" {where['sheet']}!{where['cell']}" if "sheet" in where else f" {where['file']}:{where['line']}"


def _counted(element: Element, made_of: Sequence[Reported]) -> list[Reported]:
    """The reported parts whose amounts are in the figure: of openings the first, of stocks the last."""
    parts = [part for part in made_of if part.amount is not None]
    if element.adds_up:
        return parts
    members: dict[str, Reported] = {}
    for part in parts:
        if element.over_time is not OverTime.FIRST or part.series.member not in members:
            members[part.series.member] = part
    return list(members.values())
