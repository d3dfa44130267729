"""How a comparison writes the parts of rules: exact numbers, formulas, rungs, policies, whole things."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from scoring.expressions import Formula
from scoring.methods.base import Quantity
from scoring.methods.checklist import Part
from scoring.methods.ladder import SIGNS, Rung
from scoring.methods.peer_quantiles import QuantileBand
from scoring.methods.piecewise import Knot
from scoring.methods.registry import METHODS
from scoring.numbers import Rounding, RoundingMode, exact_text
from scoring.rulebook.differences.changes import Weight
from scoring.rulebook.differences.difference_words import (
    DIRECTIONS,
    ENUM_WORDS,
    PARAMETER_WORDS,
    compared_fields,
    word_of,
)
from scoring.rulebook.differences.word import Word
from scoring.rulebook.final_rules import Grade, TieBreak
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import Constant, Policy, RuleSet
from scoring.rulebook.sources import Example, RuleSetExample, Source

_POLICY_WORDS = {
    "zero": "按 0 分",
    "full": "按满分",
    "not_applicable": "不计入(其余折算)",
    "no_score": "不给总分",
    "floor": "按最低得分",
    "group_mean": "按同组平均值",
    "group_median": "按同组中位值",
    "previous": "按上一期的值",
}
_ALWAYS_TOLD = {"name", "title", "message"}


def whole_text(value: object, rules: RuleSet) -> str:
    """A whole thing that came or went, in one line."""
    told = _TEXTS.get(type(value))
    if told is not None:
        return told(value, rules)
    if type(value) in METHODS.values():
        return _method_text(value, rules)
    if is_dataclass(value):
        return _record_text(value, rules)
    return plain_text(value, rules)


def plain_text(value: object, rules: RuleSet, word: Word | None = None) -> str:
    """A value of a field; its absence is called as the field's word says."""
    if value is None or value == () or value == "":
        return word.absent if word else "无"
    if isinstance(value, Fraction):
        return share_text(value) if word and word.share else exact_text(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, StrEnum):
        return ENUM_WORDS.get(type(value), {}).get(value, str(value))
    if isinstance(value, str):
        return " ".join(value.split())
    return _composed_text(value, rules)


def share_text(value: Fraction) -> str:
    """A share in percent."""
    return f"{exact_text(100 * value)}%"


def _composed_text(value: object, rules: RuleSet) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{_key_text(key)} {plain_text(each, rules)}" for key, each in value.items())
        return "、".join(pairs)
    if isinstance(value, tuple):
        return "、".join(plain_text(each, rules) for each in value)
    if isinstance(value, Collection):
        return "、".join(sorted(plain_text(each, rules) for each in value))
    return whole_text(value, rules) if is_dataclass(value) else str(value)


def _key_text(key: object) -> str:
    return "/".join(str(each) for each in key) if isinstance(key, tuple) else str(key)


def _method_text(method: Any, rules: RuleSet) -> str:
    """The kind and what was chosen for it; not in points, which are a matter of the indicator."""
    found = [
        f"{word_of(type(method), each.name).name} {_chosen_text(method, each.name, rules)}".strip()
        for each in fields(method)
        if getattr(method, each.name) != each.default
    ]
    return f"{method.title}({','.join(found)})" if found else str(method.title)


def _chosen_text(method: object, name: str, rules: RuleSet) -> str:
    return field_text(method, name, getattr(method, name), rules)


def _record_text(value: Any, rules: RuleSet) -> str:
    parts = []
    defaults = {each.name: each.default for each in fields(value)}
    for name in compared_fields(type(value)):
        word, found = word_of(type(value), name), getattr(value, name)
        told = word.weight is not Weight.NONE or name in _ALWAYS_TOLD
        unsaid = found == defaults[name] and defaults[name] is not MISSING
        if told and not unsaid and found not in (None, "", ()):
            parts.append(
                found if name in _ALWAYS_TOLD else f"{word.name} {field_text(value, name, found, rules)}"
            )
    return ",".join(parts)


def field_text(owner: object, name: str, value: object, rules: RuleSet) -> str:
    """The value of a field of a record as it is told."""
    word = word_of(type(owner), name)
    if isinstance(value, str) and name == "parent" and value:
        return node_text(str(value), rules)
    if name == "direction":
        return DIRECTIONS.get(str(value), str(value))
    if name == "test":
        return SIGNS.get(str(value), str(value))
    if isinstance(value, str) and (name, value) in PARAMETER_WORDS:
        return PARAMETER_WORDS[name, value]
    if isinstance(owner, Constant) and name == "amount" and isinstance(value, Fraction):
        return _constant_text(owner, value)
    return plain_text(value, rules, word)


