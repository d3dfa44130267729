"""Kernels give what methods award, rounded half up, wherever they say that numbers have room."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring.methods.base import Method, Quantity, Subject
from scoring.methods.ladder import Ladder, Rung
from scoring.methods.piecewise import Knot, Piecewise
from scoring.methods.slope import Slope
from scoring.numbers import Rounding, RoundingMode
from scoring.vectorised.curves import curve_of
from scoring.vectorised.kernels import ROOM_LIMIT, doubles, kernel_kind, kernel_of, nearest
from scoring.vectorised.workspace import Workspace
from tests.support.random_methods import methods

FULL = Fraction(5, 2)
SCALES = st.sampled_from([Fraction(1), Fraction(100), Fraction(1, 100), Fraction(7, 3)])
TOPS = st.one_of(st.integers(-500, 20_000), st.integers(-(10**12), 10**12))
BOTTOMS = st.one_of(st.integers(1, 200), st.integers(1, 10**9))


def awarded(
    given_methods: list[Method],
    roundings: list[Rounding],
    scales: list[Fraction],
    cells: list[tuple[int, int]],
) -> tuple[list[list[int]], list[list[int]], list[bool]]:
    """What the kernel and what the methods give, as whole numbers on the grid, and which rows have room."""
    curves = [curve_of(method, FULL, higher=True) for method in given_methods]
    kernel = kernel_of([curve for curve in curves if curve is not None], scales, roundings)
    tops = np.array([[float(top) for top, _ in cells]] * len(curves))
    bottoms = np.array([[float(bottom) for _, bottom in cells]] * len(curves))
    points = np.zeros(tops.shape, dtype=np.int32)
    with np.errstate(all="ignore"):
        kernel.award(tops, bottoms, Workspace(), points)
    expected = [
        [
            int(
                rounding.apply(method.award(Subject(scale * Fraction(*cell), FULL)).points)
                * 10**rounding.places
            )
            for cell in cells
        ]
        for method, rounding, scale in zip(given_methods, roundings, scales, strict=True)
    ]
    most, deepest = max(abs(top) for top, _ in cells), max(bottom for _, bottom in cells)
    room = [c1 * most + c2 * deepest + c3 < ROOM_LIMIT for c1, c2, c3 in kernel.room]
    return np.asarray(points).tolist(), expected, room


@given(
    method=methods((), peers=False),
    places=st.integers(0, 4),
    scale=SCALES,
    cells=st.lists(st.tuples(TOPS, BOTTOMS), min_size=1, max_size=12),
)
def test_a_kernel_gives_what_the_method_awards(
    method: Method, places: int, scale: Fraction, cells: list[tuple[int, int]]
) -> None:
    curve, rounding = curve_of(method, FULL, higher=True), Rounding(places)
    assume(curve is not None and kernel_kind(curve, rounding) is not None)
    found, expected, room = awarded([method], [rounding], [scale], cells)
    assert found == expected or not room[0]


def share(percent: int) -> Quantity:
    return Quantity(Fraction(percent, 100), of_full=True)


SAME_KIND: dict[str, list[Method]] = {
    "lines": [
        Slope(target=Fraction(95), deduct=Fraction("0.05")),
        Slope(target=Fraction(90), deduct=Fraction(1, 3), per=Fraction(7), least=share(10)),
    ],
    "steps": [
        Ladder(
            rungs=(Rung("at_least", Fraction(limit), share(100)), Rung("at_least", Fraction(50), share(40)))
        )
        for limit in (95, Fraction(200, 3))
    ],
    "steps of two kinds": [
        Ladder(rungs=(Rung("above", Fraction(limit), share(100)), Rung("at_least", Fraction(50), share(40))))
        for limit in (95, 80)
    ],
    "bends": [
        Piecewise(
            points=(
                Knot(Fraction(start), share(0)),
                Knot(Fraction(80), share(90)),
                Knot(Fraction(100), share(100)),
            )
        )
        for start in (10, Fraction(100, 7))
    ],
}


@pytest.mark.parametrize("methods_of_a_kind", SAME_KIND.values(), ids=SAME_KIND.keys())
def test_rows_of_a_kernel_keep_to_themselves(methods_of_a_kind: list[Method]) -> None:
    halves = [(top, bottom) for bottom in (8, 50, 80, 200) for top in range(0, bottom * 5 // 4, 3)]
    roundings, scales = [Rounding(2), Rounding(1)], [Fraction(100), Fraction(100)]
    found, expected, room = awarded(methods_of_a_kind, roundings, scales, halves)
    assert found == expected
    assert all(room)


@pytest.mark.parametrize(
    ("method", "rounding", "has_one"),
    [
        (Slope(target=Fraction(9), deduct=Fraction(1)), Rounding(2), True),
        (Slope(target=Fraction(9), deduct=Fraction(1)), Rounding(2, RoundingMode.HALF_EVEN), False),
        (
            Slope(target=Fraction(9), deduct=Fraction(1), least=Quantity(Fraction(-1), of_full=False)),
            Rounding(2),
            False,
        ),
        (Slope(target=Fraction(9), deduct=Fraction(1), steps="whole"), Rounding(2), False),
        (SAME_KIND["steps"][0], Rounding(2, RoundingMode.CEIL), True),
    ],
)
def test_a_kernel_takes_only_what_it_does_exactly(method: Method, rounding: Rounding, has_one: bool) -> None:
    curve = curve_of(method, FULL, higher=True)
    assert curve is not None
    assert (kernel_kind(curve, rounding) is not None) is has_one


def test_a_row_without_room_says_so() -> None:
    method = Slope(target=Fraction(95), deduct=Fraction("0.05"))
    _, _, room = awarded([method], [Rounding(2)], [Fraction(100)], [(2**45, 1)])
    assert room == [False]


def test_numbers_too_large_for_doubles_are_without_end() -> None:
    assert doubles([10**400, -(10**400), 3]).tolist() == [np.inf, -np.inf, 3]
    assert nearest(Fraction(1, 3)) == 1 / 3
