"""Every method: nothing that it awards is less than the least that it says it gives."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import ElementCode, FormCode
from scoring.methods.base import Method, Subject
from scoring.methods.direct import Direct
from scoring.methods.graded import Graded
from scoring.numbers import shown
from scoring.rulebook.forms import Element, ElementType, Frequency, OverTime, Provider
from tests.support.random_methods import methods

CHOICES = [
    Element(
        code=ElementCode("C1"),
        name="做了没有",
        form=FormCode("F"),
        provider=Provider.REGION,
        measure="",
        type=ElementType.CHOICE,
        frequency=Frequency.QUARTERLY,
        over_time=OverTime.LAST,
        choices=("是", "否"),
    )
]
NUMBERS = st.integers(-2_000, 2_000).map(lambda tenths: Fraction(tenths, 10))


@given(
    method=methods(CHOICES).filter(lambda each: not isinstance(each, Graded)),
    full=st.integers(0, 40).map(lambda each: Fraction(each, 4)),
    peers=st.lists(NUMBERS, min_size=1, max_size=6).map(sorted),
    place=st.integers(0, 5),
    higher=st.booleans(),
)
def test_nothing_awarded_is_less_than_the_least(
    method: Method, full: Fraction, peers: list[Fraction], place: int, higher: bool
) -> None:
    points = method.award(Subject(peers[place % len(peers)], full, higher, peers)).points
    if isinstance(method, Direct) and method.least is None:
        assert method.lowest(full) == 0
    else:
        assert points >= method.lowest(full), shown(points)
