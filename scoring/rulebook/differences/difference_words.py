"""The parts of a rule set in Chinese, and which of them can move points: what a comparison is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum

from scoring.methods.base import Parameter
from scoring.methods.checklist import Part
from scoring.methods.ladder import Rung
from scoring.methods.peer_quantiles import QuantileBand
from scoring.methods.piecewise import Knot
from scoring.methods.registry import METHODS
from scoring.numbers import Rounding, RoundingMode
from scoring.rulebook.differences.changes import Weight
from scoring.rulebook.differences.doubt_words import DOUBT_WORDS
from scoring.rulebook.differences.word import Word, asks, checks, says, scores, scores_and_asks, share
from scoring.rulebook.explanations import ExplanationRules, Reason
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind, Grade, Ranking, TieBreak, Ties, Unscored
from scoring.rulebook.forms import (
    Ban,
    Check,
    Element,
    ElementType,
    Form,
    Frequency,
    OverTime,
    Provider,
)
from scoring.rulebook.rules import (
    Aggregate,
    Clause,
    Constant,
    Coverage,
    Definition,
    Indicator,
    Limits,
    Node,
    Policy,
    RuleSet,
    Table,
    Unit,
    UnitAttribute,
)
from scoring.rulebook.sources import Document, Example, RuleSetExample, Source, UnitExample
from scoring.workdays import Counting, Deadline, Extension, Timeliness, Workdays


def _parameter_name(parameter: Parameter) -> str:
    """What a parameter of a method is called: its own meaning, up to the first comma."""
    if parameter.kind in _LISTED:
        return ""
    return _PARAMETER_NAMES.get(parameter.name) or parameter.meaning.partition(",")[0]


_LISTED = {"rungs", "knots", "parts", "scale", "bands"}
"""Kinds of parameters that are told item by item."""
_PARAMETER_NAMES = {"steps": "不足一步的算法", "group": "比较范围", "ties": "并列", "best": "最好的一端"}
_RULE_SET = {
    "code": says("代码"),
    "title": says("名称"),
    "year": scores("年度"),
    "version": says("版本"),
    "published": Word("公布日期", absent="未公布"),
    "effective": says("适用期"),
    "forms": asks("报表"),
    "units": scores_and_asks("单位"),
    "nodes": scores("节点"),
    "indicators": scores("指标"),
    "root": scores("根节点"),
    "adjustments": scores("事项"),
    "bonus_cap": scores("加分合计上限", "不设上限"),
    "penalty_cap": scores("减分合计上限", "不设上限"),
    "grades": scores("等级"),
    "grade_on_rounded": scores("等级按取整后的总分定"),
    "ranking": scores("排名"),
    "total_rounding": scores("总分取整", "不取整"),
    "partial_periods": scores("缺季度时按已报季度计算"),
    "clauses": says("条款"),
    "documents": says("文件"),
    "breakdowns": asks("分类"),
    "constants": scores("常量"),
    "definitions": scores("定义"),
    "tables": scores("参数表"),
    "attributes": says("单位属性"),
    "workdays": checks("工作日历"),
    "deadline": checks("报送期限"),
    "limits": says("检查的界限"),
    "explanations": says("情况说明的规则"),
    "plausibility": checks("数字的合理性"),
    "examples": says("整套规则的例"),
}
_INDICATOR = {
    "name": says("名称"),
    "parent": scores("上级"),
    "points": scores("分值"),
    "method": scores("计分方法"),
    "value": scores("公式"),
    "applicable_when": scores("适用条件", "处处适用"),
    "weight": scores("权重"),
    "measure": says("计量单位"),
    "direction": scores("方向"),
    "yearly": scores("只在年度评价"),
    "missing": scores("未报时"),
    "zero_denominator": scores("分母为零时"),
    "undefined": scores("无法计算时"),
    "rounding": scores("得分取整", "不取整"),
    "clauses": says("衡量的条款"),
    "statistical": says("只统计"),
    "reason": says("理由"),
    "source": says("依据"),
    "assessor": says("评价单位"),
    "evidence": says("佐证材料"),
    "examples": says("例"),
}
_NODE = {
    "title": says("名称"),
    "kind": says("层级"),
    "points": scores("分值", "随下级"),
    "children": says("下级"),
    "parent": scores("上级"),
    "weight": scores("权重"),
    "aggregate": scores("合成方式"),
    "formula": scores("合成公式"),
    "weights_of_all": scores("缺项也占权重"),
    "coverage": scores("覆盖要求", "不作要求"),
    "rescale": scores("不适用的折算到满分"),
    "best": scores("最好单位折算为", "不折算"),
    "at_least": scores("得分下限", "不设"),
    "at_most": scores("得分上限", "不设"),
    "name_best": says("列出最好的下级"),
    "rounding": scores("得分取整", "不取整"),
}
_ADJUSTMENT = {
    "kind": scores("类别"),
    "name": says("名称"),
    "value": scores("公式"),
    "method": scores("计分方法"),
    "element": scores("数据项"),
    "deduct": share("扣减比例"),
    "when": scores("条件"),
    "grade_at_most": scores("最高等级", "最低一档"),
    "ranked": scores("参加排名"),
    "scored": scores("保留总分"),
    "no_bonus": scores("取消加分"),
    "by": scores("降级档数"),
    "cap_score": scores("总分随等级封顶"),
    "nodes": scores("所看节点"),
    "ratio_below": share("得分率低于"),
    "reason": says("理由"),
    "source": says("依据"),
    "evidence": says("佐证材料"),
    "examples": says("例"),
}
_ELEMENT = {
    "name": asks("名称"),
    "form": asks("所在报表"),
    "provider": asks("填报方"),
    "measure": asks("计量单位"),
    "type": scores_and_asks("类型"),
    "frequency": scores_and_asks("报送频次"),
    "over_time": scores("累计方式"),
    "places": asks("小数位数"),
    "choices": asks("选项"),
    "breakdown": asks("分类"),
    "members": scores_and_asks("分类成员"),
    "minimum": Word("最小值", Weight.REPORTS, "不限", template=True),
    "maximum": Word("最大值", Weight.REPORTS, "不限", template=True),
    "may_be_not_applicable": asks("可填不适用"),
    "cumulative": checks("填年初至今的累计数"),
    "ban": Word("不得计分的禁令", absent="无"),
    "if_missing": scores("未报时代入", "不代入"),
    "definition": asks("解释"),
}
WORDS: Mapping[type, Mapping[str, Word]] = {
    RuleSet: _RULE_SET,
    Indicator: _INDICATOR,
    Node: _NODE,
    Adjustment: _ADJUSTMENT,
    Element: _ELEMENT,
    Coverage: {"at_least": share("最低占比"), "below": scores("达不到时")},
    Policy: {
        "share": share("按满分的"),
        "blocks": scores("不给总分"),
        "lowest": scores("按最低得分"),
        "instead": scores("代入值"),
        "word": says("写法"),
    },
    Clause: {
        "section": says("章"),
        "item": says("项"),
        "agencies": says("责任单位"),
        "leads": says("牵头单位"),
        "mode": says("分工方式"),
        "addressed_to": says("对象"),
        "paraphrase": says("转述"),
        "digest": says("条文摘要"),
        "not_assessed": Word("不考核的理由", absent="要考核"),
    },
    Unit: {
        "name": asks("名称"),
        "short": says("简称"),
        "aliases": says("别名"),
        "pinyin": says("拼音"),
        "attributes": scores("属性"),
    },
    UnitAttribute: {
        "kind": scores("类型"),
        "title": says("名称"),
        "measure": says("计量单位"),
        "source": says("来源"),
    },
    Constant: {
        "amount": scores("值"),
        "type": scores("类型"),
        "source": says("依据"),
        "title": says("名称"),
        "measure": says("计量单位"),
    },
    Definition: {"formula": scores("公式"), "title": says("名称"), "measure": says("计量单位")},
    Table: {
        "keys": scores("查找的键"),
        "rows": scores("行"),
        "title": says("名称"),
        "measure": says("计量单位"),
        "default": scores("查不到时", "按未报"),
        "source": says("依据"),
    },
    Grade: {
        "name": scores("名称"),
        "at_least": scores("起点分", "其余都是"),
        "rank_at_most": scores("名次以内", "不限"),
        "share_at_most": Word("名次占比以内", Weight.POINTS, "不限", share=True),
        "tier": scores("档"),
        "converted": scores("折算分", "不折算"),
    },
    TieBreak: {
        "node": scores("比较", "得零分的指标数"),
        "by_value": scores("按指标值比"),
        "lowest_first": scores("少者在前"),
    },
    Ranking: {
        "on_rounded": scores("按取整后的总分排"),
        "ties": scores("并列名次"),
        "lowest_first": scores("低分在前"),
        "unscored": scores("没有总分的单位"),
        "tie_breaks": scores("同分时"),
        "peer_group": scores("分组属性", "不分组"),
    },
    Form: {
        "title": asks("名称"),
        "provider": asks("填报方"),
        "frequency": asks("报送频次"),
        "elements": asks("数据项"),
        "checks": checks("审核关系"),
        "notes": asks("填报说明"),
        "overlapping": checks("互相重叠的数据项"),
    },
    Check: {
        "rule": checks("关系"),
        "message": checks("提示"),
        "hint": checks("建议"),
        "hard": checks("必须成立"),
        "each": checks("逐类审核"),
        "year_to_date": checks("按年初至今审核"),
        "source": says("依据"),
    },
    Ban: {"reason": says("理由"), "source": says("依据")},
    Document: {"title": says("名称"), "number": says("文号"), "url": says("网址")},
    Source: {"document": says("文件"), "text": says("条目")},
    Example: {
        "name": says("名称"),
        "given": says("给定"),
        "last_year": says("上年"),
        "peers": says("同组"),
        "value": says("指标值"),
        "points": says("得分"),
        "without_score": says("没有得分"),
        "outcome": says("结果"),
        "period": says("考核期"),
    },
    RuleSetExample: {"name": says("名称"), "units": says("单位"), "period": says("考核期")},
    UnitExample: {
        "given": says("给定"),
        "last_year": says("上年"),
        "expect": says("应得"),
        "points": says("各节点得分"),
        "effects": says("否决、降级和底线"),
    },
    ExplanationRules: {
        "reasons": says("可选的原因"),
        "least": says("说明至少的字数"),
        "most": says("说明至多的字数"),
        "quarters": says("说明以后几个季度内再提供"),
    },
    Reason: {
        "code": says("代码"),
        "name": says("名称"),
        "needs_evidence": says("要附证明材料"),
    },
    Limits: {"cliff": Word("一步最多移动满分的", share=True)},
    **DOUBT_WORDS,
    Rounding: {"places": scores("小数位数"), "mode": scores("方式")},
    Workdays: {
        "years": checks("已公布的年份"),
        "holidays": checks("放假日"),
        "makeup": checks("调休上班日"),
    },
    Deadline: {
        "days": checks("季后天数"),
        "counting": checks("天数的算法"),
        "extension": checks("到期日放假时"),
        "timeliness": checks("迟报按哪一版算"),
    },
    Rung: {"test": scores("比较"), "threshold": scores("界限"), "earn": scores("得分")},
    Knot: {"at": scores("位置"), "earn": scores("得分")},
    QuantileBand: {"at_least": share("分位"), "earn": scores("得分")},
    Part: {"element": scores("数据项"), "name": says("名称"), "earn": scores("分值")},
    **{
        method: {each.name: scores(_parameter_name(each)) for each in method.parameters}
        for method in METHODS.values()
    },
}
"""Every field that can differ, by the class it belongs to; codes are what things are compared by."""
SELF_EVIDENT: Mapping[type, frozenset[str]] = {
    RuleSet: frozenset({"digest", "attribute_names", "dated", "slices"}),
    **{
        each: frozenset({"code"})
        for each in (Indicator, Node, Adjustment, Element, Clause, Unit, Form, Check)
    },
    **{each: frozenset({"name"}) for each in (Constant, Definition, Table, UnitAttribute)},
    Document: frozenset({"key"}),
}
"""Fields that are never told: what things are found by, and what only repeats the rest."""
SUBJECTS: Mapping[str, str] = {
    "nodes": "节点",
    "indicators": "指标",
    "adjustments": "事项",
    "grades": "等级",
    "forms": "报表",
    "elements": "数据项",
    "checks": "审核关系",
    "units": "单位",
    "attributes": "单位属性",
    "constants": "常量",
    "definitions": "定义",
    "tables": "参数表",
    "breakdowns": "分类",
    "clauses": "条款",
    "documents": "文件",
}
"""What the things of a rule set are called, by the part they stand in."""
FLAT_WORDS: Mapping[str, Word] = {"elements": scores_and_asks("数据项"), "checks": checks("审核关系")}
"""What stands on forms but is told by itself."""
ENUM_WORDS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Aggregate: {
        Aggregate.SUM: "相加",
        Aggregate.MEAN: "加权平均",
        Aggregate.GEOMETRIC: "几何平均",
        Aggregate.HARMONIC: "调和平均",
        Aggregate.PRODUCT: "加权连乘",
        Aggregate.MIN: "取最低",
        Aggregate.MAX: "取最高",
        Aggregate.FORMULA: "按公式",
    },
    AdjustmentKind: {
        AdjustmentKind.BONUS: "加分",
        AdjustmentKind.PENALTY: "减分",
        AdjustmentKind.VOID: "归零",
        AdjustmentKind.VETO: "否决",
        AdjustmentKind.DEMOTION: "降级",
        AdjustmentKind.FLOOR: "底线",
    },
    Ties: {
        Ties.COMPETITION: "并列取好名次(1、2、2、4)",
        Ties.WORST: "并列取差名次(1、3、3、4)",
        Ties.AVERAGE: "并列取平均名次(1、2.5、2.5、4)",
        Ties.DENSE: "并列不空位(1、2、2、3)",
        Ties.ORDINAL: "不并列,按单位次序(1、2、3、4)",
    },
    Unscored: {Unscored.UNRANKED: "不排名", Unscored.FIRST: "排在最前", Unscored.LAST: "排在最后"},
    Provider: {
        Provider.REGION: "被考核单位",
        Provider.MINISTRY: "部门",
        Provider.ON_SITE: "核查组",
        Provider.OFFICE: "办公室",
        Provider.SYSTEM: "系统",
    },
    ElementType: {
        ElementType.INTEGER: "整数",
        ElementType.DECIMAL: "小数",
        ElementType.DATE: "日期",
        ElementType.CHOICE: "选项",
    },
    Frequency: {
        Frequency.QUARTERLY: "按季",
        Frequency.HALF_YEARLY: "按半年",
        Frequency.YEARLY: "按年",
    },
    OverTime: {OverTime.SUM: "各期相加", OverTime.LAST: "取最近一期", OverTime.FIRST: "取第一期"},
    RoundingMode: {
        RoundingMode.HALF_UP: "四舍五入",
        RoundingMode.HALF_EVEN: "四舍六入五成双",
        RoundingMode.TRUNCATE: "截断",
        RoundingMode.CEIL: "向上取整",
        RoundingMode.FLOOR: "向下取整",
    },
    Counting: {Counting.CALENDAR_DAYS: "按自然日数", Counting.WORKDAYS: "按工作日数"},
    Extension: {
        Extension.NONE: "不顺延",
        Extension.NEXT_WORKDAY: "顺延到下一个工作日",
        Extension.AFTER_HOLIDAY: "只因法定节假日顺延,到假后第一天",
        Extension.SECOND_DAY_AFTER_HOLIDAY: "只因法定节假日顺延,到假后第二天",
    },
    Timeliness: {Timeliness.FIRST: "第一次收到的", Timeliness.ACCEPTED: "最后通过审核的"},
}
PARAMETER_WORDS: Mapping[tuple[str, str], str] = {
    ("steps", "continuous"): "按比例",
    ("steps", "whole"): "只算整步",
    ("steps", "started"): "不足一步按一步",
    ("group", "peers"): "同组单位",
    ("group", "all"): "全部单位",
    ("ties", "best"): "取较好名次",
    ("ties", "worst"): "取较差名次",
    ("ties", "mean"): "取平均名次",
    ("best", "max"): "最大值",
    ("best", "min"): "最小值",
}
"""Words that parameters of methods take."""
DIRECTIONS: Mapping[str, str] = {"higher": "越高越好", "lower": "越低越好", "none": "不分高低"}


def word_of(kind: type, field: str) -> Word:
    """The word of a field; of one that nobody has named yet its own name, as if it could move points."""
    return WORDS.get(kind, {}).get(field) or Word(field, Weight.POINTS)


def compared_fields(kind: type) -> tuple[str, ...]:
    """The fields of a class by which two rule sets can differ, in the order in which they are told."""
    hidden = SELF_EVIDENT.get(kind, frozenset())
    # `compare` is off for places in files, which say nothing about the rule.
    return tuple(each.name for each in fields(kind) if each.compare and each.name not in hidden)
