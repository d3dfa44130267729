"""The words of the formula language: its functions, their arguments, and the names a rule set adds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from scoring.codes import ElementCode, MemberCode
from scoring.expressions import MEMBER_FUNCTIONS, Expression, OfQuarters, StatisticKind, When

LONGEST_FORMULA = 2_000
MOST_PARTS = 400
DEEPEST_FORMULA = 100
MOST_WRITTEN_OUT = 5_000
"""Parts of a formula once its definitions are put in, and members and quarters written out."""
DEEPEST_WRITTEN_OUT = 150
MOST_PLACES = 12
FUNCTIONS: Mapping[str, tuple[int, int]] = {
    "IF": (3, 3),
    "min": (2, 50),
    "max": (2, 50),
    "abs": (1, 1),
    "clamp": (3, 3),
    "round": (1, 2),
    "round_half_even": (1, 2),
    "floor": (1, 2),
    "ceil": (1, 2),
    "truncate": (1, 2),
    "sqrt": (1, 1),
    "ln": (1, 2),
    "log10": (1, 1),
    "coalesce": (2, 50),
    "is_missing": (1, 1),
    "is_not_applicable": (1, 1),
}
"""Each function with the least and greatest number of its arguments."""
TIME_WORDS: Mapping[str, When] = {
    "year_to_date": When.YEAR_TO_DATE,
    "this_quarter": When.THIS_QUARTER,
    "previous": When.PREVIOUS,
    "whole_year": When.WHOLE_YEAR,
    "last_year": When.LAST_YEAR,
    "same_period_last_year": When.LAST_YEAR,
    "last_whole_year": When.LAST_WHOLE_YEAR,
}
"""Words around one element: for which time its figure is asked."""
QUARTER_WORDS = frozenset(OfQuarters)
"""Words around an expression that is looked at quarter by quarter."""
STATISTICS: Mapping[str, tuple[int, int]] = {
    **{kind.value: (1, 2) for kind in StatisticKind},
    StatisticKind.PERCENTILE.value: (2, 3),
    StatisticKind.RANK.value: (1, 3),
}
"""Each statistic over units with the least and greatest number of its arguments."""
ALL_FUNCTIONS = frozenset({*FUNCTIONS, *TIME_WORDS, *QUARTER_WORDS, *MEMBER_FUNCTIONS, *STATISTICS})
_FULL_WIDTH = str.maketrans("（），×÷－＋［］＞＜", "(),*/-+[]><")


def half_width(text: str) -> str:
    """The text with the signs of the language as the language writes them; as long as before."""
    return text.translate(_FULL_WIDTH)


@dataclass(frozen=True, slots=True)
class Defined:
    """What a definition stands for, with how many parts and levels it brings into a formula."""

    root: Expression
    parts: int
    levels: int


@dataclass(frozen=True, slots=True)
class StandIn:
    """What stands for an element that was not reported: its name, and the formula as text and expression."""

    what: str
    by: str
    root: Expression


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a formula may use: elements with the members of their breakdowns, attributes, constants."""

    elements: Mapping[str, tuple[MemberCode, ...]] = field(default_factory=dict)
    attributes: Collection[str] = ()
    constants: Mapping[str, Fraction] = field(default_factory=dict)
    aliases: Mapping[str, ElementCode] = field(default_factory=dict)
    """Other names of elements, such as their Chinese names."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words of those elements that are choices, and of no other."""
    worded: Collection[str] = ()
    """Those attributes that hold a word, such as the peer group."""
    own: Collection[str] = ()
    """Those attributes that are known of the scored unit alone, so that no statistic can ask for them."""
    tables: Collection[str] = ()
    """Tables of parameters, which are read like attributes."""
    definitions: Mapping[str, Defined] = field(default_factory=dict)
    stand_ins: Mapping[ElementCode, StandIn] = field(default_factory=dict)
    """What stands for elements that were not reported, in the formulas of scoring."""
    statistics: bool = False
    """Whether a formula may look at other units."""

    def names(self) -> frozenset[str]:
        """Every name there is."""
        own = (*self.elements, *self.aliases, *self.constants, *self.attributes)
        return frozenset((*own, *self.tables, *self.definitions))
