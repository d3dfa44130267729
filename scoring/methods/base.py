"""What every scoring method is: frozen parameters, and one way of turning a value into points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Protocol

from scoring.facts import Amount
from scoring.numbers import shown


@dataclass(frozen=True, slots=True)
class Quantity:
    """Points as a rule writes them: an absolute number, or a share of full points ("80%")."""

    amount: Fraction
    of_full: bool

    def points(self, full: Fraction) -> Fraction:
        """The quantity in points."""
        return self.amount * full if self.of_full else self.amount

    def __str__(self) -> str:
        """As a rule writes it."""
        return f"{shown(self.amount * 100)}%" if self.of_full else shown(self.amount)


FULL = Quantity(Fraction(1), of_full=True)
NOTHING = Quantity(Fraction(0), of_full=False)


@dataclass(frozen=True, slots=True)
class Award:
    """Points before rounding, and the steps that led there, in Chinese, one sentence each."""

    points: Fraction
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a method looks at: the value of one unit, its peers' values, the indicator's full points."""

    value: Amount
    full: Fraction
    higher_is_better: bool = True
    peers: Sequence[Fraction] = ()
    """The values of the whole group, the unit's own among them, in ascending order; only where needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a method as rule files write it; the reader of rule files goes by these."""

    name: str
    kind: str
    """number | positive | quantity | word | rungs | knots | parts | scale | bands"""
    default: object = None
    required: bool = False
    words: tuple[str, ...] = ()
    meaning: str = ""
    may_be_none: bool = False
    """Whether `none` may be written, for no limit at all."""


class Method(Protocol):
    """A scoring method with its parameters filled in."""

    kind: ClassVar[str]
    title: ClassVar[str]
    peers: ClassVar[bool]
    """Whether the values of the other units are needed."""
    parameters: ClassVar[tuple[Parameter, ...]]

    def award(self, subject: Subject) -> Award:
        """The points of one unit, unrounded, within the method's own limits."""

    def lowest(self, full: Fraction) -> Fraction:
        """The least points that it can give; 0 where it has no lower limit."""

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """The method in Chinese, as the printed scoring rules say it; one line a rung or step."""


def clamp(points: Fraction, least: Fraction | None, most: Fraction | None) -> Fraction:
    """The points within [least, most], both inclusive; None is no limit on that side."""
    below = points if most is None else min(most, points)
    return below if least is None else max(least, below)


def limit(quantity: Quantity | None, full: Fraction) -> Fraction | None:
    """The least or most points that a method gives; None where it has no such limit."""
    return None if quantity is None else quantity.points(full)


def at_least(least: Quantity | None, full: Fraction) -> str:
    """The lower limit as the printed rules say it."""
    return "可以为负" if least is None else f"最少 {shown(least.points(full))} 分"


def at_most(most: Quantity | None, full: Fraction) -> str:
    """The limit as the printed rules say it."""
    return "不封顶" if most is None else f"最多 {shown(most.points(full))} 分"
