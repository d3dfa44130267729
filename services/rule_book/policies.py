"""What becomes of the points where there is no value, in Chinese."""

from __future__ import annotations

from fractions import Fraction

from scoring.numbers import shown
from scoring.rulebook.rules import Indicator, Policy, RuleSet
from services.rule_book.document import Fact
from services.rule_book.formulas_words import in_words
from services.rule_book.layout import Layout, prose, row

_INSTEAD = {
    "group_mean": "取比较组内有数单位的平均值作为本项的值",
    "group_median": "取比较组内有数单位的中位数作为本项的值",
    "previous": "取上一考核期的值作为本项的值",
}


def policy_facts(indicator: Indicator, rules: RuleSet) -> tuple[Fact, ...]:
    """A line for each way in which this indicator can be without a value."""
    asked = {"未报": indicator.missing}
    if indicator.value is not None and indicator.value.divides():
        asked["分母为0"] = indicator.zero_denominator
    if indicator.value is not None and indicator.value.can_be_undefined():
        asked["无法计算"] = indicator.undefined
    same: dict[Policy, list[str]] = {}
    for label, policy in asked.items():
        same.setdefault(policy, []).append(label)
    return tuple(
        Fact("、".join(labels), (policy_words(policy, indicator.points, rules),))
        for policy, labels in same.items()
    )


def policy_words(policy: Policy, points: Fraction, rules: RuleSet) -> Layout:
    """The policy as a sentence; points: the full points of the indicator."""
    if policy.instead is None:
        return prose(f"{_earned(policy, points)}。")
    head: Layout = prose(_INSTEAD.get(policy.word, ""))
    if policy.word not in _INSTEAD:
        head = row("以", in_words(policy.instead, rules), "作为本项的值")
    return row(head, f"，照常计分；仍没有数的，{_earned(policy, points)}。")


def _earned(policy: Policy, points: Fraction) -> str:
    if policy.blocks:
        return "本项无得分，所属各级和总分也无得分"
    if policy.lowest:
        return "按计分办法所能给的最低分计"
    if policy.share is None:
        return "不适用，本项不计入"
    if policy.share in (0, 1):
        return f"得满分{shown(points)}分" if policy.share else "得0分"
    return f"按满分的{shown(100 * policy.share)}%计，得{shown(points * policy.share)}分"
