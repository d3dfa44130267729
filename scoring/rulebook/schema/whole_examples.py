"""What examples.yaml may contain: worked examples of the rule set as a whole."""

from __future__ import annotations

from scoring.rulebook.schema.parts import FIGURES
from scoring.rulebook.schema.shapes import RATIO, TEXT, WORDS, Either, Fields, Items, Key, Named, word

_NUMBER = Either((RATIO, word("none")))
_EXPECT = Key(
    "expect",
    Fields(
        "应得的结果",
        (
            Key("total", _NUMBER, "加减分以后、取整以前的总分; none 表示没有", sometimes=True),
            Key("score", _NUMBER, "取整以后的得分", sometimes=True),
            Key("bonus", _NUMBER, "加分合计, 按上限", sometimes=True),
            Key("penalty", _NUMBER, "减分合计, 按上限, 是负数", sometimes=True),
            Key("grade", TEXT, "等级; none 表示没有", sometimes=True),
            Key("tier", TEXT, "档次", sometimes=True),
            Key("converted", _NUMBER, "折算分", sometimes=True),
            Key("rank", _NUMBER, "名次; none 表示不参加排名", sometimes=True),
            Key("group_rank", _NUMBER, "组内名次", sometimes=True),
            Key("effects", WORDS, "对等级起作用的否决、降级和底线, 按先后", sometimes=True),
            Key(
                "points",
                Named(_NUMBER, "节点或指标"),
                "节点和指标的得分; none 表示不计入或无得分",
                sometimes=True,
            ),
        ),
    ),
    "应得的结果, 至少写一样",
    sometimes=True,
)
_GIVEN = (
    Key(
        "given",
        FIGURES,
        "给定的数、单位属性、节点或指标的得分(分数、百分比、NA 或 none);"
        " others: full、zero 或 not_applicable 说其余指标得多少, 不写的由数算出",
        required=True,
    ),
    Key("last_year", FIGURES, "上年的数", sometimes=True),
)
WHOLE_EXAMPLE = Fields(
    "整套规则的例",
    (
        Key("name", TEXT, "什么情形", required=True),
        Key("period", TEXT, "考核期, 如 2021Q2", default="全年"),
        Key(
            "units",
            Named(Fields("例中的单位", (*_GIVEN, _EXPECT)), "单位"),
            "几个单位一起算, 代替 given 和 expect; 名称是被考核单位代码的, 用它的属性",
            sometimes=True,
        ),
        Key("given", FIGURES, "只有一个单位时, 给定的数和得分", sometimes=True),
        Key("last_year", FIGURES, "只有一个单位时, 上年的数", sometimes=True),
        _EXPECT,
    ),
)
WHOLE_EXAMPLES = Fields("整套规则的例", (Key("examples", Items(WHOLE_EXAMPLE), "各例", required=True),))
