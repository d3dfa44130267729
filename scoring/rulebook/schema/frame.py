"""What ruleset.yaml may contain."""

from __future__ import annotations

from scoring.rulebook.final_rules import Ties, Unscored
from scoring.rulebook.rules import Aggregate
from scoring.rulebook.schema.parts import FORMULA_OR_CASES, LINEAGE, ROUNDING
from scoring.rulebook.schema.plausibility import PLAUSIBILITY
from scoring.rulebook.schema.shapes import (
    DAY,
    FLAG,
    FORMULA,
    NUMBER,
    RATIO,
    SHARE,
    TEXT,
    WHOLE,
    WORDS,
    Again,
    Either,
    Fields,
    Items,
    Key,
    Named,
    Value,
    word,
)

_EXTENDS = Fields(
    "继承",
    (
        Key("rule_set", TEXT, "上级规则集的目录, 相对于本目录", required=True),
        Key("code", TEXT, "上级规则集的代码", required=True),
        Key("version", TEXT, "上级规则集的版本", required=True),
        Key("digest", TEXT, "上级规则集的摘要; 写了就必须一致"),
    ),
)
_REASON = Fields(
    "原因",
    (Key("name", TEXT, "名称", required=True), Key("needs_evidence", FLAG, "要不要附证明材料", default="no")),
)
_EXPLANATIONS = Fields(
    "情况说明",
    (
        Key("reasons", Named(_REASON, "原因代码"), "可选的原因; 不写用通用的一组"),
        Key("least", WHOLE, "说明至少几个字", default="5"),
        Key("most", WHOLE, "说明至多几个字", default="500"),
        Key("quarters", WHOLE, "已接受的说明以后几个季度内再提供; 0 不提供", default="2"),
    ),
)
_DOCUMENT = Fields(
    "文件",
    (Key("title", TEXT, "标题", required=True), Key("number", TEXT, "文号"), Key("url", TEXT, "地址")),
)
_ATTRIBUTE = Fields(
    "单位属性",
    (
        Key("type", word("integer", "decimal", "text"), "类型", default="decimal"),
        Key("measure", TEXT, "计量单位"),
        Key("title", TEXT, "名称"),
        Key("source", TEXT, "出处"),
    ),
)
_CONSTANT = Fields(
    "常量",
    (
        Key("type", word("integer", "decimal", "date"), "类型", default="decimal"),
        Key("value", TEXT, "数, 或日期", required=True),
        Key("source", TEXT, "出处", required=True),
        Key("title", TEXT, "名称"),
        Key("measure", TEXT, "计量单位"),
    ),
)
_BREAKDOWN = Fields("分类", (Key("members", WORDS, "成员", required=True), Key("title", TEXT, "名称")))
_DEFINITION = Fields(
    "中间量",
    (
        Key("formula", FORMULA_OR_CASES, "公式", required=True),
        Key("title", TEXT, "名称"),
        Key("measure", TEXT, "计量单位"),
    ),
)
_TABLE = Fields(
    "参数表",
    (
        Key("by", WORDS, "各层的键: unit、period、year 或单位属性", required=True),
        Key(
            "rows",
            Named(Either((NUMBER, Named(Value("any"), "下一层的键"))), "第一层的键"),
            "各行",
            required=True,
        ),
        Key("default", NUMBER, "没有对应的行时"),
        Key("measure", TEXT, "计量单位"),
        Key("title", TEXT, "名称"),
        Key("source", TEXT, "出处"),
    ),
)
_TIE_BREAK = Fields(
    "同分时",
    (
        Key("node", TEXT, "看哪个节点或指标"),
        Key("by", word("points", "value"), "看得分, 还是指标值", default="points", sometimes=True),
        Key(
            "order",
            word("highest_first", "lowest_first"),
            "大者在前, 还是小者在前",
            default="highest_first",
            sometimes=True,
        ),
        Key("fewest", word("zero_scores"), "得零分的指标少者在前"),
    ),
    one_of=("node", "fewest"),
)
_RANKING = Fields(
    "排名",
    (
        Key("on", word("rounded", "unrounded"), "看取整后的还是未取整的分", default="unrounded"),
        Key("ties", word(*Ties), "并列: 1224、1334、平均、1223、按次序", default="competition"),
        Key(
            "order", word("highest_first", "lowest_first"), "大者在前, 还是小者在前", default="highest_first"
        ),
        Key("unscored", word(*Unscored), "没有总分的单位: 不排、排最前、排最后", default="unranked"),
        Key("tie_breaks", Items(_TIE_BREAK), "同分时依次看什么"),
    ),
)
_GRADE = Fields(
    "等级档",
    (
        Key("grade", TEXT, "等级", required=True),
        Key("at_least", NUMBER, "总分下限 (含)", sometimes=True),
        Key("rank_at_most", WHOLE, "只给前几名", sometimes=True),
        Key("share_at_most", SHARE, "只给前百分之几 (名额舍去小数)", sometimes=True),
        Key("otherwise", FLAG, "其余的; 只写在最后一档", default="no"),
        Key("tier", TEXT, "档次"),
        Key("converted", RATIO, "折算分"),
    ),
)
_COVERAGE = Fields(
    "最少要有多少下级有得分",
    (
        Key("at_least", SHARE, "下级权重的百分比 (含)", required=True),
        Key(
            "below", Either((word("zero", "not_applicable", "no_score"), SHARE)), "不够时", default="no_score"
        ),
    ),
)


