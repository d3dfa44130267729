"""The Chinese words of the formula language: times, comparisons, roundings, statistics."""

from __future__ import annotations

import re

from scoring.expressions import EVERY, PEERS, REPORTED, OfQuarters, StatisticKind, When
from services.rule_book.layout import PRODUCT, SUM

SIGNS = {"+": " + ", "-": " − ", "*": " × "}
LEVELS = {"+": SUM, "-": SUM, "*": PRODUCT}
COMPARED = {"<=": " ≤ ", "<": " < ", ">=": " ≥ ", ">": " > ", "==": " = ", "!=": " ≠ "}
TIMES = {
    When.NOW: "",
    When.YEAR_TO_DATE: "年初至今",
    When.THIS_QUARTER: "本季度",
    When.PREVIOUS: "上一季度",
    When.WHOLE_YEAR: "全年",
    When.LAST_YEAR: "上年同期",
    When.LAST_WHOLE_YEAR: "上年全年",
    When.LAST_Q4: "上年第四季度",
    When.Q1: "第一季度",
    When.Q2: "第二季度",
    When.Q3: "第三季度",
    When.Q4: "第四季度",
}
ROUNDED = {
    "round": "四舍五入",
    "round_half_even": "四舍六入五成双",
    "truncate": "截断",
    "floor": "向下取整",
    "ceil": "向上取整",
}
OF_CHILD = re.compile(r"""(points|share|value)\(["'](.+)["']\)""")
CHILD_WORDS = {"points": "得分", "share": "得分率", "value": "指标值"}
OWN_NAMES = {"base_rank": "加减分前的名次"}
OF_QUARTERS = {
    OfQuarters.MEAN: "平均",
    OfQuarters.SUM: "相加",
    OfQuarters.MIN: "取最小",
    OfQuarters.MAX: "取最大",
}
SCOPES = {REPORTED: "有数单位", PEERS: "比较组内有数单位", EVERY: "全部单位"}
STATISTICS = {
    StatisticKind.MIN: "最小值",
    StatisticKind.MAX: "最大值",
    StatisticKind.MEAN: "平均值",
    StatisticKind.MEDIAN: "中位数",
    StatisticKind.PERCENTILE: "百分位数",
    StatisticKind.STDEV: "标准差（样本）",
    StatisticKind.PSTDEV: "标准差（总体）",
    StatisticKind.SUM: "合计",
    StatisticKind.SUMSQ: "平方和",
    StatisticKind.COUNT: "个数",
    StatisticKind.RANK: "名次",
}
MEMBERS = {
    "sum_members": "之和",
    "mean_members": "的平均值",
    "min_members": "中最小的",
    "max_members": "中最大的",
    "count_members": "成立的个数",
}
