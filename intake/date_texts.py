"""Dates typed as text: the ways that mean one day, and what is asked about the others."""

from __future__ import annotations

import re
from datetime import date

from intake.chinese_numerals import chinese_number
from intake.odd_characters import look_alikes, looks_like, odd_numerals
from intake.readings import Change, Outcome, Reading, State, half_width, spelling_changes
from intake.wording import Fault, fault

FIRST_YEAR, LAST_YEAR = 1900, 2199

# A date, then a blank or T, then a time of day.
_TIMED = re.compile(
    r"(.*[0-9日号])(?:T| +)(?:[上下]午)? *[0-9]{1,2} *[:时] *[0-9]{1,2}[0-9:.分秒 ]*(?:Z|AM|PM)?",
    re.ASCII | re.IGNORECASE,
)
_WRITTEN = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})",
        r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})",
        r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})",
        r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]?",
        r"([0-9]{4})([0-9]{2})([0-9]{2})",
    )
)
_NO_DAY = re.compile(r"[0-9]{4}[-/.年][0-9]{1,2}(?:月?(?:份|上旬|中旬|下旬|初|底|末)?|月)", re.ASCII)
_NO_YEAR = re.compile(r"[0-9]{1,2}(?:月[0-9]{1,2}[日号]?|[-/.][0-9]{1,2})", re.ASCII)
_TWO_DIGITS = re.compile(
    r"'?[0-9]{2}(?:[-/.][0-9]{1,2}[-/.][0-9]{1,2}|年[0-9]{1,2}月[0-9]{1,2}[日号]?)", re.ASCII
)
_DAY_FIRST = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}", re.ASCII)
_OTHER_CALENDAR = re.compile(
    r"农历|阴历|旧历|民国|[正腊冬]月|初[一二三四五六七八九十]|廿|卅|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]"
)
_IN_CHARACTERS = re.compile(
    r"([〇零一二三四五六七八九○]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)


def day_of_text(text: str, otherwise: Fault) -> Outcome:
    """The day that a text means; a fault for everything that leaves a part of it open."""
    narrow = half_width(text).strip().lstrip("'’")
    timed = _TIMED.fullmatch(narrow)
    word = "".join((timed[1] if timed else narrow).split())
    day = _written_day(word)
    if day is None:
        return _question(word) or otherwise
    if isinstance(day, Fault):
        return day
    changes = [
        Change("日期存成了文本，按日期读取", "a date kept as text was read as a date"),
        *spelling_changes(text),
    ]
    if timed:
        changes.append(Change("去掉钟点，只取日期", "the time of day was dropped"))
    return Reading(State.VALUE, day=day, changes=tuple(changes))


def day_or_fault(match: re.Match[str]) -> date | Fault:
    """The day of a match whose first groups are year, month and day; a fault where there is none."""
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return fault("no-such-date")
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else fault("no-such-date")


def _written_day(word: str) -> date | Fault | None:
    match = next((found for pattern in _WRITTEN if (found := pattern.fullmatch(word))), None)
    return day_or_fault(match) if match else None


def _question(word: str) -> Fault | None:
    """What exactly is open in a text that is no full date; None where it is no date at all."""
    if _OTHER_CALENDAR.search(word):
        return fault("other-calendar")
    for pattern, code in (
        (_NO_DAY, "date-without-day"),
        (_TWO_DIGITS, "two-digit-year"),
        (_NO_YEAR, "date-without-year"),
        (_DAY_FIRST, "day-or-month-first"),
    ):
        if pattern.fullmatch(word):
            return fault(code)
    return _in_characters(word) or _odd(word)


def _in_characters(word: str) -> Fault | None:
    match = _IN_CHARACTERS.fullmatch(word)
    if match is None:
        return None
    year, month, day = (chinese_number(part.replace("○", "〇")) or 0 for part in match.groups())
    try:
        return fault("date-in-characters", reading=date(year, month, day).isoformat())
    except ValueError:
        return fault("no-such-date")


def _odd(word: str) -> Fault | None:
    alike = look_alikes(word)
    day = _written_day(looks_like(word)) if alike else None
    if isinstance(day, date):
        return fault("look-alike", characters=alike, reading=day.isoformat())
    odd = odd_numerals(word)
    return fault("odd-character", characters=odd) if odd else None
