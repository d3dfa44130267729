"""The words that may stand in any cell: nil, not applicable, and those that can mean several things."""

from __future__ import annotations

from intake.cells import Cell
from intake.fields import Field
from intake.labels import NIL_WORD, NOT_APPLICABLE_WORD
from intake.readings import BLANK, Change, Outcome, Reading, State, half_width
from intake.wording import Fault, fault
from scoring.rulebook.forms import Element, ElementType

_NOT_APPLICABLE = frozenset({NOT_APPLICABLE_WORD, "N/A", "NA", "n/a", "na"})
_NIL = frozenset({NIL_WORD, "NIL", "nil", "Nil"})
_DASHES = frozenset("-—―–─/\\×xX.…*_~|")
_UNCLEAR = frozenset(
    {
        "无",
        "没有",
        "暂无",
        "空",
        "空白",
        "未报",
        "未填",
        "未统计",
        "无数据",
        "暂缺",
        "不涉及",
        "待定",
        "待核",
        "缺",
    }
)
_NUMERIC = frozenset({ElementType.INTEGER, ElementType.DECIMAL})
_MOST_DASHES = 6


def read_blank(cell: Cell) -> Reading:
    """A text cell in which nothing is seen."""
    if not cell.text:
        return BLANK
    return Reading(
        State.BLANK, changes=(Change("只有空格，按没有填处理", "only blanks: counts as not filled in"),)
    )


def read_word(cell: Cell, field: Field) -> Outcome | None:
    """The words that may stand in any cell; None for everything else."""
    element = field.element
    word = "".join(half_width(cell.text).split())
    if word in element.choices:
        return None
    changes = (
        () if cell.text in {NIL_WORD, NOT_APPLICABLE_WORD} else (Change("写法统一", "spelled uniformly"),)
    )
    if word in _NOT_APPLICABLE:
        if element.may_be_not_applicable or field.is_total:
            return Reading(State.NOT_APPLICABLE, changes=changes)
        return fault("not-applicable-not-allowed")
    if word in _NIL:
        return Reading(State.NIL, changes=changes) if element.type in _NUMERIC else fault("nil-not-allowed")
    unclear = word in _UNCLEAR or (len(word) <= _MOST_DASHES and word and not set(word) - _DASHES)
    return _question(element) if unclear else None


def _question(element: Element) -> Fault:
    """What each reading of a dash would have to be typed as."""
    readings = []
    if element.type in _NUMERIC:
        readings.append((f"没有发生的填 0 或“{NIL_WORD}”", f"0 or {NIL_WORD} for nothing"))
    if element.choices:
        choices = "、".join(element.choices)
        readings.append((f"从列表里选：{choices}", f"one of {choices}"))
    if element.may_be_not_applicable:
        readings.append(
            (f"没有这项业务的填“{NOT_APPLICABLE_WORD}”", f"{NOT_APPLICABLE_WORD} if there is no such task")
        )
    readings.append(("有数但报不了的留空并说明原因", "or leave it blank and explain why it is not known"))
    return fault(
        "dash", readings="；".join(zh for zh, _ in readings), readings_en=", ".join(en for _, en in readings)
    )
