"""When a figure is doubtful: the limits of what submitters must explain and of what reviewers are shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scoring.codes import ElementCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """A figure that moved by more than a share since last quarter, or since the same quarter last year."""

    elements: tuple[ElementCode, ...] = ()
    """Empty = every number of a form."""
    over: Fraction = Fraction(3, 10)
    """Share of the earlier figure; exactly so much is still no change worth a word."""
    base: Fraction = Fraction(30)
    """Earlier figures below it are compared with nothing."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRule:
    """A figure far from the median of the unit's own earlier ones, by the robust z of their logarithms."""

    elements: tuple[ElementCode, ...] = ()
    z: Fraction = Fraction(7, 2)
    """0.6745 · |ln x - median| / MAD; exactly so much is not far."""
    periods: int = 4
    """So many earlier figures at least."""
    base: Fraction = Fraction(30)
    """A median below it is compared with nothing."""
    spread: Fraction = Fraction(1, 20)
    """The MAD counts as that of a series that moves by this share at least: none is ever quite steady."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeersRule:
    """A figure per head far from the median of the unit's group; see `HistoryRule` for the robust z."""

    elements: tuple[ElementCode, ...] = ()
    per: str = ""
    """The attribute that figures are divided by; empty = by nothing."""
    z: Fraction = Fraction(7, 2)
    units: int = 6
    """So many other units at least; where the own group has fewer, all units are the group."""
    base: Fraction = Fraction(30)
    """The figure and the median unit's would be so many at least."""
    spread: Fraction = Fraction(1, 10)
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameFigureRule:
    """The same figure in so many periods running."""

    periods: int = 4
    at_least: Fraction = Fraction(3)
    """Smaller ones are equal by chance too often."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDigitRule:
    """More figures that end in 0 or 5 than chance would give."""

    figures: int = 40
    """So many figures of at least `at_least` must there be."""
    at_least: Fraction = Fraction(100)
    chance: Fraction = Fraction(1, 1000)
    """Found where so many or more would come up with a smaller probability."""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnThresholdRule:
    """An indicator's value exactly on a step of its scoring in so many periods running."""

    periods: int = 3
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualBlockRule:
    """So many neighbouring figures that are those of another unit, or of the unit's own last period."""

    figures: int = 6
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plausibility:
    """Which of these a rule set looks for; None = not at all.

    What the first two find is told to the submitter and needs an explanation; all others are for the
    reviewer alone.
    """

    change: ChangeRule | None = None
    history: HistoryRule | None = None
    peers: PeersRule | None = None
    same_figure: SameFigureRule | None = None
    last_digit: LastDigitRule | None = None
    on_threshold: OnThresholdRule | None = None
    equal_block: EqualBlockRule | None = None
