"""The numbers of headings in Chinese documents: 一、 （一） 1."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """A number from 1 to 99 in Chinese; greater ones in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def chapter_number(number: int) -> str:
    """Of a chapter: 一、."""
    return f"{chinese(number)}、"


def section_number(number: int) -> str:
    """Of a section: （一）."""
    return f"（{chinese(number)}）"


def item_number(number: int) -> str:
    """The number with a dot and a gap: "1. "."""
    return f"{number}. "


def annex_number(number: int) -> str:
    """附件1 and a gap."""
    return f"附件{number}　"
