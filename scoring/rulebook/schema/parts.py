"""Shapes that several rule files have in common: source, rounding, examples, answers, policies."""

from __future__ import annotations

from scoring.methods.base import Parameter
from scoring.methods.registry import METHODS
from scoring.numbers import RoundingMode
from scoring.results import Outcome
from scoring.rulebook.schema.shapes import (
    FORMULA,
    NUMBER,
    QUANTITY,
    RATIO,
    TEXT,
    WHOLE,
    Either,
    Fields,
    Items,
    Key,
    Kinds,
    Named,
    Shape,
    Value,
    word,
)

SOURCE = Fields(
    "依据",
    (
        Key("document", TEXT, "ruleset.yaml 的 sources 中的文件", required=True),
        Key("text", TEXT, "哪一条、什么意思"),
    ),
)
_REASON = Fields("理由", (Key("reason", TEXT, "为什么", required=True),))
_CHANGE = Fields(
    "改动的理由",
    (Key("reason", TEXT, "为什么", required=True), Key("without", Items(TEXT), "去掉继承来的哪些键")),
)
LINEAGE = (
    Key("overrides", _CHANGE, "改动继承来的规则: 只写要改的键", early=True),
    Key("added", _REASON, "在继承来的规则之外增加", early=True),
)
"""What a rule of a rule set that inherits another says of itself."""
ROUNDING = Fields(
    "取整",
    (
        Key("places", WHOLE, "小数位数, 0 到 12", required=True),
        Key("mode", word(*RoundingMode), "四舍五入、修约、截去、进一、舍去", default="half_up"),
    ),
)
ANSWER = Fields(
    "对检查结论的答复",
    (
        Key("finding", TEXT, "检查结论的代码", required=True),
        Key("reason", TEXT, "为什么可以这样", required=True),
    ),
)
FIGURES = Named(Either((TEXT, Named(TEXT, "分类"))), "数据项")
EXAMPLE = Fields(
    "例",
    (
        Key("name", TEXT, "什么情形", required=True),
        Key("given", FIGURES, "给定的数", required=True),
        Key("last_year", FIGURES, "上年的数"),
        Key("peers", Items(FIGURES), "同组其他单位的数"),
        Key("period", TEXT, "考核期, 如 2021Q2", default="全年"),
        Key(
            "expect",
            Fields(
                "应得的结果",
                (
                    Key("value", RATIO, "指标值"),
                    Key("points", Either((RATIO, word("none"))), "得分; none 表示没有得分(不是 0)"),
                    Key("outcome", word(*Outcome), "结果的种类"),
                ),
            ),
            "应得的结果, 至少写一样",
            required=True,
        ),
    ),
)
CASES = Fields(
    "分情形的公式",
    (
        Key(
            "cases",
            Items(
                Fields(
                    "一种情形",
                    (
                        Key("when", Value("condition"), "条件", required=True),
                        Key("then", FORMULA, "符合时的公式", required=True),
                    ),
                )
            ),
            "自上而下, 第一个符合的情形",
            required=True,
        ),
        Key("otherwise", FORMULA, "都不符合时的公式", required=True),
    ),
)
FORMULA_OR_CASES = Either((FORMULA, CASES))
_POLICY_WORDS = Either(
    (
        word("zero", "full", "floor", "not_applicable", "no_score", "group_mean", "group_median", "previous"),
        Value("share"),
    )
)
POLICY = Either(
    (
        *_POLICY_WORDS.shapes,
        Fields(
            "以另一个值计分",
            (
                Key("value", FORMULA_OR_CASES, "代替的值", required=True),
                Key("otherwise", _POLICY_WORDS, "这个值也没有时", default="zero"),
            ),
        ),
    )
)

_THRESHOLD = "门槛, 四个键写一个"
_PARAMETERS: dict[str, Shape] = {
    "number": NUMBER,
    "positive": NUMBER,
    "quantity": QUANTITY,
    "scale": Named(QUANTITY, "评语"),
    "knots": Items(
        Fields(
            "折点",
            (Key("at", NUMBER, "值", required=True), Key("earn", QUANTITY, "得分", required=True)),
        )
    ),
    "rungs": Items(
        Fields(
            "一档",
            (
                Key("at_least", NUMBER, _THRESHOLD + ": ≥"),
                Key("above", NUMBER, _THRESHOLD + ": >"),
                Key("at_most", NUMBER, _THRESHOLD + ": ≤"),
                Key("below", NUMBER, _THRESHOLD + ": <"),
                Key("earn", QUANTITY, "得分, 或满分的百分比", required=True),
            ),
            one_of=("at_least", "above", "at_most", "below"),
        )
    ),
    "parts": Items(
        Fields(
            "清单中的一项",
            (
                Key("element", TEXT, "数据项", required=True),
                Key("name", TEXT, "名称", required=True),
                Key("earn", NUMBER, "分值", required=True),
            ),
        )
    ),
    "bands": Items(
        Fields(
            "分位档",
            (
                Key("at_least", TEXT, "分位, 如 P50", required=True),
                Key("earn", QUANTITY, "得分", required=True),
            ),
        )
    ),
}


def _parameter(each: Parameter) -> Key:
    shape = word(*each.words) if each.kind == "word" else _PARAMETERS[each.kind]
    if each.may_be_none:
        shape = Either((shape, word("none")))
    default = "" if each.default is None else str(each.default)
    return Key(each.name, shape, each.meaning, each.required, default)


METHOD = Kinds(
    "计分方法",
    "kind",
    {
        kind: Fields(
            method.title,
            (
                Key("kind", word(kind), "计分方法的名称", required=True),
                *(_parameter(each) for each in method.parameters),
            ),
        )
        for kind, method in METHODS.items()
    },
)
