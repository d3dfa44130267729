"""From `missing:`, `zero_denominator:`, `undefined:` of an indicator to what becomes of its points then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from scoring.expressions import PEERS, Earlier, Expression, Formula, Statistic, StatisticKind, Substitute
from scoring.facts import Standing
from scoring.rulebook.language import Vocabulary
from scoring.rulebook.rules import Policy
from scoring.rulebook.tree import Entries, Record, quantity_from_text
from scoring.rulebook.vocabulary import read_formula

_ZERO = Policy(share=Fraction(0))
_POLICIES = {
    "zero": _ZERO,
    "full": Policy(share=Fraction(1)),
    "floor": Policy(share=Fraction(0), lowest=True),
    "not_applicable": Policy(share=None),
    "no_score": Policy(share=None, blocks=True),
}
_OF_OWN_VALUE: Mapping[str, Callable[[Expression], Expression]] = {
    "group_mean": lambda root: Statistic(StatisticKind.MEAN, root, PEERS),
    "group_median": lambda root: Statistic(StatisticKind.MEDIAN, root, PEERS),
    "previous": Earlier,
}
"""Values that are made of the indicator's own formula."""
POLICY_WORDS = (*_POLICIES, *_OF_OWN_VALUE)
"""Every word that can be written instead of a percentage."""
_KEYS = {
    Standing.MISSING: "missing",
    Standing.ZERO_DENOMINATOR: "zero_denominator",
    Standing.UNDEFINED: "undefined",
}
_TITLES = {"group_mean": "同组平均", "group_median": "同组中位数", "previous": "上一期的值"}
_WANTED = f"{'、'.join(POLICY_WORDS)},百分比,或 {{value: 公式}}"


def read_policies(
    record: Record, words: Vocabulary, value: Formula | None, *, divides: bool
) -> Mapping[Standing, Policy]:
    """The three policies; one that the value's formula may need must be written."""
    undefined = value is not None and value.can_be_undefined()
    needed = {Standing.MISSING: True, Standing.ZERO_DENOMINATOR: divides, Standing.UNDEFINED: undefined}
    return {
        standing: _policy(record, key, words, value, required=needed[standing])
        for standing, key in _KEYS.items()
    }


def value_with_substitutes(value: Formula | None, policies: Mapping[Standing, Policy]) -> Formula | None:
    """The value's formula with what stands for it where it has no value, as the policies say."""
    if value is None or all(policy.instead is None for policy in policies.values()):
        return value
    root = value.root
    for standing, policy in policies.items():
        if policy.instead is not None:
            by = _TITLES.get(policy.word) or policy.instead.text
            root = Substitute(root, (standing,), policy.instead.root, "指标值", by)
    return Formula(value.text, root, value.uses)


def policy_from_text(text: str) -> Policy | None:
    """The policy called zero, full, floor, not_applicable or no_score, or a share such as "60%"."""
    if text in _POLICIES:
        return _POLICIES[text]
    quantity = quantity_from_text(text)
    return Policy(share=quantity.amount) if quantity is not None and quantity.of_full else None


def _policy(record: Record, key: str, words: Vocabulary, value: Formula | None, *, required: bool) -> Policy:
    node = record.node(key, required=required)
    if isinstance(node, Entries):
        return _with_value(Record(node, f"{record.what} {key}", record.findings), words)
    scalar = record.scalar(key)
    if scalar is None or scalar.text not in _OF_OWN_VALUE:
        return record.read(key, policy_from_text, _WANTED, _ZERO, required=False)
    if value is None:
        zh, en = f"没有 value 公式,不能写 {scalar.text}", f"{scalar.text} needs a value formula"
        record.wrong(scalar.place, zh, en, scalar.text)
        return _ZERO
    root = _OF_OWN_VALUE[scalar.text](value.root)
    return replace(_ZERO, instead=Formula(scalar.text, root, value.uses), word=scalar.text)


def _with_value(record: Record, words: Vocabulary) -> Policy:
    instead = read_formula(record, "value", words, record.findings, required=True)
    otherwise = record.read("otherwise", policy_from_text, _WANTED, _ZERO, required=False)
    record.close()
    return replace(otherwise, instead=instead)
