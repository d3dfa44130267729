"""Strategies for inner nodes of every kind: aggregates, formulas over children, coverage, best, bounds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from scoring.child_formulas import CHILD_WORDS, child_name
from scoring.codes import NodeCode
from scoring.expressions import Attribute, Call, Choice, Comparison, Expression, Formula, Number, Operation
from scoring.numbers import Rounding, RoundingMode
from scoring.rulebook.rules import Aggregate, Coverage, Node, Policy

_ROUNDINGS = st.builds(Rounding, st.integers(0, 4), st.sampled_from(RoundingMode))
_NUMBERS = st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 3), Fraction(50)])
_SHARES = st.sampled_from([Fraction(1, 100), Fraction(1, 2), Fraction(2, 3), Fraction(1)])
_BELOW = st.sampled_from(
    [
        Policy(share=None, blocks=True),
        Policy(share=None),
        Policy(share=Fraction(0)),
        Policy(share=Fraction(3, 5)),
    ]
)


@st.composite
def nodes(draw: st.DrawFn, code: NodeCode, parent: NodeCode | None, children: tuple[NodeCode, ...]) -> Node:
    """An inner node; most are plain sums, as in real trees."""
    aggregate = draw(st.sampled_from([Aggregate.SUM] * 6 + list(Aggregate)))
    usual = draw(st.integers(0, 2)) > 0
    bounds = st.just(None) if usual else st.sampled_from([None, None, Fraction(-1), Fraction(0), Fraction(2)])
    formula = draw(child_formulas(children)) if aggregate is Aggregate.FORMULA else None
    return Node(
        code=code,
        title=str(code),
        kind="item",
        points=draw(st.sampled_from([None, Fraction(10), Fraction(100), Fraction(0)])),
        children=children,
        parent=parent,
        weight=draw(st.sampled_from([Fraction(1), Fraction(1), Fraction(3, 2), Fraction(1, 3)])),
        aggregate=aggregate,
        formula=formula,
        weights_of_all=not usual and draw(st.booleans()),
        coverage=None
        if usual
        else draw(st.one_of(st.none(), st.builds(Coverage, at_least=_SHARES, below=_BELOW))),
        rescale=draw(st.booleans()),
        best=None if usual else draw(st.sampled_from([None, Fraction(100), Fraction(7, 3)])),
        at_least=draw(bounds),
        at_most=None if usual else draw(st.sampled_from([None, None, Fraction(3), Fraction(1, 2)])),
        name_best=draw(st.booleans()),
        rounding=draw(st.one_of(st.none(), st.none(), _ROUNDINGS)),
    )


def child_formulas(children: Sequence[NodeCode]) -> st.SearchStrategy[Formula]:
    """Formulas over the children, of a few parts."""
    numbers: st.SearchStrategy[Expression] = st.builds(Number, _NUMBERS)
    leaves = numbers
    if children:
        names = st.builds(child_name, st.sampled_from(CHILD_WORDS), st.sampled_from(children))
        leaves = st.one_of(numbers, st.builds(Attribute, names), st.builds(Attribute, names))
    return st.recursive(leaves, _larger, max_leaves=5).map(lambda root: Formula("…", root))


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.builds(Operation, st.sampled_from("+-*/"), pairs),
        st.builds(Call, st.sampled_from(["min", "max", "coalesce"]), pairs),
        st.builds(Choice, st.builds(Comparison, st.sampled_from([">", "=="]), inner, inner), inner, inner),
    )
