"""How an issue of a report is put into words: one sentence and one remedy, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.errors import Issue, Place, Severity


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one kind of issue; words in braces are filled in."""

    zh: str
    en: str
    fix_zh: str
    fix_en: str
    severity: Severity = Severity.HARD


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, as the code of a wording and the words that fill it; not yet at a place."""

    code: str
    words: tuple[tuple[str, str], ...] = ()


_LONGEST_QUOTE = 60


def fault(code: str, /, **words: object) -> Fault:
    """A fault of that code."""
    return Fault(code, tuple((name, str(word)) for name, word in words.items()))


def worded(
    wordings: dict[str, Wording], found_fault: Fault, place: Place, *, found: str = "", expected: str = ""
) -> Issue:
    """The issue of a fault at a place. Raises KeyError for a code or a word that the table does not know."""
    wording = wordings[found_fault.code]
    words = {
        "row": place.row_label,
        "column": place.column_label,
        "sheet": place.sheet,
        "found": _shortened(found),
        "expected": expected,
        **dict(found_fault.words),
    }
    return Issue(
        code=found_fault.code,
        zh=wording.zh.format_map(words),
        en=wording.en.format_map(words),
        fix_zh=wording.fix_zh.format_map(words),
        fix_en=wording.fix_en.format_map(words),
        place=place,
        severity=wording.severity,
        found=found,
        expected=expected,
    )


def _shortened(text: str) -> str:
    """What is quoted within a sentence; the issue itself keeps the whole text."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
