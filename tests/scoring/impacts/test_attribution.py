"""A difference split over steps: it always sums, and every step gets what it brings whatever the order."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.impacts.attribution import MOST_SPLIT, Split, Steps, split_difference

FRACTIONS = st.fractions(min_value=-100, max_value=100, max_denominator=60)


def split_one(count: int, worth: Callable[[Steps], Fraction]) -> Split:
    """The split of a single figure."""
    ends = [[worth(frozenset())], [worth(frozenset(range(count)))]]
    return split_difference(count, lambda steps: [worth(steps)], *ends)[0]


def by_all_orders(count: int, worth: Callable[[Steps], Fraction]) -> list[Fraction]:
    """What each step brings on the average of all orders, by going through them."""
    sums = [Fraction(0)] * count
    orders = list(permutations(range(count)))
    for order in orders:
        for place, step in enumerate(order):
            taken = frozenset(order[:place])
            sums[step] += worth(taken | {step}) - worth(taken)
    return [each / len(orders) for each in sums]


@given(st.integers(1, 5), st.lists(FRACTIONS, min_size=32, max_size=32))
def test_each_part_is_the_mean_over_all_orders_and_the_parts_are_the_difference(
    count: int, table: list[Fraction]
) -> None:
    def worth(steps: Steps) -> Fraction:
        return table[sum(1 << step for step in steps)]

    split = split_one(count, worth)
    assert list(split.parts) == by_all_orders(count, worth)
    assert split.rest == 0
    assert split.whole == worth(frozenset(range(count))) - worth(frozenset())


@given(st.lists(FRACTIONS, min_size=1, max_size=MOST_SPLIT))
def test_steps_that_only_add_get_what_they_add(added: list[Fraction]) -> None:
    split = split_one(len(added), lambda steps: sum((added[step] for step in steps), Fraction(7)))
    assert split == Split(tuple(added))


def test_two_steps_that_only_work_together_share() -> None:
    split = split_one(3, lambda steps: Fraction(6 if {0, 1} <= steps else 0))
    assert split == Split((Fraction(3), Fraction(3), Fraction(0)))


def test_beyond_the_limit_each_step_is_taken_alone_and_the_rest_is_said() -> None:
    count = MOST_SPLIT + 1
    asked: list[Steps] = []

    def worth(steps: Steps) -> Fraction:
        asked.append(steps)
        return Fraction(len(steps) ** 2)

    split = split_one(count, worth)
    assert split == Split((Fraction(1),) * count, Fraction(count**2 - count))
    assert split.whole == count**2
    assert max(len(steps) for steps in asked[2:]) == 1


def test_what_the_steps_do_not_lead_to_is_the_rest() -> None:
    (split,) = split_difference(1, lambda steps: [Fraction(len(steps))], [Fraction(0)], [Fraction(5)])
    assert split == Split((Fraction(1),), Fraction(4))


def test_without_steps_the_whole_difference_is_rest() -> None:
    assert split_difference(0, lambda _: [], [Fraction(1)], [Fraction(3)]) == (Split((), Fraction(2)),)


@pytest.mark.parametrize("count", [1, MOST_SPLIT])
def test_every_combination_is_asked_for_once(count: int) -> None:
    asked: list[Steps] = []

    def worth(steps: Steps) -> list[Fraction]:
        asked.append(steps)
        return [Fraction(0), Fraction(1)]

    found = split_difference(count, worth, [Fraction(0), Fraction(1)], [Fraction(0), Fraction(1)])
    assert len(asked) == len(set(asked)) == 2**count - 1
    assert found == (Split((Fraction(0),) * count),) * 2
