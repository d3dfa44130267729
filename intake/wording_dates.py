"""The sentences about dates: what was typed, which part of the date is open, what to type."""

from __future__ import annotations

from intake.wording import Wording
from scoring.errors import Severity

_HERE = "{row}({column})"
_HERE_EN = "{row} ({column})"
_FOUND = f"{_HERE}填的是“{{found}}”"
_FOUND_EN = f"{_HERE_EN} is “{{found}}”"
_WHOLE = "请填年、月、日，例如 2021-06-30 或 2021年6月30日。"
_WHOLE_EN = "Type year, month and day, such as 2021-06-30."

DATE_WORDINGS: dict[str, Wording] = {
    "not-a-date": Wording(
        f"{_FOUND}，不是完整的日期。", f"{_FOUND_EN}, which is not a full date.", _WHOLE, _WHOLE_EN
    ),
    "date-without-day": Wording(
        f"{_FOUND}，只有年和月，没有写是哪一天。",
        f"{_FOUND_EN}: year and month without the day.",
        "请查明是哪一天，填年、月、日，例如 2021-06-30。",
        "Find out the day; type year, month and day, such as 2021-06-30.",
    ),
    "date-without-year": Wording(
        f"{_FOUND}，没有写是哪一年。",
        f"{_FOUND_EN}: the year is missing.",
        "请补上四位数的年份，例如 2021-06-30。",
        "Add the year in four digits, such as 2021-06-30.",
    ),
    "two-digit-year": Wording(
        f"{_FOUND}，年份只有两位，分不清是哪一年，也分不清年、月、日的次序。",
        f"{_FOUND_EN}: with a year of two digits neither the year nor the order of the parts is certain.",
        "请填四位数的年份，按年、月、日的次序，例如 2021-06-30。",
        "Type the year in four digits, then month and day, such as 2021-06-30.",
    ),
    "day-or-month-first": Wording(
        f"{_FOUND}，年份写在最后，分不清前面哪个是月、哪个是日。",
        f"{_FOUND_EN}: with the year last, day and month cannot be told apart.",
        "请按年、月、日的次序填写，例如 2021-06-30。",
        "Type year, month and day in this order, such as 2021-06-30.",
    ),
    "other-calendar": Wording(
        f"{_FOUND}，不是公历日期，系统不代为换算。",
        f"{_FOUND_EN}, a date of another calendar, which is not converted here.",
        "请查明对应的公历日期，例如 2021-06-30。",
        "Type the date of the common calendar, such as 2021-06-30.",
    ),
    "date-in-characters": Wording(
        f"{_FOUND}，是汉字日期，读作 {{reading}}，系统不代为改写。",
        f"{_FOUND_EN}, a date in Chinese characters that reads as {{reading}}; it is not rewritten here.",
        "是这一天的，请填 {reading}；不是的，请填正确的日期。",
        "Type {reading} if that is meant, otherwise the right date.",
    ),
    "date-half-shown": Wording(
        f"{_HERE}没有显示完整的年、月、日，存的是 {{day}}，缺的部分可能是表格软件补上的。",
        f"{_HERE_EN} shows only part of a date; {{day}} is stored, the rest perhaps made up by the program.",
        "请填写完整的日期；确实是 {day} 的，请说明。",
        "Type the whole date; if it is {day} indeed, explain.",
        Severity.SOFT,
    ),
    "no-such-date": Wording(
        f"{_FOUND}，没有这一天。",
        f"{_FOUND_EN}: there is no such day.",
        "请核对年、月、日。",
        "Check year, month and day.",
    ),
    "number-for-date": Wording(
        f"{_HERE}填的是数字“{{found}}”，不是日期，系统不猜测它指哪一天。",
        f"{_HERE_EN} is the number “{{found}}”, not a date; which day it means is not guessed.",
        "请填日期，例如 2021-06-30，或者把单元格格式改为日期后核对。",
        "Type a date such as 2021-06-30, or set the cell's format to a date and check it.",
    ),
    "serial-without-calendar": Wording(
        f"{_FOUND}，像是表格软件的日期序号，按 1900 年日期系统是 {{one}}，按 1904 年日期系统是 {{other}}。",
        f"{_FOUND_EN}, perhaps a serial number: {{one}} counted from 1900, {{other}} counted from 1904.",
        "请填日期：是 {one} 就填 {one}，是 {other} 就填 {other}。",
        "Type the date itself: {one} or {other}.",
    ),
}
