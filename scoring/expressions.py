"""What a formula is made of: small frozen nodes, and questions about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scoring.codes import ElementCode, MemberCode
from scoring.facts import Standing


class When(StrEnum):
    """For which time a figure is asked, seen from the scored period."""

    NOW = "now"
    """The year to date; in the checks of forms the period reported."""
    YEAR_TO_DATE = "year_to_date"
    THIS_QUARTER = "this_quarter"
    """Only the last quarter of the period; of half-yearly figures the half that ended last in the year,
    of yearly ones the year, where these are due by then."""
    PREVIOUS = "previous"
    """The quarter, half or year (as often as the figure is reported) before that of `this_quarter`."""
    WHOLE_YEAR = "whole_year"
    """Not due before the year is over."""
    LAST_YEAR = "last_year"
    """The year to date, a year earlier."""
    LAST_WHOLE_YEAR = "last_whole_year"
    LAST_Q4 = "last_q4"
    """The last quarter of last year: what is previous to the first quarter."""
    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"

    @property
    def quarter(self) -> int | None:
        """1 to 4 where a single quarter of the scored year is meant."""
        return int(self.value[1]) if self.value[0] == "q" else None


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula, or by the name of a constant of the rule set."""

    value: Fraction
    name: str = field(default="", compare=False)
    """That of the constant; empty for a number written as such."""


@dataclass(frozen=True, slots=True)
class Text:
    """A quoted word, to compare a choice with."""

    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A data element: summed over the named members of its breakdown, or over all when none is named."""

    element: ElementCode
    members: tuple[MemberCode, ...] = ()
    when: When = When.NOW
    excluded: tuple[MemberCode, ...] = ()
    """Where the members were named by those left out, these; only for `label`."""
    together: tuple[Figure, ...] = field(default=(), hash=False, repr=False)
    """All figures of the formula that take the same quarters, itself among them; empty: its own quarters."""

    @property
    def label(self) -> str:
        """As it is written in a formula."""
        name = f"{self.element}[{self._selection}]" if self.members else str(self.element)
        quarter = self.when.quarter
        if quarter:
            return f"{name}@Q{quarter}"
        if self.when is When.LAST_Q4:
            return f"{name}@上年Q4"
        return name if self.when is When.NOW else f"{self.when.value}({name})"

    @property
    def _selection(self) -> str:
        if not self.excluded:
            return ", ".join(self.members)
        left_out = ", ".join(self.excluded)
        return f"not ({left_out})" if len(self.excluded) > 1 else f"not {left_out}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A property of the assessed unit, such as its population."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Arithmetic: `+ - * / % **` on two operands, or `neg` on one."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`<= < >= > == !=` between two operands."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Logic:
    """`and`, `or` on two or more conditions, `not` on one; decided from the left."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if condition else otherwise`; only the branch taken counts."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the language."""

    function: str
    arguments: tuple[Expression, ...]


class OfQuarters(StrEnum):
    """What becomes of the quarters' numbers."""

    MEAN = "mean_of_quarters"
    SUM = "sum_of_quarters"
    MIN = "min_of_quarters"
    MAX = "max_of_quarters"


@dataclass(frozen=True, slots=True)
class OverQuarters:
    """An expression for each quarter due so far, each quarter by itself, and then one number of them all."""

    function: OfQuarters
    inner: Expression


MEMBER_FUNCTIONS = frozenset({"sum_members", "mean_members", "min_members", "max_members", "count_members"})
"""Calls whose arguments are one expression for each member of a breakdown; those not applicable count not."""


class StatisticKind(StrEnum):
    """What is reckoned of the values of many units."""

    MIN = "units_min"
    MAX = "units_max"
    MEAN = "units_mean"
    MEDIAN = "units_median"
    PERCENTILE = "units_percentile"
    """Linear between neighbours, as PERCENTILE.INC."""
    STDEV = "units_stdev"
    """Of a sample: divided by n - 1."""
    PSTDEV = "units_pstdev"
    """Of the whole population: divided by n."""
    SUM = "units_sum"
    SUMSQ = "units_sumsq"
    COUNT = "units_count"
    """Of a condition, how many units it holds for; of a number, how many units have it."""
    RANK = "units_rank"
    """The unit's own place, the greatest value first."""


REPORTED, PEERS, EVERY = "reported", "peers", "every"
SCOPES = (REPORTED, PEERS, EVERY)
"""All units that have a value; those of the own peer group; all units, and nothing where one has no value."""
COMPETITION = "competition"


