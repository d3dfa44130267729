"""Numbers, standings, roundings and sources as an account writes them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from scoring.expressions import Figure, When
from scoring.facts import Amount, Standing
from scoring.numbers import Rounding, RoundingMode, exact_text
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import Indicator, RuleSet

STANDING_TITLES = {
    Standing.VALUE: "",
    Standing.NIL: "零申报",
    Standing.ZERO_DENOMINATOR: "分母为零",
    Standing.UNDEFINED: "无法计算",
    Standing.MISSING: "未报",
    Standing.NOT_DUE: "未到期",
    Standing.NOT_APPLICABLE: "不适用",
}
STANDING_NAMES = {standing: standing.name.lower() for standing in Standing}
"""For JSON; kept, since an account asks for one with every cell."""
ROUNDING_TITLES = {
    RoundingMode.HALF_UP: "四舍五入",
    RoundingMode.HALF_EVEN: "四舍六入五成双(GB/T 8170)",
    RoundingMode.TRUNCATE: "截断",
    RoundingMode.CEIL: "向上取整",
    RoundingMode.FLOOR: "向下取整",
}


TIME_TITLES = {
    When.YEAR_TO_DATE: "年初至今",
    When.THIS_QUARTER: "本期单独",
    When.PREVIOUS: "上一期",
    When.WHOLE_YEAR: "全年",
    When.LAST_YEAR: "上年同期",
    When.LAST_WHOLE_YEAR: "上年全年",
    When.LAST_Q4: "上年第四季度",
}
"""The time of a figure; the year to date that needs no saying, and quarters written @Q1, have none."""


def amount_text(amount: Amount | Standing | None) -> str | None:
    """Exact text of an amount; the Chinese word of a standing; None for nothing."""
    if amount is None:
        return None
    if isinstance(amount, Standing):
        return STANDING_TITLES[amount]
    return amount if isinstance(amount, str) else exact_text(amount)


def figure_text(rules: RuleSet, figure: Figure, amount: Amount | None) -> str | None:
    """An amount as its element writes it: dates as dates."""
    if isinstance(amount, Fraction) and rules.elements[figure.element].type is ElementType.DATE:
        return date.fromordinal(int(amount)).isoformat()
    return amount_text(amount)


def rounding_text(rounding: Rounding | None) -> str:
    """The rounding in Chinese."""
    if rounding is None:
        return "不取整"
    return f"{ROUNDING_TITLES[rounding.mode]}到 {rounding.places} 位小数"


def origin_data(origin: str) -> dict[str, str]:
    """The file, sheet and cell of an origin, or the file and line of a table; empty where none is known."""
    file, _, rest = origin.partition("!")
    sheet, _, cell = rest.rpartition("!")
    if not rest:
        return {}
    return {"file_sha256": file, "sheet": sheet, "cell": cell} if sheet else {"file": file, "line": cell}


def source_text(rules: RuleSet, indicator: Indicator) -> str:
    """The document and what is meant in it; empty where the rule names none."""
    if indicator.source is None:
        return ""
    document = rules.documents.get(indicator.source.document)
    title = document.title if document else indicator.source.document
    return f"{title}:{indicator.source.text}" if indicator.source.text else title