def node_text(code: str, rules: RuleSet) -> str:
    """A node by its code, with its title."""
    found = {str(each.code): each.title for each in rules.nodes.values()}
    return f"{code}({found[code]})" if found.get(code) else code


def _constant_text(constant: Constant, value: Fraction) -> str:
    if constant.type is ElementType.DATE and value.denominator == 1 and value > 0:
        return date.fromordinal(int(value)).isoformat()
    return exact_text(value)


def source_text(source: Source | str | None, rules: RuleSet) -> str:
    """A source with the title of its document."""
    if source is None or isinstance(source, str):
        return source or ""
    document = rules.documents.get(source.document)
    title = f"《{document.title}》" if document else source.document
    return f"{title}{' '.join(source.text.split())}"


def _formula_text(formula: Formula, _: RuleSet) -> str:
    return f"“{' '.join(formula.text.split())}”"


def _policy_text(policy: Policy, _: RuleSet) -> str:
    if policy.instead is not None and not policy.word:
        return f"代入“{policy.instead.text}”,仍没有的{_share_of_full(policy)}"
    return _POLICY_WORDS.get(policy.name) or f"按满分的 {policy.name}"


def _share_of_full(policy: Policy) -> str:
    return "不计入" if policy.share is None else f"按满分的 {share_text(policy.share)}"


def _grade_text(grade: Grade, rules: RuleSet) -> str:
    limits = [] if grade.at_least is None else [f"{exact_text(grade.at_least)} 分及以上"]
    if grade.rank_at_most is not None:
        limits.append(f"前 {grade.rank_at_most} 名")
    if grade.share_at_most is not None:
        limits.append(f"名次在前 {share_text(grade.share_at_most)}")
    more = [grade.tier] if grade.tier else []
    if grade.converted is not None:
        more.append(f"折算 {exact_text(grade.converted)} 分")
    return ",".join([*(limits or ["其余"]), *more]) or plain_text(grade.name, rules)


def _example_text(example: Example, rules: RuleSet) -> str:
    given = "、".join(f"{key} {plain_text(each, rules)}" for key, each in example.given.items())
    expected = [
        f"{title} {plain_text(value, rules)}"
        for title, value in (
            ("指标值", example.value),
            ("得分", "没有" if example.without_score else example.points),
            ("结果", example.outcome or None),
        )
        if value is not None
    ]
    return f"给定 {given or '什么也没有报'},应得 {'、'.join(expected) or '没有写'}"


def _whole_example_text(example: RuleSetExample, rules: RuleSet) -> str:
    told = []
    for name, each in example.units.items():
        expected = [plain_text(part, rules) for part in (each.expect, each.points) if part]
        told.append(f"{name}:给定 {plain_text(each.given, rules)},应得 {'、'.join(expected)}")
    return ";".join(told)


def _tie_break_text(rule: TieBreak, rules: RuleSet) -> str:
    if rule.node is None:
        return "得零分的指标少者在前"
    what = "指标值" if rule.by_value else "得分"
    return f"{node_text(rule.node, rules)} 的{what}{'低' if rule.lowest_first else '高'}者在前"


_TEXTS: Mapping[type, Callable[[Any, RuleSet], str]] = {
    Formula: _formula_text,
    Quantity: lambda quantity, _: f"满分的 {quantity}" if quantity.of_full else f"{quantity} 分",
    Policy: _policy_text,
    Rounding: lambda rounding, _: f"{ENUM_WORDS[RoundingMode][rounding.mode]}到 {rounding.places} 位小数",
    Source: source_text,
    Rung: lambda rung, rules: f"{rung} 得{plain_text(rung.earn, rules)}",
    Knot: lambda knot, rules: f"{exact_text(knot.at)} 处得{plain_text(knot.earn, rules)}",
    QuantileBand: lambda band, rules: f"P{exact_text(100 * band.at_least)} 得{plain_text(band.earn, rules)}",
    Part: lambda part, _: f"{part.name}({part.element})得 {exact_text(part.earn)} 分",
    Grade: _grade_text,
    Example: _example_text,
    RuleSetExample: _whole_example_text,
    TieBreak: _tie_break_text,
}
