"""Kernels about peers give what the methods award to each unit of a group."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.codes import NodeCode
from scoring.methods.base import Method, Quantity, Subject
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.numbers import Rounding, RoundingMode
from scoring.rulebook.rules import Indicator
from scoring.vectorised.peer_kernels import peer_kernel, peer_kind

CELLS = st.one_of(
    st.tuples(st.integers(0, 12), st.integers(1, 4)),
    st.tuples(st.integers(-(10**7), 10**7), st.integers(1, 10**7)),
)
FULL = st.sampled_from([Fraction(0), Fraction(1), Fraction(5, 2), Fraction(10, 3)])


def indicator(method: Method, full: Fraction = Fraction(2), direction: str = "higher") -> Indicator:
    return Indicator(
        code=NodeCode("I"),
        name="I",
        parent=NodeCode("total"),
        points=full,
        method=method,
        direction=direction,
        rounding=Rounding(2),
    )


def awarded(
    indicators: list[Indicator], cells: list[tuple[int, int]]
) -> tuple[list[list[int]], list[list[int]]]:
    """What the kernel and what the methods give, in hundredths; every indicator looks at the same values."""
    kernel = peer_kernel(indicators, [100] * len(indicators))
    tops, bottoms = np.array(cells, dtype=np.float64).T
    values = np.array([tops / bottoms] * len(indicators))
    points = np.zeros(values.shape, dtype=np.int32)
    kernel.award(slice(0, len(indicators)), values, lambda _, unit: cells[unit], points)
    fractions = [Fraction(*cell) for cell in cells]
    peers = sorted(fractions)
    expected = [
        [
            int(
                Rounding(2).apply(
                    each.method.award(Subject(value, each.points, each.direction != "lower", peers)).points
                )
                * 100
            )
            for value in fractions
        ]
        for each in indicators
    ]
    return np.asarray(points).tolist(), expected


@given(
    ties=st.sampled_from(["best", "worst", "mean"]),
    direction=st.sampled_from(["higher", "lower"]),
    fulls=st.lists(FULL, min_size=1, max_size=3),
    cells=st.lists(CELLS, min_size=1, max_size=12),
)
def test_ranks_are_awarded_as_the_method_does(
    ties: str, direction: str, fulls: list[Fraction], cells: list[tuple[int, int]]
) -> None:
    found, expected = awarded([indicator(PeerRank(ties=ties), full, direction) for full in fulls], cells)
    assert found == expected


@given(
    bests=st.lists(st.sampled_from(["max", "min"]), min_size=1, max_size=3),
    full=FULL,
    equal=st.sampled_from([Quantity(Fraction(1), of_full=True), Quantity(Fraction(1, 3), of_full=False)]),
    cells=st.lists(CELLS, min_size=1, max_size=12),
)
def test_ranges_are_awarded_as_the_method_does(
    bests: list[str], full: Fraction, equal: Quantity, cells: list[tuple[int, int]]
) -> None:
    found, expected = awarded([indicator(PeerRange(best=best, equal=equal), full) for best in bests], cells)
    assert found == expected


def test_a_range_counts_halves_exactly() -> None:
    # with full points 2 each of 400 steps is half a hundredth: every second value is a tie of the rounding
    cells = [(step, 1) for step in range(401)]
    found, expected = awarded([indicator(PeerRange())], cells)
    assert found == expected
    assert found[0][:4] == [0, 1, 1, 2]


@given(st.integers(-(10**7), 10**7), st.integers(1, 10**3), st.integers(1, 200))
def test_values_close_together_far_from_zero_leave_doubts_that_are_settled(
    far: int, near: int, steps: int
) -> None:
    # the differences are so small beside the values that doubles keep few of their digits
    cells = [(far * 1000 * steps + step, 1000 * near) for step in range(min(steps, 12) + 1)]
    found, expected = awarded([indicator(PeerRange()), indicator(PeerRange(best="min"))], cells)
    assert found == expected


@pytest.mark.parametrize("size", [1, 2, 999, 1000, 3000])
def test_groups_of_all_sizes_are_ranked_alike(size: int) -> None:
    random = np.random.default_rng(size)
    cells = [
        (int(top), int(bottom))
        for top, bottom in zip(random.integers(0, 300, size), random.integers(1, 9, size), strict=True)
    ]
    found, expected = awarded([indicator(PeerRank()), indicator(PeerRank(), Fraction(5, 3))], cells)
    assert found == expected


@pytest.mark.parametrize(
    ("given_indicator", "has_one"),
    [
        (indicator(PeerRank()), True),
        (indicator(PeerRange(equal=Quantity(Fraction(-1), of_full=False))), False),
        (indicator(PeerRank(), Fraction(-1)), False),
        (
            Indicator(
                code=NodeCode("I"), name="", parent=NodeCode("t"), points=Fraction(1), method=PeerRank()
            ),
            False,
        ),
        (
            Indicator(
                code=NodeCode("I"),
                name="",
                parent=NodeCode("t"),
                points=Fraction(1),
                method=PeerRank(),
                rounding=Rounding(2, RoundingMode.FLOOR),
            ),
            False,
        ),
    ],
)
def test_a_kernel_takes_only_what_it_does_exactly(given_indicator: Indicator, has_one: bool) -> None:
    assert (peer_kind(given_indicator) is not None) is has_one
