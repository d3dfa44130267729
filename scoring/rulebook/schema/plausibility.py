"""What `plausibility:` of ruleset.yaml may contain."""

from __future__ import annotations

from scoring.rulebook.schema.shapes import NUMBER, SHARE, TEXT, WHOLE, WORDS, Fields, Key

_SOURCE = Key("source", TEXT, "界限的出处", required=True)
_ELEMENTS = Key("elements", WORDS, "只看这些数据项; 不写则各表的数都看")
_BASE = Key("base_at_least", NUMBER, "基数小于它的不比", default="30")
_Z = Key("robust_z", NUMBER, "稳健 z 值超过多少算离群: 0.6745 × |ln 值 − 中位数| ÷ MAD", default="3.5")
_CHANGE = Fields(
    "大幅增减",
    (
        _ELEMENTS,
        Key("over", SHARE, "与上季度或上年同期相比, 增减超过百分之几", default="30%"),
        _BASE,
        _SOURCE,
    ),
)
_HISTORY = Fields(
    "偏离本单位以往",
    (
        _ELEMENTS,
        _Z,
        Key("periods", WHOLE, "至少有几期以往的数", default="4"),
        _BASE,
        Key("least_spread", SHARE, "MAD 至少按这么大的波动算", default="5%"),
        _SOURCE,
    ),
)
_PEERS = Fields(
    "偏离同组单位",
    (
        _ELEMENTS,
        Key("per", TEXT, "按哪个单位属性折算 (如人口); 不写则直接比"),
        _Z,
        Key("units", WHOLE, "至少有几个别的单位; 同组不够时与全部单位比", default="6"),
        _BASE,
        Key("least_spread", SHARE, "MAD 至少按这么大的差别算", default="10%"),
        _SOURCE,
    ),
)
_SAME_FIGURE = Fields(
    "各期同一个数",
    (
        Key("periods", WHOLE, "连续几期相同", default="4"),
        Key("at_least", NUMBER, "小于它的不看: 偶然相同的太多", default="3"),
        _SOURCE,
    ),
)
_LAST_DIGIT = Fields(
    "尾数集中",
    (
        Key("figures", WHOLE, "至少有几个数", default="40"),
        Key("at_least", NUMBER, "只看不小于它的数", default="100"),
        Key("chance", SHARE, "尾数是 0 和 5 的这么多, 偶然出现的可能小于多少", default="0.1%"),
        _SOURCE,
    ),
)
_ON_THRESHOLD = Fields(
    "正好压在档线上",
    (Key("periods", WHOLE, "连续几期指标值正好等于档线", default="3"), _SOURCE),
)
_EQUAL_BLOCK = Fields(
    "成片相同",
    (
        Key("figures", WHOLE, "相邻的几个数与别的单位或本单位上期全同", default="6"),
        _SOURCE,
    ),
)
PLAUSIBILITY = Fields(
    "数字的合理性",
    (
        Key("change", _CHANGE, "大幅增减, 填报人要说明"),
        Key("history", _HISTORY, "偏离本单位以往各期, 填报人要说明"),
        Key("peers", _PEERS, "偏离同组单位, 只给审核人看"),
        Key("same_figure", _SAME_FIGURE, "各期同一个数, 只给审核人看"),
        Key("last_digit", _LAST_DIGIT, "尾数集中在 0 和 5, 只给审核人看"),
        Key("on_threshold", _ON_THRESHOLD, "几期都正好压在档线上, 只给审核人看"),
        Key("equal_block", _EQUAL_BLOCK, "成片的数与别处相同, 只给审核人看"),
    ),
)