NODE_KEYS = (
    Key("code", TEXT, "代码", required=True),
    Key("title", TEXT, "名称; plan.yaml 里有的可不写"),
    Key("points", NUMBER, "满分; 不写则由下级决定"),
    Key("weight", NUMBER, "在上级中的权重", default="1"),
    Key("aggregate", word(*Aggregate), "怎样由下级合成", default="sum"),
    Key("formula", FORMULA, "aggregate: formula 时的公式", sometimes=True),
    Key("weights", word("present", "all"), "权重由有得分的下级分, 还是各占各的", default="present"),
    Key("coverage", _COVERAGE, "最少要有多少下级有得分"),
    Key("rescale", FLAG, "不计入的分值除外, 其余折算为满分", default="no"),
    Key("best", NUMBER, "最好的单位得这么多分, 其余按比例"),
    Key("at_least", NUMBER, "得分不低于"),
    Key("at_most", NUMBER, "得分不高于"),
    Key("name_best", FLAG, "写明得分最高的下级", default="no"),
    Key("rounding", ROUNDING, "得分取整"),
)
NODE = Fields("节点", (*NODE_KEYS, Key("children", Items(Again("节点")), "下级节点")))
_SPAN = Fields(
    "适用期", (Key("from", DAY, "起 (含)", required=True), Key("to", DAY, "止 (含)", required=True))
)
_ROUNDINGS = Fields("取整规则", (Key("points", ROUNDING, "每项指标的得分"), Key("total", ROUNDING, "总分")))
_GRADES = Fields(
    "等级",
    (
        Key("on", word("rounded", "unrounded"), "看取整后的还是未取整的总分", default="rounded"),
        Key("bands", Items(_GRADE), "从高到低", required=True),
    ),
)
FRAME = Fields(
    "规则集",
    (
        Key("language", word("1"), "规则语言的版本", required=True),
        Key("code", TEXT, "代码", required=True),
        Key("title", TEXT, "名称", required=True),
        Key("year", WHOLE, "考核年度", required=True),
        Key("version", TEXT, "版本", required=True),
        Key("published", DAY, "公布日期"),
        Key("effective", _SPAN, "适用期", default="全年"),
        Key("extends", _EXTENDS, "继承哪个规则集", early=True),
        Key("drop", Items(Value("any")), "不要上级的哪些规则, 各写理由", early=True),
        LINEAGE[0],
        Key("sources", Named(_DOCUMENT, "文件的简称"), "依据的文件", required=True),
        Key("attributes", Named(_ATTRIBUTE, "属性名"), "单位属性"),
        Key("constants", Named(_CONSTANT, "常量名"), "常量"),
        Key("breakdowns", Named(_BREAKDOWN, "分类名"), "分类"),
        Key("definitions", Named(_DEFINITION, "名称"), "中间量, 各公式可以用"),
        Key("tables", Named(_TABLE, "表名"), "参数表: 按单位、时期、类别查的数"),
        Key("peer_group", TEXT, "按哪个属性分组"),
        Key(
            "partial_periods",
            word("available", "missing"),
            "缺季时按已报的算, 还是算未报",
            default="available",
        ),
        Key("rounding", _ROUNDINGS, "取整"),
        Key("ranking", _RANKING, "排名"),
        Key("grades", _GRADES, "等级"),
        Key(
            "checks",
            Fields("检查的尺度", (Key("cliff", SHARE, "差一步丢多少算陡坡", default="25%"),)),
            "检查的尺度",
        ),
        Key("explanations", _EXPLANATIONS, "对存疑问题的情况说明"),
        Key("plausibility", PLAUSIBILITY, "数字怎样算可疑; 不写的不查"),
        Key("levels", WORDS, "各层节点叫什么", default="total, section, item"),
        Key("tree", NODE, "得分的树", required=True),
    ),
)
