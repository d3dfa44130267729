"""What may be typed into a template's cell: the drop-down, the test and the message of each element."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from intake.date_texts import LAST_YEAR
from intake.labels import NIL_WORD, NOT_APPLICABLE_WORD
from scoring.numbers import exact_text
from scoring.rulebook.forms import Element, ElementType

_LONGEST_TITLE = 32
_LONGEST_MESSAGE = 255
_LONGEST_LIST = 255
_FIRST_DAY = date(2000, 1, 1)


def validation(element: Element, first_cell: str, *, brought: str = "") -> dict[str, Any]:
    """The data validation of an element's cells, as XlsxWriter takes it; formulas speak of the first cell.

    brought: what the system tells about this very cell, such as its last figure; said first.
    """
    message = "\n".join(part for part in (brought, allowed_text(element), element.definition) if part)
    options = {
        "input_title": _cut(f"{element.code} {element.name}", _LONGEST_TITLE),
        "input_message": _cut(message, _LONGEST_MESSAGE),
        "error_title": "填写有误",
        "error_message": _cut(f"这里{allowed_text(element)}", _LONGEST_MESSAGE),
        "ignore_blank": True,
    }
    if element.type is ElementType.CHOICE:
        words = _choices(element)
        if width_in_list(words) <= _LONGEST_LIST:
            return {"validate": "list", "source": words, **options}
        return {"validate": "any", **options}
    if element.type is ElementType.DATE and not element.may_be_not_applicable:
        last = date(LAST_YEAR, 12, 31)
        return {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": last, **options}
    return {"validate": "custom", "value": f"={_test(element, first_cell)}", **options}


def allowed_text(element: Element) -> str:
    """What may be typed, in Chinese: “填整数（件），不小于 0；没有发生填 0 或‘零申报’”."""
    bounds = _bounds(element)
    nothing = f"；没有发生填 0 或“{NIL_WORD}”"
    words = {
        ElementType.CHOICE: f"从列表里选：{'、'.join(element.choices)}",
        ElementType.DATE: "填日期，例如 2021-06-30",
        ElementType.INTEGER: f"填整数（{element.measure}）{bounds}{nothing}",
        ElementType.DECIMAL: f"填数字（{element.measure}），最多 {element.places} 位小数{bounds}{nothing}",
    }[element.type]
    return f"{words}；没有这项业务填“{NOT_APPLICABLE_WORD}”" if element.may_be_not_applicable else words


def kind_text(element: Element) -> str:
    """The same in a few words, for a definition: “整数，≥0；可填‘不适用’”."""
    least = "" if element.minimum is None else f"，≥{exact_text(element.minimum)}"
    most = "" if element.maximum is None else f"，≤{exact_text(element.maximum)}"
    words = {
        ElementType.CHOICE: f"选：{'、'.join(element.choices)}",
        ElementType.DATE: "日期",
        ElementType.INTEGER: f"整数{least}{most}",
        ElementType.DECIMAL: f"最多 {element.places} 位小数{least}{most}",
    }[element.type]
    return f"{words}；可填“{NOT_APPLICABLE_WORD}”" if element.may_be_not_applicable else words


def width_in_list(words: Sequence[str]) -> int:
    """How long the words are as a drop-down list in a file."""
    return len(",".join(words))


def _choices(element: Element) -> list[str]:
    extra = [NOT_APPLICABLE_WORD] if element.may_be_not_applicable else []
    return [*element.choices, *extra]


def _bounds(element: Element) -> str:
    least = "" if element.minimum is None else f"，不小于 {exact_text(element.minimum)}"
    most = "" if element.maximum is None else f"，不大于 {exact_text(element.maximum)}"
    return least + most


def _test(element: Element, cell: str) -> str:
    words = [f'{cell}="{NOT_APPLICABLE_WORD}"'] if element.may_be_not_applicable else []
    if element.type is ElementType.DATE:
        return f"OR(AND(ISNUMBER({cell}),{cell}>=DATE(2000,1,1)),{','.join(words)})"
    words.append(f'{cell}="{NIL_WORD}"')
    tests = [f"ISNUMBER({cell})", f"ROUND({cell},{element.places})={cell}"]
    if element.minimum is not None:
        tests.append(f"{cell}>={exact_text(element.minimum)}")
    if element.maximum is not None:
        tests.append(f"{cell}<={exact_text(element.maximum)}")
    return f"OR(AND({','.join(tests)}),{','.join(words)})"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
