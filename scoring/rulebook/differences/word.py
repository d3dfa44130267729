"""What a field of a rule set is called in Chinese, and what a change of it can touch."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.rulebook.differences.changes import Weight


@dataclass(frozen=True, slots=True)
class Word:
    """A field in Chinese: its name, what a change of it can touch, and what its absence is called."""

    name: str
    weight: Weight = Weight.NONE
    absent: str = "无"
    template: bool = False
    """Whether a change of it changes the workbooks to fill in."""
    share: bool = False
    """Whether the number is a share, to be shown in percent."""


def says(name: str) -> Word:
    """Said to people alone."""
    return Word(name)


def scores(name: str, absent: str = "无") -> Word:
    """Moves points."""
    return Word(name, Weight.POINTS, absent)


def share(name: str) -> Word:
    """Moves points, and is a share."""
    return Word(name, Weight.POINTS, share=True)


def asks(name: str) -> Word:
    """Changes what reports ask for."""
    return Word(name, Weight.REPORTS, template=True)


def checks(name: str) -> Word:
    """Changes what reports are held to."""
    return Word(name, Weight.REPORTS)


def scores_and_asks(name: str) -> Word:
    """Moves points and changes what reports ask for."""
    return Word(name, Weight.POINTS, template=True)
