"""What is wrong in a user's input, said as values; and the exceptions that a caller can cause."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

MOST_TOLD = 1_000
"""After so many issues of one table nobody reads on; what comes then is not looked at."""
_LONGEST_SENTENCE = 1_000
_BREAKS = {"Zl", "Zp"}


class Severity(StrEnum):
    """Hard issues stop a file from being taken; soft ones need an explanation."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: a line and column (both from 1) of a text file, or a cell of a sheet."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""
    row_label: str = ""
    column_label: str = ""

    def __str__(self) -> str:
        """`file:line:col` for a text file, `sheet!cell` for a workbook; empty when nothing is known."""
        text = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        cell = "!".join(part for part in (self.sheet, self.cell) if part)
        return " ".join(part for part in (text, cell) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One thing wrong in a rule file or a report, in the words of the person who wrote it.

    `code` is stable and in kebab-case. `zh` and `en` are whole sentences saying what and why;
    `fix_zh` and `fix_en` say what to do next. `found` is the value as read, never normalised.
    """

    code: str
    zh: str
    en: str
    fix_zh: str = ""
    fix_en: str = ""
    place: Place = field(default_factory=Place)
    severity: Severity = Severity.HARD
    found: str = ""
    expected: str = ""
    source: str = ""

    def __str__(self) -> str:
        """One line for a terminal, whatever it quotes: place, sentence, remedy."""
        place = f"{one_line(str(self.place))}: " if str(self.place) else ""
        fix = f" → {one_line(self.fix_zh)}" if self.fix_zh else ""
        return f"{place}{one_line(self.zh)}{fix} [{self.code}]"


def one_line(text: str) -> str:
    """The text, cut where it is endless, with no character that a terminal would obey instead of show."""
    return visible(text if len(text) <= _LONGEST_SENTENCE else f"{text[:_LONGEST_SENTENCE]}…")


def visible(text: str) -> str:
    """The text with every character written out that a terminal would obey instead of show."""
    return text if text.isprintable() else "".join(_shown(each) for each in text)


def _shown(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "C" or category in _BREAKS:
        return character.encode("unicode_escape").decode()
    return character


def has_hard(issues: Iterable[Issue]) -> bool:
    """Whether any of the issues stops the input from being taken."""
    return any(issue.severity is Severity.HARD for issue in issues)


class ScoringError(Exception):
    """The root of everything that a caller of the library can do wrong."""


class RuleSetInvalid(ScoringError):
    """A rule set with hard issues was asked to score."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(f"规则集有 {len(self.issues)} 个问题,不能用于计分 (the rule set does not load)")


class UnknownNode(ScoringError):
    """A node was asked for that the rule set does not have."""

    def __init__(self, node: str) -> None:
        self.node = node
        super().__init__(f"规则集中没有 {node} (no such node in the rule set)")


class UnknownUnit(ScoringError):
    """A unit was asked for that is not assessed under the rule set."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(f"没有被考核单位 {unit} (no such assessed unit)")
