"""Display words of the pages: what codes and states are called when people read them."""

from __future__ import annotations

from collections.abc import Collection

from scoring.results import Outcome
from scoring.rulebook.final_rules import AdjustmentKind
from scoring.rulebook.rules import Aggregate
from services.policy import Role

SITE_TITLE = "打击侵权假冒绩效考核"
SITE_SUBTITLE = "计分与排名"
NONE_SHOWN = "—"

ROLE_TITLES = {
    Role.REGION_FILLER: "地区填报",
    Role.REGION_APPROVER: "地区审签",
    Role.MINISTRY: "部委条线",
    Role.ASSESSOR: "现场考核",
    Role.OFFICE_OPERATOR: "双打办经办",
    Role.OFFICE_APPROVER: "双打办审批",
    Role.AUDITOR: "审计",
    Role.ADMINISTRATOR: "账号管理",
    Role.SYSTEM: "系统",
}

ADJUSTMENT_TITLES = {
    AdjustmentKind.BONUS: "加分",
    AdjustmentKind.PENALTY: "减分",
    AdjustmentKind.VOID: "核查归零",
    AdjustmentKind.VETO: "否决",
    AdjustmentKind.DEMOTION: "降级",
    AdjustmentKind.FLOOR: "底线",
}

OUTCOME_STYLES = {
    Outcome.SCORED: "plain",
    Outcome.MISSING: "bad",
    Outcome.ZERO_DENOMINATOR: "quiet",
    Outcome.UNDEFINED: "bad",
    Outcome.NOT_DUE: "quiet",
    Outcome.NOT_APPLICABLE: "quiet",
    Outcome.VOIDED: "bad",
}
"""The tone in which an outcome is shown: the class of its label."""

AGGREGATE_TITLES = {
    Aggregate.SUM: "各项相加",
    Aggregate.MEAN: "加权平均",
    Aggregate.GEOMETRIC: "几何平均",
    Aggregate.HARMONIC: "调和平均",
    Aggregate.PRODUCT: "连乘",
    Aggregate.FORMULA: "按公式合成",
    Aggregate.MIN: "取最低",
    Aggregate.MAX: "取最高",
}

LEVEL_TITLES = {"total": "总分", "section": "章", "item": "项", "indicator": "指标"}

POLICY_TITLES = {
    "zero": "按零分",
    "full": "按满分",
    "not_applicable": "不计入，其余折算",
    "no_score": "不给总分",
}

ORDINALS = "一二三四五六七八九十"


def ordinal(number: int) -> str:
    """A small number in Chinese, from 1; beyond ten in digits."""
    return ORDINALS[number - 1] if 1 <= number <= len(ORDINALS) else str(number)


def policy_title(name: str) -> str:
    """What a rule does where there is no value; a share of full points stays as written."""
    return POLICY_TITLES.get(name, f"得满分的 {name}" if name else "")


def role_titles(roles: Collection[Role]) -> str:
    """What somebody is, in the order of the titles."""
    return "、".join(title for role, title in ROLE_TITLES.items() if role in roles)
