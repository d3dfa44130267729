"""Characters that look right and are not: which they are, and what they look like."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LIKE = {
    character: digit
    for digit, characters in (
        ("0", "OoQΟοОо○◯"),
        ("1", "lI|ІіΙ丨"),
        ("2", "Zz"),
        ("3", "Зз"),
        ("5", "Ss"),
        ("6", "б"),
        ("8", "BВ"),
        (".", "。·∙・"),
        (",", "‚٬"),
    )
    for character in characters
}
_TABLE = str.maketrans(_LIKE)
# The letters of codes: Cyrillic and Greek ones that look like Latin capitals.
_LETTERS = str.maketrans("АВЕКМНОРСТХΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEKMHOPCTXABEZHIKMNOPTX")
_KINDS = {
    "SUPERSCRIPT": "上标",
    "SUBSCRIPT": "下标",
    "CIRCLED": "带圈数字",
    "PARENTHESIZED": "带括号的数字",
    "ROMAN NUMERAL": "罗马数字",
    "ARABIC-INDIC": "阿拉伯文数字",
    "VULGAR FRACTION": "分数字符",
    "CYRILLIC": "西里尔字母",
    "GREEK": "希腊字母",
    "LATIN": "英文字母",
}


def looks_like(text: str) -> str:
    """The text with every look-alike of a digit, point or comma replaced; the text itself without any."""
    return text.translate(_TABLE)


def latin_code(text: str) -> str:
    """The text of a code with Cyrillic and Greek capitals replaced by the Latin ones they look like."""
    return text.translate(_LETTERS)


def look_alikes(text: str) -> str:
    """The look-alikes in a text, each once, as `“О”（U+041E 西里尔字母）`; empty without any."""
    return named(character for character in dict.fromkeys(text) if character in _LIKE)


def foreign_letters(text: str) -> str:
    """The letters of a code that are of another script, named as by `look_alikes`."""
    return named(character for character in dict.fromkeys(text) if ord(character) in _LETTERS)


def odd_numerals(text: str) -> str:
    """Digits of other scripts, superscripts, circled ones, and invisible characters, each once."""
    return named(character for character in dict.fromkeys(text) if _is_odd(character))


def named(characters: Iterable[str]) -> str:
    """Each character with its code point and kind."""
    return "、".join(map(_named, characters))


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    kind = next((words for part, words in _KINDS.items() if part in name), "")
    shown = character if character.isprintable() else "看不见的字符"
    return f"“{shown}”（U+{ord(character):04X}{f' {kind}' if kind else ''}）"


def _is_odd(character: str) -> bool:
    if character.isascii():
        return False
    category = unicodedata.category(character)
    # CJK numerals are letters (Lo) and have a question of their own.
    return (category in {"Nd", "No", "Nl"} and character != "〇") or category in {"Cf", "Cc", "Co", "Cn"}
