"""What the number format of a cell shows beside what is stored: a sign, a measure, a scale, half a date."""

from __future__ import annotations

import re

from intake.measures import SCALES, factor_between, is_known

# Quoted, escaped (\x and, in Chinese editions, !x), padded and repeated characters; locales and colours.
_LITERAL = re.compile(r'"([^"]*)"?|[\\!](.)|_.|\*.|\[[^\]]*\]', re.DOTALL)
_WORDS = re.compile(r"[\u3400-\u9fffA-Za-z%‰]+")
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_POINT_IN_DIGITS = re.compile(r'[0#?](?:[\\!]\.|"\.")[0#?]')
_PLAIN = frozenset({"", "General", "G/通用格式", "@"})


def shows_percent(number_format: str) -> bool:
    """Whether the number is shown times 100, with a percent sign."""
    return "%" in _bare(number_format)


def shows_another_scale(number_format: str) -> bool:
    """Whether fewer digits are shown than stored: thousands left out, or a point put between the digits."""
    if number_format in _PLAIN:
        return False
    return _SCALED.search(_bare(number_format)) is not None or (
        _POINT_IN_DIGITS.search(number_format) is not None
    )


def other_measure_shown(number_format: str, measure: str) -> str:
    """The measure or scale that the format prints beside the number, where it is not the declared one."""
    if number_format in _PLAIN:
        return ""
    quoted = ("".join(found) for found in _LITERAL.findall(number_format))
    for word in (*quoted, *_WORDS.findall(_bare(number_format))):
        name = str(word).strip()
        if name in SCALES or (is_known(name) and name != "%" and factor_between(name, measure) != 1):
            return name
    return ""


def hides_part_of_date(number_format: str) -> bool:
    """Whether a date format leaves out the year or the day, so that nobody typed or saw the whole date."""
    shown = _bare(number_format).lower()
    if not set(shown) & set("ymdeg"):
        return False
    return "d" not in shown or not set(shown) & set("yeg")


def _bare(number_format: str) -> str:
    return "" if number_format in _PLAIN else _LITERAL.sub("", number_format)
