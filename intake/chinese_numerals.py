"""Numbers written in Chinese characters, small and banking forms: what a question about them proposes."""

from __future__ import annotations

_DIGITS = {
    **{character: digit for digit, character in enumerate("零一二三四五六七八九")},
    **{character: digit for digit, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "貳": 2,
    "參": 3,
    "陸": 6,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ALL = {*_DIGITS, *_TENS, *_MYRIADS}
_LONGEST = 24


def chinese_number(text: str) -> int | None:
    """12 for 十二, 2021 for 二〇二一, 12000 for 一万二千; None for everything else, 万 alone too."""
    if not text or len(text) > _LONGEST or not set(text) <= _ALL or not set(text) & set(_DIGITS | _TENS):
        return None
    if set(text) <= _DIGITS.keys():
        return int("".join(str(_DIGITS[character]) for character in text))
    return _with_places(text)


def _with_places(text: str) -> int | None:
    """A number with 十, 百, 千, 万, 亿 in it; places must fall within each group of four."""
    total, group, digit, least = 0, 0, None, 10**5
    last_myriad = 10**12
    for character in text:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
        elif character in _TENS:
            place = _TENS[character]
            if place >= least or digit == 0:
                return None
            group, digit, least = group + (1 if digit is None else digit) * place, None, place
        else:
            place = _MYRIADS[character]
            if place >= last_myriad or not group + (digit or 0):
                return None
            total, last_myriad = total + (group + (digit or 0)) * place, place
            group, digit, least = 0, None, 10**5
    return total + group + (digit or 0)
