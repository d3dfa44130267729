"""The parts of a rule set in Chinese, and which of them can move points: what a comparison is told in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from scoring.methods.base import Parameter
from scoring.methods.checklist import Part
from scoring.methods.ladder import Rung
from scoring.methods.peer_quantiles import QuantileBand
from scoring.methods.piecewise import Knot
from scoring.methods.registry import METHODS
from scoring.numbers import Rounding, RoundingMode
from scoring.rulebook.differences.changes import Weight
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
from scoring.rulebook.plausibility import (
    ChangeRule,
    EqualBlockRule,
    HistoryRule,
    LastDigitRule,
    OnThresholdRule,
    PeersRule,
    Plausibility,
    SameFigureRule,
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


@dataclass(frozen=True, slots=True)
class Word:
    """A field in Chinese: its name, what a change of it can touch, and what its absence is called."""

    name: str
    weight: Weight = Weight.NONE
    absent: str = "无"
    template: bool = False
    """Whether a change of it changes the workbooks to fill in."""
    share: bool = False
    """Whether the number is a share, to be shown in percent."""


def _says(name: str) -> Word:
    return Word(name)


def _scores(name: str, absent: str = "无") -> Word:
    return Word(name, Weight.POINTS, absent)


def _share(name: str) -> Word:
    return Word(name, Weight.POINTS, share=True)


def _asks(name: str) -> Word:
    return Word(name, Weight.REPORTS, template=True)


def _checks(name: str) -> Word:
    return Word(name, Weight.REPORTS)


def _scores_and_asks(name: str) -> Word:
    return Word(name, Weight.POINTS, template=True)


def _parameter_name(parameter: Parameter) -> str:
    """What a parameter of a method is called: its own meaning, up to the first comma."""
    if parameter.kind in _LISTED:
        return ""
    return _PARAMETER_NAMES.get(parameter.name) or parameter.meaning.partition(",")[0]


_LISTED = {"rungs", "knots", "parts", "scale", "bands"}
"""Kinds of parameters that are told item by item."""
_PARAMETER_NAMES = {"steps": "不足一步的算法", "group": "比较范围", "ties": "并列", "best": "最好的一端"}
_RULE_SET = {
    "code": _says("代码"),
    "title": _says("名称"),
    "year": _scores("年度"),
    "version": _says("版本"),
    "published": Word("公布日期", absent="未公布"),
    "effective": _says("适用期"),
    "forms": _asks("报表"),
    "units": _scores_and_asks("单位"),
    "nodes": _scores("节点"),
    "indicators": _scores("指标"),
    "root": _scores("根节点"),
    "adjustments": _scores("事项"),
    "bonus_cap": _scores("加分合计上限", "不设上限"),
    "penalty_cap": _scores("减分合计上限", "不设上限"),
    "grades": _scores("等级"),
    "grade_on_rounded": _scores("等级按取整后的总分定"),
    "ranking": _scores("排名"),
    "total_rounding": _scores("总分取整", "不取整"),
    "partial_periods": _scores("缺季度时按已报季度计算"),
    "clauses": _says("条款"),
    "documents": _says("文件"),
    "breakdowns": _asks("分类"),
    "constants": _scores("常量"),
    "definitions": _scores("定义"),
    "tables": _scores("参数表"),
    "attributes": _says("单位属性"),
    "workdays": _checks("工作日历"),
    "deadline": _checks("报送期限"),
    "limits": _says("检查的界限"),
    "explanations": _says("情况说明的规则"),
    "plausibility": _checks("数字的合理性"),
    "examples": _says("整套规则的例"),
}
_INDICATOR = {
    "name": _says("名称"),
    "parent": _scores("上级"),
    "points": _scores("分值"),
    "method": _scores("计分方法"),
    "value": _scores("公式"),
    "applicable_when": _scores("适用条件", "处处适用"),
    "weight": _scores("权重"),
    "measure": _says("计量单位"),
    "direction": _scores("方向"),
    "yearly": _scores("只在年度评价"),
    "missing": _scores("未报时"),
    "zero_denominator": _scores("分母为零时"),
    "undefined": _scores("无法计算时"),
    "rounding": _scores("得分取整", "不取整"),
    "clauses": _says("衡量的条款"),
    "statistical": _says("只统计"),
    "reason": _says("理由"),
    "source": _says("依据"),
    "assessor": _says("评价单位"),
    "evidence": _says("佐证材料"),
    "examples": _says("例"),
}
_NODE = {
    "title": _says("名称"),
    "kind": _says("层级"),
    "points": _scores("分值", "随下级"),
    "children": _says("下级"),
    "parent": _scores("上级"),
    "weight": _scores("权重"),
    "aggregate": _scores("合成方式"),
    "formula": _scores("合成公式"),
    "weights_of_all": _scores("缺项也占权重"),
    "coverage": _scores("覆盖要求", "不作要求"),
    "rescale": _scores("不适用的折算到满分"),
    "best": _scores("最好单位折算为", "不折算"),
    "at_least": _scores("得分下限", "不设"),
    "at_most": _scores("得分上限", "不设"),
    "name_best": _says("列出最好的下级"),
    "rounding": _scores("得分取整", "不取整"),
}
_ADJUSTMENT = {
    "kind": _scores("类别"),
    "name": _says("名称"),
    "value": _scores("公式"),
    "method": _scores("计分方法"),
    "element": _scores("数据项"),
    "deduct": _share("扣减比例"),
    "when": _scores("条件"),
    "grade_at_most": _scores("最高等级", "最低一档"),
    "ranked": _scores("参加排名"),
    "scored": _scores("保留总分"),
    "no_bonus": _scores("取消加分"),
    "by": _scores("降级档数"),
    "cap_score": _scores("总分随等级封顶"),
    "nodes": _scores("所看节点"),
    "ratio_below": _share("得分率低于"),
    "reason": _says("理由"),
    "source": _says("依据"),
    "evidence": _says("佐证材料"),
    "examples": _says("例"),
}
_ELEMENT = {
    "name": _asks("名称"),
    "form": _asks("所在报表"),
    "provider": _asks("填报方"),
    "measure": _asks("计量单位"),
    "type": _scores_and_asks("类型"),
    "frequency": _scores_and_asks("报送频次"),
    "over_time": _scores("累计方式"),
    "places": _asks("小数位数"),
    "choices": _asks("选项"),
    "breakdown": _asks("分类"),
    "members": _scores_and_asks("分类成员"),
    "minimum": Word("最小值", Weight.REPORTS, "不限", template=True),
    "maximum": Word("最大值", Weight.REPORTS, "不限", template=True),
    "may_be_not_applicable": _asks("可填不适用"),
    "cumulative": _checks("填年初至今的累计数"),
    "ban": Word("不得计分的禁令", absent="无"),
    "if_missing": _scores("未报时代入", "不代入"),
    "definition": _asks("解释"),
}
WORDS: Mapping[type, Mapping[str, Word]] = {
    RuleSet: _RULE_SET,
    Indicator: _INDICATOR,
    Node: _NODE,
    Adjustment: _ADJUSTMENT,
    Element: _ELEMENT,
    Coverage: {"at_least": _share("最低占比"), "below": _scores("达不到时")},
    Policy: {
        "share": _share("按满分的"),
        "blocks": _scores("不给总分"),
        "lowest": _scores("按最低得分"),
        "instead": _scores("代入值"),
        "word": _says("写法"),
    },
    Clause: {
        "section": _says("章"),
        "item": _says("项"),
        "agencies": _says("责任单位"),
        "leads": _says("牵头单位"),
        "mode": _says("分工方式"),
        "addressed_to": _says("对象"),
        "paraphrase": _says("转述"),
        "digest": _says("条文摘要"),
        "not_assessed": Word("不考核的理由", absent="要考核"),
    },
    Unit: {
        "name": _asks("名称"),
        "short": _says("简称"),
        "aliases": _says("别名"),
        "pinyin": _says("拼音"),
        "attributes": _scores("属性"),
    },
    UnitAttribute: {
        "kind": _scores("类型"),
        "title": _says("名称"),
        "measure": _says("计量单位"),
        "source": _says("来源"),
    },
    Constant: {
        "amount": _scores("值"),
        "type": _scores("类型"),
        "source": _says("依据"),
        "title": _says("名称"),
        "measure": _says("计量单位"),
    },
    Definition: {"formula": _scores("公式"), "title": _says("名称"), "measure": _says("计量单位")},
    Table: {
        "keys": _scores("查找的键"),
        "rows": _scores("行"),
        "title": _says("名称"),
        "measure": _says("计量单位"),
        "default": _scores("查不到时", "按未报"),
        "source": _says("依据"),
    },
    Grade: {
        "name": _scores("名称"),
        "at_least": _scores("起点分", "其余都是"),
        "rank_at_most": _scores("名次以内", "不限"),
        "share_at_most": Word("名次占比以内", Weight.POINTS, "不限", share=True),
        "tier": _scores("档"),
        "converted": _scores("折算分", "不折算"),
    },
    TieBreak: {
        "node": _scores("比较", "得零分的指标数"),
        "by_value": _scores("按指标值比"),
        "lowest_first": _scores("少者在前"),
    },
    Ranking: {
        "on_rounded": _scores("按取整后的总分排"),
        "ties": _scores("并列名次"),
        "lowest_first": _scores("低分在前"),
        "unscored": _scores("没有总分的单位"),
        "tie_breaks": _scores("同分时"),
        "peer_group": _scores("分组属性", "不分组"),
    },
    Form: {
        "title": _asks("名称"),
        "provider": _asks("填报方"),
        "frequency": _asks("报送频次"),
        "elements": _asks("数据项"),
        "checks": _checks("审核关系"),
        "notes": _asks("填报说明"),
        "overlapping": _checks("互相重叠的数据项"),
    },
    Check: {
        "rule": _checks("关系"),
        "message": _checks("提示"),
        "hint": _checks("建议"),
        "hard": _checks("必须成立"),
        "each": _checks("逐类审核"),
        "year_to_date": _checks("按年初至今审核"),
        "source": _says("依据"),
    },
    Ban: {"reason": _says("理由"), "source": _says("依据")},
    Document: {"title": _says("名称"), "number": _says("文号"), "url": _says("网址")},
    Source: {"document": _says("文件"), "text": _says("条目")},
    Example: {
        "name": _says("名称"),
        "given": _says("给定"),
        "last_year": _says("上年"),
        "peers": _says("同组"),
        "value": _says("指标值"),
        "points": _says("得分"),
        "without_score": _says("没有得分"),
        "outcome": _says("结果"),
        "period": _says("考核期"),
    },
    RuleSetExample: {"name": _says("名称"), "units": _says("单位"), "period": _says("考核期")},
    UnitExample: {
        "given": _says("给定"),
        "last_year": _says("上年"),
        "expect": _says("应得"),
        "points": _says("各节点得分"),
        "effects": _says("否决、降级和底线"),
    },
    ExplanationRules: {
        "reasons": _says("可选的原因"),
        "least": _says("说明至少的字数"),
        "most": _says("说明至多的字数"),
        "quarters": _says("说明以后几个季度内再提供"),
    },
    Reason: {
        "code": _says("代码"),
        "name": _says("名称"),
        "needs_evidence": _says("要附证明材料"),
    },
    Limits: {"cliff": Word("一步最多移动满分的", share=True)},
    Plausibility: {
        "change": _checks("大幅增减"),
        "history": _checks("偏离本单位以往"),
        "peers": _checks("偏离同组单位"),
        "same_figure": _checks("各期同一个数"),
        "last_digit": _checks("尾数集中"),
        "on_threshold": _checks("压在档线上"),
        "equal_block": _checks("成片相同"),
    },
    ChangeRule: {
        "elements": Word("数据项", Weight.REPORTS, "各表的数"),
        "over": Word("增减超过", Weight.REPORTS, share=True),
        "base": _checks("基数不小于"),
        "source": _says("依据"),
    },
    HistoryRule: {
        "elements": Word("数据项", Weight.REPORTS, "各表的数"),
        "z": _checks("稳健 z 值"),
        "periods": _checks("以往期数"),
        "base": _checks("中位数不小于"),
        "spread": Word("波动至少按", Weight.REPORTS, share=True),
        "source": _says("依据"),
    },
    PeersRule: {
        "elements": Word("数据项", Weight.REPORTS, "各表的数"),
        "per": _checks("折算的属性"),
        "z": _checks("稳健 z 值"),
        "units": _checks("别的单位数"),
        "base": _checks("数不小于"),
        "spread": Word("差别至少按", Weight.REPORTS, share=True),
        "source": _says("依据"),
    },
    SameFigureRule: {
        "periods": _checks("连续期数"),
        "at_least": _checks("数不小于"),
        "source": _says("依据"),
    },
    LastDigitRule: {
        "figures": _checks("数的个数"),
        "at_least": _checks("数不小于"),
        "chance": Word("偶然的可能", Weight.REPORTS, share=True),
        "source": _says("依据"),
    },
    OnThresholdRule: {"periods": _checks("连续期数"), "source": _says("依据")},
    EqualBlockRule: {"figures": _checks("相邻的数"), "source": _says("依据")},
    Rounding: {"places": _scores("小数位数"), "mode": _scores("方式")},
    Workdays: {
        "years": _checks("已公布的年份"),
        "holidays": _checks("放假日"),
        "makeup": _checks("调休上班日"),
    },
    Deadline: {
        "days": _checks("季后天数"),
        "counting": _checks("天数的算法"),
        "extension": _checks("到期日放假时"),
        "timeliness": _checks("迟报按哪一版算"),
    },
    Rung: {"test": _scores("比较"), "threshold": _scores("界限"), "earn": _scores("得分")},
    Knot: {"at": _scores("位置"), "earn": _scores("得分")},
    QuantileBand: {"at_least": _share("分位"), "earn": _scores("得分")},
    Part: {"element": _scores("数据项"), "name": _says("名称"), "earn": _scores("分值")},
    **{
        method: {each.name: _scores(_parameter_name(each)) for each in method.parameters}
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
FLAT_WORDS: Mapping[str, Word] = {"elements": _scores_and_asks("数据项"), "checks": _checks("审核关系")}
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
