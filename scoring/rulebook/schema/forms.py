"""What a file of forms/ may contain."""

from __future__ import annotations

from scoring.rulebook.forms import ElementType, Frequency, OverTime, Provider
from scoring.rulebook.schema.parts import FORMULA_OR_CASES, LINEAGE, SOURCE
from scoring.rulebook.schema.shapes import (
    CONDITION,
    FLAG,
    NUMBER,
    TEXT,
    WHOLE,
    WORDS,
    Either,
    Fields,
    Items,
    Key,
    word,
)

_BAN = Fields(
    "只作统计的理由",
    (
        Key("reason", TEXT, "为什么不得计分", required=True),
        Key("source", TEXT, "谁规定的", required=True),
    ),
)
ELEMENT = Fields(
    "数据项",
    (
        Key("code", TEXT, "代码: 字母、数字和下划线", required=True),
        Key("name", TEXT, "名称; 能作名字用的, 公式里也可以用它", required=True),
        Key("type", word(*ElementType), "整数、小数、日期、选项", required=True),
        Key("measure", TEXT, "计量单位; 数字必写"),
        Key("frequency", word(*Frequency), "多久报一次", default="同表"),
        Key("over_time", word(*OverTime), "各季怎样成为年初至今的数: 相加、取末、取首", default="sum"),
        Key("places", WHOLE, "小数位数", default="0"),
        Key("choices", WORDS, "选项类的各个选项"),
        Key("breakdown", TEXT, "按哪个分类填"),
        Key("members", WORDS, "只用其中几个成员"),
        Key("minimum", Either((word("none"), NUMBER)), "下限 (含)", default="0"),
        Key("maximum", NUMBER, "上限 (含)"),
        Key("may_be_not_applicable", FLAG, "可以填“不适用”", default="no"),
        Key("cumulative", FLAG, "填的是年初至今的累计数: 年内后一期不小于前一期", default="no"),
        Key("statistical_only", _BAN, "禁止计分"),
        Key("if_missing", FORMULA_OR_CASES, "未报时在计分公式里代替它的数"),
        Key("definition", TEXT, "口径"),
        *LINEAGE,
        Key("source", Either((TEXT, SOURCE)), "出处"),
        Key("note", TEXT, "说明"),
    ),
)
CHECK = Fields(
    "审核关系",
    (
        Key("code", TEXT, "代码", required=True),
        Key("rule", CONDITION, "必须成立的条件", required=True),
        Key("message", TEXT, "不成立时说什么", required=True),
        Key("hint", TEXT, "怎样改"),
        Key("severity", word("hard", "soft"), "强制, 或要说明", default="hard"),
        Key("measured_over", word("quarter", "year_to_date"), "看本季, 还是年初至今", default="quarter"),
        Key("each", TEXT, "逐个分类成员成立"),
        *LINEAGE,
        Key("source", TEXT, "出处"),
    ),
)
FORM = Fields(
    "报表",
    (
        Key("code", TEXT, "代码", required=True),
        Key("title", TEXT, "名称", required=True),
        Key("provider", word(*Provider), "由谁提供", required=True),
        Key("frequency", word(*Frequency), "多久报一次", default="quarterly"),
        Key("layout", word("rows"), "排法", default="rows"),
        Key("notes", WORDS, "填报说明"),
        Key("source", Either((TEXT, SOURCE)), "出处"),
        Key("elements", Items(ELEMENT), "数据项", required=True),
        Key("overlapping", WORDS, "互相重叠的数据项: 任何公式都不得把其中两项相加"),
        Key("checks", Items(CHECK), "审核关系"),
        *LINEAGE,
    ),
)