@dataclass(frozen=True, slots=True)
class Statistic:
    """One number of an expression's values over the units of a scope.

    scope: one of SCOPES, or an attribute: the units with the same word there. position: of a percentile, 0
    to 100. ties: of a rank, how equal values are placed (a word of `Ties`).
    """

    kind: StatisticKind
    inner: Expression
    scope: str = REPORTED
    position: Fraction | None = None
    ties: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """An expression, and what stands for it where it has no value for one of the reasons.

    Where that has no value either, the expression's own reason remains. what, by: in words for people; the
    rule's own text for `by` where it is a formula.
    """

    inner: Expression
    reasons: tuple[Standing, ...]
    instead: Expression
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """The same expression for the period before the scored one, as it would have come out then."""

    inner: Expression


Expression = (
    Number
    | Text
    | Figure
    | Attribute
    | Operation
    | Comparison
    | Logic
    | Choice
    | Call
    | OverQuarters
    | Statistic
    | Substitute
    | Earlier
)


Sharing = frozenset[ElementCode]
"""The elements whose year-to-date figures within one formula take the same quarters."""
ASKS_HOW_IT_STANDS = frozenset({"is_missing", "is_not_applicable"})
"""Functions that look at the figure by itself."""


@dataclass(frozen=True)
class Formula:
    """A parsed formula and the text it was written as."""

    text: str
    root: Expression
    uses: tuple[str, ...] = ()
    """The definitions that it names; what they stand for is in `root`."""

    def written_out(self, quarters: tuple[int, ...], sharing: Sharing = frozenset()) -> Expression:
        """The formula for the quarters due, see `expanded`; made once, since every unit asks for the same."""
        key = quarters, sharing
        if key not in self._written_out:
            self._written_out[key] = expanded(self.root, quarters, sharing)
        return self._written_out[key]

    @cached_property
    def _written_out(self) -> dict[tuple[tuple[int, ...], Sharing], Expression]:
        return {}

    @cached_property
    def kept(self) -> dict[tuple[str, tuple[int, ...], MemberCode], tuple[Expression, tuple[Figure, ...]]]:
        """Room for forms of it that others make once; it plays no part in what the formula says."""
        return {}

    def figures(self) -> tuple[Figure, ...]:
        """Every figure asked for, in order of first appearance."""
        return tuple(dict.fromkeys(part for part in walk(self.root) if isinstance(part, Figure)))

    def divides(self) -> bool:
        """Whether a zero denominator can occur; a sample deviation divides by one less than the units."""
        return any(
            (isinstance(part, Operation) and part.operator in "/%" and asks(part.operands[1]))
            or (isinstance(part, Statistic) and part.kind is StatisticKind.STDEV)
            for part in walk(self.root)
        )

    def can_be_undefined(self) -> bool:
        """Whether a logarithm, root or power can be asked outside its domain."""
        return any(
            asks(part)
            for part in walk(self.root)
            if (isinstance(part, Call) and part.function in {"ln", "log10", "sqrt"})
            or (isinstance(part, Operation) and part.operator == "**")
        )


def is_condition(node: Expression) -> bool:
    """Whether the expression is true or false rather than a number or a word."""
    asks = isinstance(node, Call) and node.function in ASKS_HOW_IT_STANDS
    return asks or isinstance(node, Comparison | Logic)


def asks(node: Expression) -> bool:
    """Whether the expression depends on any figure, attribute or other unit."""
    return any(isinstance(part, Figure | Attribute | Statistic) for part in walk(node))


def walk(root: Expression) -> Iterator[Expression]:
    """The expression and all its parts, outermost first, from left to right."""
    yield root
    for part in parts(root):
        yield from walk(part)


def parts(node: Expression) -> tuple[Expression, ...]:
    """The direct parts of a node."""
    if isinstance(node, Operation | Logic):
        return node.operands
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Comparison):
        return node.left, node.right
    if isinstance(node, Choice):
        return node.condition, node.then, node.otherwise
    if isinstance(node, Substitute):
        return node.inner, node.instead
    return (node.inner,) if isinstance(node, OverQuarters | Statistic | Earlier) else ()


def at_quarter(node: Expression, quarter: int) -> Expression:
    """The same expression about one quarter of the scored year; times said by a word of the year stay."""
    if isinstance(node, Figure):
        when = _WHEN_OF_QUARTER.get((node.when, quarter), node.when)
        return node if when is node.when else replace(node, when=when)
    return rebuilt(node, tuple(at_quarter(part, quarter) for part in parts(node)))


