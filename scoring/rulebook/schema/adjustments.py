"""What adjustments.yaml may contain."""

from __future__ import annotations

from scoring.rulebook.schema.parts import EXAMPLE, FORMULA_OR_CASES, LINEAGE, METHOD, SOURCE
from scoring.rulebook.schema.shapes import (
    CONDITION,
    FLAG,
    NUMBER,
    SHARE,
    TEXT,
    WHOLE,
    WORDS,
    Either,
    Fields,
    Items,
    Key,
    Kinds,
    word,
)

_COMMON = (
    Key("code", TEXT, "代码", required=True),
    Key("name", TEXT, "名称", required=True),
    Key("reason", TEXT, "理由"),
    Key("source", SOURCE, "依据"),
    Key("evidence", TEXT, "佐证材料"),
    Key("examples", Items(EXAMPLE), "算例"),
    *LINEAGE,
)
_COUNTED = (
    Key("value", FORMULA_OR_CASES, "数什么", required=True),
    Key("method", METHOD, "怎样得分; 只能用不需要满分的方法", required=True),
)
_EFFECTS = (
    Key("ranked", FLAG, "还排不排名", default="yes"),
    Key("scored", FLAG, "还有没有总分", default="yes"),
    Key("no_bonus", FLAG, "取消加分", default="no"),
    Key("cap_score", FLAG, "得分以所降等级的上限为限", default="no"),
)
_WHEN = (Key("when", CONDITION, "什么情况下", required=True),)
_GRADE = (
    Key("grade_at_most", TEXT, "最高只能是哪个等级"),
    Key("grade", word("lowest"), "最低等级"),
)


def _kind(kind: str, title: str, *groups: tuple[Key, ...]) -> Fields:
    own = Key("kind", word(kind), "种类", required=True)
    keys = (own, *_COMMON, *(key for group in groups for key in group))
    return Fields(title, keys, one_of=("grade", "grade_at_most") if _GRADE in groups else ())


ADJUSTMENT = Kinds(
    "加减分和一票否决",
    "kind",
    {
        "bonus": _kind("bonus", "加分", _COUNTED),
        "penalty": _kind("penalty", "减分", _COUNTED),
        "void": _kind(
            "void",
            "核查归零",
            (
                Key("element", TEXT, "按指标分类的数据项", required=True),
                Key("deduct", SHARE, "另扣满分的百分之几", default="0%"),
            ),
        ),
        "veto": _kind("veto", "一票否决", _WHEN, _EFFECTS, _GRADE),
        "demotion": _kind("demotion", "降级", _WHEN, _EFFECTS, (Key("by", WHOLE, "降几级", default="1"),)),
        "floor": _kind(
            "floor",
            "最低要求",
            _EFFECTS,
            _GRADE,
            (
                Key("nodes", Either((TEXT, WORDS)), "哪些节点, 或某一层 (如 sections)", required=True),
                Key("ratio_below", SHARE, "得分率低于多少", required=True),
            ),
        ),
    },
)
ADJUSTMENTS = Fields(
    "加减分",
    (
        Key("bonus_cap", NUMBER, "加分合计的上限"),
        Key("penalty_cap", NUMBER, "减分合计的上限"),
        Key("adjustments", Items(ADJUSTMENT), "各事项"),
    ),
)
