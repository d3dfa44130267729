"""Labels of columns and rows: which mean the same, which are the writer's own, how names compare."""

from __future__ import annotations

import re
from collections.abc import Collection

from intake.labels import (
    CODE_HEAD,
    DEFINITION_HEAD,
    LAST_HEADS,
    MEASURE_HEAD,
    NAME_HEAD,
    TOTAL_HEAD,
    comparable,
)
from intake.measures import factor_between, plain_measure

FIXED_HEADS = (CODE_HEAD, NAME_HEAD, MEASURE_HEAD)
# Other words for the same head. 本期数 and 累计 are none: they might be another figure.
_SAME = {
    **dict.fromkeys(("编码", "指标代码", "指标编码", "数据项代码", "项目代码"), CODE_HEAD),
    **dict.fromkeys(("指标", "指标名称", "数据项名称", "项目名称", "项目"), NAME_HEAD),
    **dict.fromkeys(("单位", "计量单位名称"), MEASURE_HEAD),
    **dict.fromkeys(("总计", "合计数", "总数"), TOTAL_HEAD),
}
_REMARK = re.compile(r"(?:备注|说明|附注|注|情况说明|填报说明|佐证|联系人|联系电话)(?:[_\-0-9一二三(].*)?")
_BRACKETED = re.compile(r"(.+)\(([^()]*)\)")
_ORNAMENT = re.compile(r"[“”\"'‘’「」《》〈〉:·#]|^[0-9]+[.、]|^\([0-9一二三四五六七八九十]+\)")
_TOTALS = re.compile(
    r"(?:合|小|总|共|累)计(?:\(.*\)|[:行])?|(?:本页|本表|全省|以上|其他)?.{0,12}(?:合|小|总)计"
)


def same_head(label: str, wanted: Collection[str], measures: Collection[str]) -> str | None:
    """The wanted head that a label means; None for none. Both sides as `comparable`.

    A head may carry the measure of a figure in brackets.
    """
    if label in wanted:
        return label
    if _SAME.get(label) in wanted:
        return _SAME[label]
    match = _BRACKETED.fullmatch(label)
    if match and plain_measure(match[2]) in measures:
        return same_head(match[1], wanted, ())
    return None


def is_ours(label: str) -> bool:
    """Whether the template itself has a column of that head which is never read."""
    return label == DEFINITION_HEAD or label in LAST_HEADS


def is_remark(label: str) -> bool:
    """Whether a head is that of a column for remarks: 备注, 备注2, 备注_x."""
    return _REMARK.fullmatch(label) is not None


def is_total_label(label: str) -> bool:
    """Whether a row calls itself a total: 合计, 小计, 市场监管小计."""
    return _TOTALS.fullmatch(label) is not None


def same_name(found: str, wanted: str, measure: str) -> bool:
    """Whether two names differ only in quotation marks, colons, numbering, or the measure in brackets."""
    one, other = plain_name(found), plain_name(wanted)
    match = _BRACKETED.fullmatch(one)
    return one == other or bool(
        match and match[1] == other and plain_measure(match[2]) == plain_measure(measure)
    )


def same_measure(found: str, declared: str) -> bool:
    """Whether two measures are one: brackets and the word 单位 do not count."""
    return factor_between(comparable(found).removeprefix("单位").lstrip(":"), declared) == 1


def plain_name(text: str) -> str:
    """A name without what people add and leave out."""
    return _ORNAMENT.sub("", comparable(text))
