"""What stands between figures and value as an account tells it: definitions, and statistics over units.

Of a statistic it is told which, of how many units, and what it came to: of other units nothing else.
"""

from __future__ import annotations

from fractions import Fraction

from scoring.account_texts import STANDING_TITLES, amount_text
from scoring.evaluation import Outcome
from scoring.expression_text import expression_text
from scoring.expressions import EVERY, PEERS, REPORTED, Statistic, StatisticKind, is_condition
from scoring.facts import Standing
from scoring.numbers import exact_text, shown
from scoring.rulebook.rules import Definition
from scoring.statistics import Found

_SCOPES = {REPORTED: "全部有数的单位", PEERS: "同组有数的单位", EVERY: "全部单位"}
_KINDS = {
    StatisticKind.MIN: "最小值",
    StatisticKind.MAX: "最大值",
    StatisticKind.MEAN: "平均数",
    StatisticKind.MEDIAN: "中位数",
    StatisticKind.STDEV: "样本标准差",
    StatisticKind.PSTDEV: "总体标准差",
    StatisticKind.SUM: "合计",
    StatisticKind.SUMSQ: "平方和",
    StatisticKind.COUNT: "个数",
    StatisticKind.RANK: "名次(从大到小)",
}


def statistic_sentence(found: Found) -> str:
    """One sentence; the amount is cut, not rounded, where it is long."""
    statistic = found.statistic
    title = f"{scope_title(statistic)} {found.count} 个,{kind_title(statistic)} = {_told(found.outcome)}"
    return f"{expression_text(statistic)}:{title}。"


def statistic_data(found: Found) -> dict[str, object]:
    """For JSON: the amount as exact text, or the Chinese word for why there is none."""
    statistic = found.statistic
    return {
        "statistic": expression_text(statistic),
        "kind": statistic.kind.value,
        "title": kind_title(statistic),
        "scope": statistic.scope,
        "units": found.count,
        "amount": amount_text(found.outcome),
    }


def definition_sentence(definition: Definition, outcome: Outcome) -> str:
    """One sentence: its formula and what it came to."""
    name = " ".join(part for part in (definition.name, definition.title) if part)
    measure = f" {definition.measure}" if definition.measure and isinstance(outcome, Fraction) else ""
    found = f"算得 {_told(outcome)}{measure}"
    return f"{name}:{definition.formula.text},{found}。"


def definition_data(definition: Definition, outcome: Outcome) -> dict[str, object]:
    """For JSON."""
    return {
        "name": definition.name,
        "title": definition.title,
        "measure": definition.measure,
        "formula": definition.formula.text,
        "amount": _truth(outcome) if isinstance(outcome, bool) else amount_text(outcome),
    }


def _told(outcome: Outcome) -> str:
    if isinstance(outcome, Standing):
        return STANDING_TITLES[outcome]
    if isinstance(outcome, bool):
        return _truth(outcome)
    return outcome if isinstance(outcome, str) else shown(outcome)


def _truth(truth: bool) -> str:
    return "成立" if truth else "不成立"


def scope_title(statistic: Statistic) -> str:
    """The units that are looked at, in Chinese."""
    return _SCOPES.get(statistic.scope) or f"{statistic.scope} 相同且有数的单位"


def kind_title(statistic: Statistic) -> str:
    """What is reckoned of them, in Chinese."""
    if statistic.position is not None:
        return f"第 {exact_text(statistic.position)} 百分位数"
    if statistic.kind is StatisticKind.COUNT and is_condition(statistic.inner):
        return "符合条件的个数"
    return _KINDS[statistic.kind]
