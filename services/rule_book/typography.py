"""Text as Chinese documents print it: full-width signs, no gaps around numbers, nothing unseen."""

from __future__ import annotations

import re
import unicodedata

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_BESIDE = rf"{_HAN}“”‘’（）《》〈〉【】〔〕、。，；："
_SIGNS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_AFTER_HAN = re.compile(rf"(?<=[{_BESIDE}]) *([,;:?!])(?!//) *")
_AFTER_PERCENT = re.compile(r"(?<=%)([,;]) *")
_BEFORE_HAN = re.compile(rf" *([,;]) *(?=[{_BESIDE}])")
_BRACKETS = re.compile(rf" ?\(([^()]*[{_HAN}][^()]*)\) ?")
_GAP_BEFORE_NUMBER = re.compile(rf"(?<=[{_BESIDE}]) +(?=[0-9≥≤＜＞<>−-])")
_GAP_AFTER_NUMBER = re.compile(rf"(?<![A-Za-z0-9.-])([0-9][0-9.]*…?%?) +(?=[{_BESIDE}])")
_ANY_HAN = re.compile(rf"[{_HAN}]")
_MINUS = re.compile(r"(?<![0-9A-Za-z.])-(?=[0-9])")
_KEPT = {"\t": " ", "\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "}
_UNSEEN = "\ufffd"


def visible(text: str) -> str:
    """The text on one line, with a visible mark for every character that steers instead of showing.

    Control characters cannot stand in a Word file at all; marks of direction make a line read backwards.
    """
    if text.isprintable():
        return text
    return "".join(_seen(each) for each in text)


def _seen(character: str) -> str:
    if character in _KEPT:
        return _KEPT[character]
    return _UNSEEN if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Co"} else character


def printed(text: str) -> str:
    """Prose as it is printed; not for formulas and codes, whose signs are their own."""
    found = visible(text)
    found = _AFTER_HAN.sub(lambda sign: _SIGNS[sign[1]], found)
    if _ANY_HAN.search(found):
        found = _AFTER_PERCENT.sub(lambda sign: _SIGNS[sign[1]], found)
    found = _BEFORE_HAN.sub(lambda sign: _SIGNS[sign[1]], found)
    for _ in range(3):  # brackets within brackets
        found = _BRACKETS.sub(r"（\1）", found)
    found = _GAP_BEFORE_NUMBER.sub("", found)
    return _GAP_AFTER_NUMBER.sub(r"\1", found)


def signed(text: str) -> str:
    """The text with a true minus before numbers below zero."""
    return _MINUS.sub("−", text)
