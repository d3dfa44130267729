"""How numbers, dates and codes are written on a page: exact in, text out, never through a float."""

from __future__ import annotations

import re
from datetime import date as date_type
from datetime import datetime, timedelta, timezone
from fractions import Fraction

from scoring.facts import Amount
from scoring.numbers import exact_text, fixed_text, shown
from scoring.periods import period_from_text
from web.strings import NONE_SHOWN, ordinal

# Not by the name of the zone: a small machine has no table of zones, and China has no summer time.
_CHINA = timezone(timedelta(hours=8))
_POINT_PLACES = 2
_VALUE_PLACES = 4
_CARD_PLACES = 2
_SHORT_DIGEST = 12
_WEEKDAYS = "一二三四五六日"
_HALF = re.compile(r"([0-9]{4})H([12])", re.ASCII)
_GROUPS = re.compile(r"(?<=[0-9])(?=(?:[0-9]{3})+(?![0-9]))", re.ASCII)


def points(number: Fraction | None) -> str:
    """Points with two decimals; a dash for none."""
    return NONE_SHOWN if number is None else _minus(fixed_text(number, _POINT_PLACES))


def signed(number: Fraction) -> str:
    """Points gained or lost, with their sign; a dash where there are none."""
    if not number:
        return NONE_SHOWN
    return f"{'+' if number > 0 else ''}{points(number)}"


def number(amount: Fraction | None) -> str:
    """A number as short as it is exact: full points, weights, converted scores."""
    return NONE_SHOWN if amount is None else _minus(shown(amount)).replace("…", "...")


def value(amount: Amount | None, places: int = _VALUE_PLACES) -> str:
    """A value, cut (not rounded) after some decimals, with dots where more follow; words as they are."""
    if amount is None:
        return NONE_SHOWN
    # Three full stops, for Chinese fonts set an ellipsis half a line high.
    return amount if isinstance(amount, str) else grouped(_minus(shown(amount, places)).replace("…", "..."))


def short_value(amount: Amount | None) -> str:
    """The same with two decimals, where many stand below each other."""
    return value(amount, _CARD_PLACES)


def exact(amount: Amount | None) -> str:
    """A value to the last digit, as a fraction where its decimal never ends."""
    if amount is None:
        return NONE_SHOWN
    return amount if isinstance(amount, str) else _minus(exact_text(amount))


def grouped(text: str) -> str:
    """A decimal text with commas between thousands, from five digits on; anything else as it is."""
    whole, point, decimals = text.partition(".")
    bare = whole.lstrip("−")
    if not bare.isascii() or not bare.isdigit() or len(bare) < 5:
        return text
    return f"{_GROUPS.sub(',', whole)}{point}{decimals}"


def percent(part: Fraction | None, whole: Fraction) -> int:
    """The share of a whole in whole per cent for the length of a bar: 0 to 100, cut, 0 of nothing."""
    if part is None or whole <= 0:
        return 0
    return min(100, max(0, int(100 * part / whole)))


def period_title(code: str) -> str:
    """A scored or reported period in Chinese; what is no period stays as it is."""
    period = period_from_text(code)
    if period is not None:
        return period.title
    half = _HALF.fullmatch(code)
    return f"{half[1]}年{'上' if half[2] == '1' else '下'}半年" if half else code


def short_period(code: str) -> str:
    """A scored period within its year: 年度, 一季度 ..."""
    period = period_from_text(code)
    if period is None:
        return code
    return "年度" if period.yearly else f"{ordinal(period.quarter)}季度"


def moment(time: datetime) -> str:
    """Beijing time to the minute."""
    return time.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")


def second(time: datetime) -> str:
    """Beijing time to the second, as on a receipt."""
    return time.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M:%S")


def day(date: date_type, year: int | None = None) -> str:
    """A day as people say it: 4月10日 周六; with its year where that is not the given one."""
    of_year = "" if year in (None, date.year) else f"{date.year}年"
    return f"{of_year}{date.month}月{date.day}日 周{_WEEKDAYS[date.weekday()]}"


def short_digest(digest: str) -> str:
    """The beginning of a digest, enough to compare by eye."""
    return digest[:_SHORT_DIGEST]


def _minus(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text


FILTERS = {
    each.__name__: each
    for each in (
        points,
        signed,
        number,
        value,
        short_value,
        exact,
        grouped,
        percent,
        period_title,
        short_period,
        moment,
        second,
        day,
        short_digest,
        ordinal,
    )
}
