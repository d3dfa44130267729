"""Statistics over units as an account tells them: which, of how many units, and what they came to.

Of other units nothing is told but how many they are.
"""

from __future__ import annotations

from scoring.account_texts import STANDING_TITLES, amount_text
from scoring.expression_text import expression_text
from scoring.expressions import EVERY, PEERS, REPORTED, Statistic, StatisticKind, is_condition
from scoring.facts import Standing
from scoring.numbers import exact_text, shown
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
    statistic, outcome = found.statistic, found.outcome
    amount = STANDING_TITLES[outcome] if isinstance(outcome, Standing) else shown(outcome)
    title = f"{scope_title(statistic)} {found.count} 个,{kind_title(statistic)} = {amount}"
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