_WHEN_OF_QUARTER: Mapping[tuple[When, int], When] = {
    (when, quarter): When(f"q{quarter}") for when in (When.NOW, When.THIS_QUARTER) for quarter in (1, 2, 3, 4)
} | {
    (When.PREVIOUS, 1): When.LAST_Q4,
    (When.PREVIOUS, 2): When.Q1,
    (When.PREVIOUS, 3): When.Q2,
    (When.PREVIOUS, 4): When.Q3,
}


def at_member(node: Expression, member: MemberCode, elements: Collection[ElementCode]) -> Expression:
    """The same expression about one member of the elements' breakdown, wherever none is selected."""
    if isinstance(node, Figure):
        return node if node.members or node.element not in elements else replace(node, members=(member,))
    return rebuilt(node, tuple(at_member(part, member, elements) for part in parts(node)))


def expanded(root: Expression, quarters: tuple[int, ...], sharing: Sharing = frozenset()) -> Expression:
    """The expression with all that goes over quarters written out for the quarters due.

    sharing: elements whose figures of several quarters take those that all of them have reported.
    """
    written_out = _expanded(root, quarters)
    return _sharing_quarters(written_out, sharing) if sharing and len(quarters) > 1 else written_out


_TO_DATE = frozenset({When.NOW, When.YEAR_TO_DATE, When.LAST_YEAR})


def _sharing_quarters(root: Expression, sharing: Sharing) -> Expression:
    """The expression in which the figures to date of these elements, where there are several, are together.

    What stands in for another, and what is reckoned over the units, is a formula by itself; so is what came
    out in the period before, which is written out when it is reckoned.
    """
    found = tuple(dict.fromkeys(each for each in _own_figures(root) if _is_shared(each, sharing)))
    together = found if len(found) > 1 else ()

    def rewritten(node: Expression) -> Expression:
        if isinstance(node, Figure):
            return replace(node, together=together) if together and _is_shared(node, sharing) else node
        if isinstance(node, Earlier) or _looks_at_it_alone(node):
            return node
        if isinstance(node, Statistic):
            return rebuilt(node, (_sharing_quarters(node.inner, sharing),))
        if isinstance(node, Substitute):
            return rebuilt(node, (rewritten(node.inner), _sharing_quarters(node.instead, sharing)))
        return rebuilt(node, tuple(rewritten(part) for part in parts(node)))

    return rewritten(root)


def _own_figures(node: Expression) -> Iterator[Figure]:
    if isinstance(node, Figure):
        yield node
    elif isinstance(node, Substitute):
        yield from _own_figures(node.inner)
    elif not isinstance(node, Statistic | Earlier) and not _looks_at_it_alone(node):
        for part in parts(node):
            yield from _own_figures(part)


def _is_shared(figure: Figure, sharing: Sharing) -> bool:
    return figure.when in _TO_DATE and figure.element in sharing and not figure.together


def _looks_at_it_alone(node: Expression) -> bool:
    return isinstance(node, Call) and node.function in ASKS_HOW_IT_STANDS


def _expanded(node: Expression, quarters: tuple[int, ...]) -> Expression:
    if isinstance(node, OverQuarters):
        each = tuple(_expanded(at_quarter(node.inner, quarter), quarters) for quarter in quarters)
        if node.function in {OfQuarters.MIN, OfQuarters.MAX}:
            return each[0] if len(each) == 1 else Call(node.function.value[:3], each)
        total = each[0]
        for term in each[1:]:
            total = Operation("+", (total, term))
        if node.function is OfQuarters.SUM:
            return total
        return Operation("/", (total, Number(Fraction(len(each)))))
    if isinstance(node, Earlier):
        return node  # its quarters are those of the period before
    return rebuilt(node, tuple(_expanded(part, quarters) for part in parts(node)))


def rebuilt(node: Expression, new: tuple[Expression, ...]) -> Expression:
    """The node with other parts; itself where nothing changed."""
    if new == parts(node):
        return node
    if isinstance(node, Operation | Logic):
        return type(node)(node.operator, new)
    if isinstance(node, Call):
        return Call(node.function, new)
    if isinstance(node, Comparison):
        return Comparison(node.operator, *new)
    if isinstance(node, Choice):
        return Choice(*new)
    if isinstance(node, Substitute):
        return replace(node, inner=new[0], instead=new[1])
    if isinstance(node, OverQuarters | Statistic | Earlier):
        return replace(node, inner=new[0])
    raise TypeError(f"{type(node).__name__} has no parts: {[field.name for field in fields(node)]}")
