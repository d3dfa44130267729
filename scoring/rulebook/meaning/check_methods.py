"""Whether each method fits the rule that uses it: words or numbers, points within or outside the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from scoring.expressions import Expression, Figure
from scoring.methods.base import Method, Quantity
from scoring.methods.checklist import Checklist
from scoring.methods.graded import Graded
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.tree import Findings

WITHOUT_FULL_POINTS = ("credit", "direct", "ladder", "piecewise", "slope")
"""The methods of bonuses and penalties; the others share out full points, which these do not have."""


def check_methods(rules: RuleSet, findings: Findings) -> None:
    """Adds every finding about a method and the rule that uses it."""
    for indicator in rules.indicators.values():
        _check_statistical(indicator, findings)
        _check_value(rules, indicator, findings)
    for adjustment in rules.adjustments:
        if adjustment.method is not None:
            _check_outside(adjustment, adjustment.method, findings)


def _check_statistical(indicator: Indicator, findings: Findings) -> None:
    """Shown, never scored: nothing that its method awards may be more than a share of no points."""
    absolute = any(each.amount and not each.of_full for each in quantities(indicator.method))
    if indicator.statistical and (indicator.points or absolute):
        zh = f"指标 {indicator.code} 只作统计,分值要写 0,方法里的得分要写百分比"
        en = "a statistical indicator earns nothing: points 0, and shares of them"
        findings.add(indicator.place, "statistical-with-points", zh, en)


def quantities(part: object) -> Iterator[Quantity]:
    """Every amount of points that stands anywhere in a method."""
    if isinstance(part, Quantity):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from quantities(each)
    elif isinstance(part, tuple):
        for each in part:
            yield from quantities(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from quantities(getattr(part, each.name))


def _check_value(rules: RuleSet, indicator: Indicator, findings: Findings) -> None:
    """Graded takes the words of a choice, every other method a number."""
    method, place = indicator.method, indicator.place
    if indicator.value is None or isinstance(method, Checklist):
        return
    words = _words(rules, indicator.value.root)
    if isinstance(method, Graded):
        if words is None:
            zh, en = f"指标 {indicator.code} 按评语计分,value 要是一个选项类数据项", "graded needs a choice"
            findings.add(place, "method-needs-word", zh, en)
            return
        for word in method.scale:
            if word not in words:
                findings.unknown(place, "unknown-word", f"评语(指标 {indicator.code})", word, words)
    elif words is not None:
        zh = f"指标 {indicator.code} 的值是文字,计分方法 {method.kind} 要数字"
        findings.add(place, "method-needs-number", zh, f"{method.kind} needs a number", "可用 kind: graded")


def _words(rules: RuleSet, root: Expression) -> tuple[str, ...] | None:
    """The words that an expression can be; None for numbers."""
    if not isinstance(root, Figure):
        return None
    element = rules.elements[root.element]
    return element.choices if element.type is ElementType.CHOICE else None


def _check_outside(adjustment: Adjustment, method: Method, findings: Findings) -> None:
    """Outside the tree there are no full points to take a share of."""
    code, place = adjustment.code, adjustment.place
    if method.kind not in WITHOUT_FULL_POINTS:
        zh = f"事项 {code} 在树外,没有满分,不能用计分方法 {method.kind}"
        fix = f"可以用:{'、'.join(WITHOUT_FULL_POINTS)}"
        findings.add(place, "no-full-points", zh, f"{method.kind} shares out full points", fix)
    elif any(each.of_full and each.amount for each in quantities(method)):
        zh = f"事项 {code} 在树外,没有满分,most、earn 等要写分数而不是百分比"
        findings.add(
            place, "no-full-points", zh, "an adjustment has no full points: write points, not shares"
        )
