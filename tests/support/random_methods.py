"""Strategies for scoring methods: any kind, with any parameters that a rule file may give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from hypothesis import strategies as st

from scoring.methods.attain import Attain
from scoring.methods.base import Method, Quantity
from scoring.methods.checklist import Checklist, Part
from scoring.methods.credit import Credit
from scoring.methods.deduction import Deduction
from scoring.methods.direct import Direct
from scoring.methods.graded import Graded
from scoring.methods.ladder import Ladder, Rung
from scoring.methods.peer_quantiles import PeerQuantiles, QuantileBand
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.methods.piecewise import Knot, Piecewise
from scoring.methods.slope import Slope
from scoring.rulebook.forms import Element
from tests.support.random_formulas import CONSTANTS, PLAIN, WORDS

QUANTITIES = st.one_of(
    st.builds(Quantity, st.sampled_from([Fraction(each, 4) for each in range(-2, 13)]), st.just(False)),
    st.builds(Quantity, st.sampled_from([Fraction(each, 10) for each in range(13)]), st.just(True)),
)

LIMITS = st.one_of(QUANTITIES, QUANTITIES, QUANTITIES, st.none())
"""The least or most that a method gives; None = no limit."""

# each looks at the elements, though only checklists need them
Maker = Callable[[Sequence[Element]], st.SearchStrategy[Method]]


@st.composite
def methods(draw: st.DrawFn, known: Sequence[Element], *, peers: bool = True) -> Method:
    """A method of any kind with any parameters that a rule file may give it."""
    makers: list[Maker] = [_slope, _ladder, _piecewise, _linear, _linear]
    if peers:
        makers += [_peer, _peer, _graded, _checklist]
    return draw(draw(st.sampled_from(makers))(known))


@st.composite
def _slope(draw: st.DrawFn, _: Sequence[Element], /) -> Method:
    return Slope(
        target=draw(PLAIN),
        deduct=draw(CONSTANTS),
        per=draw(st.sampled_from([Fraction(1), Fraction(5), Fraction("0.3")])),
        add=draw(st.sampled_from([Fraction(0), Fraction(0), Fraction(1, 3), Fraction(-1)])),
        steps=draw(st.sampled_from(["continuous", "continuous", "whole", "started"])),
        least=draw(QUANTITIES),
        most=draw(LIMITS),
    )


@st.composite
def _ladder(draw: st.DrawFn, _: Sequence[Element], /) -> Method:
    downward = draw(st.booleans())
    names = ["at_least", "above"] if downward else ["at_most", "below"]
    limits = sorted(set(draw(st.lists(PLAIN, min_size=1, max_size=5))), reverse=downward)
    mixed = draw(st.integers(0, 3)) == 0
    rungs = [
        Rung(draw(st.sampled_from(names)) if mixed else names[0], limit, draw(QUANTITIES)) for limit in limits
    ]
    return Ladder(rungs=tuple(rungs), otherwise=draw(QUANTITIES))


@st.composite
def _piecewise(draw: st.DrawFn, _: Sequence[Element], /) -> Method:
    at = sorted(draw(st.sets(PLAIN, min_size=2, max_size=4)))
    return Piecewise(points=tuple(Knot(each, draw(QUANTITIES)) for each in at))


@st.composite
def _linear(draw: st.DrawFn, _: Sequence[Element], /) -> Method:
    least, most = draw(QUANTITIES), draw(LIMITS)
    kind = draw(st.integers(0, 3))
    if kind == 0:
        start = draw(PLAIN)
        target = draw(PLAIN.filter(lambda each: each != start))
        return Attain(target=target, start=start, least=least, most=most)
    if kind == 1:
        return Credit(each=draw(CONSTANTS), least=least, most=most)
    return (
        Deduction(each=draw(CONSTANTS), least=least) if kind == 2 else Direct(least=draw(LIMITS), most=most)
    )


@st.composite
def _peer(draw: st.DrawFn, _: Sequence[Element], /) -> Method:
    group = draw(st.sampled_from(["peers", "all"]))
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return PeerRange(best=draw(st.sampled_from(["max", "min"])), equal=draw(QUANTITIES), group=group)
    if kind == 1:
        return PeerRank(group=group, ties=draw(st.sampled_from(["best", "worst", "mean"])))
    at = sorted(
        draw(st.sets(st.integers(0, 20).map(lambda each: Fraction(each, 20)), min_size=1, max_size=3))
    )
    bands = tuple(QuantileBand(each, draw(QUANTITIES)) for each in reversed(at))
    return PeerQuantiles(bands=bands, otherwise=draw(QUANTITIES), group=group)


@st.composite
def _graded(draw: st.DrawFn, _: Sequence[Element], /) -> Method:
    scale = {word: draw(QUANTITIES) for word in draw(st.sets(st.sampled_from(WORDS)))}
    return Graded(scale=scale, otherwise=draw(QUANTITIES))


@st.composite
def _checklist(draw: st.DrawFn, known: Sequence[Element], /) -> Method:
    parts = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique_by=lambda each: each.code))
    earn = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(0)])
    return Checklist(parts=tuple(Part(part.code, part.name, draw(earn)) for part in parts))
