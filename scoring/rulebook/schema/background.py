"""What plan.yaml, units.yaml and workdays.yaml may contain."""

from __future__ import annotations

from scoring.rulebook.schema.parts import LINEAGE
from scoring.rulebook.schema.shapes import (
    DAY,
    FLAG,
    TEXT,
    WHOLE,
    WORDS,
    Either,
    Fields,
    Items,
    Key,
    Value,
    word,
)

_CODE = Key("code", TEXT, "代码", required=True)
_TITLE = Key("title", TEXT, "标题", required=True)
CLAUSE = Fields(
    "条款",
    (
        _CODE,
        Key("agencies", WORDS, "责任单位", required=True),
        Key("leads", WORDS, "牵头单位"),
        Key("mode", TEXT, "分工方式", required=True),
        Key("addressed_to", word("central", "province"), "对谁提出", required=True),
        Key("paraphrase", TEXT, "转述", required=True),
        Key("digest", TEXT, "原文的摘要", required=True),
        Key("not_assessed", TEXT, "不考核的理由"),
        *LINEAGE,
    ),
)
_ITEM = Fields("项", (_CODE, _TITLE, Key("clauses", Items(CLAUSE), "条款", required=True), *LINEAGE))
_SECTION = Fields("章", (_CODE, _TITLE, Key("items", Items(_ITEM), "项", required=True), *LINEAGE))
PLAN = Fields(
    "工作要点",
    (
        Key(
            "document",
            Fields("文件", (_TITLE, Key("number", TEXT, "文号"), Key("issued", DAY, "印发日期"))),
            "文件",
            required=True,
        ),
        Key("sections", Items(_SECTION), "章", required=True),
    ),
)
UNIT = Fields(
    "被考核单位",
    (
        _CODE,
        Key("name", TEXT, "全称", required=True),
        Key("short", TEXT, "简称"),
        Key("aliases", WORDS, "其他名称"),
        Key("pinyin", TEXT, "拼音"),
        Key("order", WHOLE, "次序"),
        Key("gb2260", FLAG, "代码是不是国家标准的"),
        Key("parent", TEXT, "上级单位"),
    ),
    others=Either((TEXT, Value("number"))),
)
UNITS = Fields("被考核单位", (Key("units", Items(UNIT), "各单位", required=True),))
_DAYS_OFF = Fields(
    "放假", (Key("from", DAY, "起 (含)", required=True), Key("to", DAY, "止 (含)", required=True))
)
_DEADLINE = Fields(
    "报送期限",
    (
        Key("days", WHOLE, "期末后几天报送截止", default="10"),
        Key(
            "counting", word("calendar_days", "workdays"), "按自然日数还是按工作日数", default="calendar_days"
        ),
        Key(
            "extension",
            word("none", "next_workday", "after_holiday", "second_day_after_holiday"),
            "到期日放假怎么办: 不顺延, 顺延到下一个工作日, 只因法定节假日顺延 (到假后第一天), 到假后第二天",
            default="next_workday",
        ),
        Key(
            "timeliness",
            word("first", "accepted"),
            "按哪一版的收到时间算迟报: 第一版, 最后通过审核的一版",
            default="first",
        ),
    ),
)
WORKDAYS = Fields(
    "工作日历",
    (
        Key("years", Items(WHOLE), "写全了的年份", required=True),
        Key("holidays", Items(_DAYS_OFF), "放假"),
        Key("makeup", Items(DAY), "调休上班日"),
        Key("deadline", _DEADLINE, "报送期限"),
    ),
)
