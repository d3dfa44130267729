"""Draws are always the same, and shares of sums stay within them."""

from __future__ import annotations

import pytest

from sample_reports.generate.draws import draw, portion, running_share, share_within, split


def test_a_draw_depends_on_its_name_alone_and_keeps_its_bounds() -> None:
    # Written down: every sample would change if this did.
    assert [draw(0, 9, "440000", "清单", quarter) for quarter in range(8)] == WRITTEN_DOWN
    assert {draw(3, 5, each) for each in range(100)} == {3, 4, 5}


WRITTEN_DOWN = [7, 6, 9, 0, 9, 4, 6, 2]


def test_a_portion_is_rounded_up_or_down_and_keeps_its_mean() -> None:
    portions = [portion(10, 333, each) for each in range(1000)]
    assert set(portions) == {3, 4}
    assert 3250 <= sum(portions) <= 3410


@pytest.mark.parametrize(("amount", "weights"), [(10, (1, 1, 1)), (0, (2, 3)), (7, (224, 250, 257, 269))])
def test_the_parts_of_a_split_sum_to_the_amount(amount: int, weights: tuple[int, ...]) -> None:
    parts = split(amount, weights)
    assert sum(parts) == amount
    assert min(parts) >= 0


def test_a_running_share_catches_up_what_earlier_quarters_left() -> None:
    assert running_share((10, 10, 10), (500, 500, 1000)) == (5, 5, 20)


def test_a_share_within_never_exceeds_its_quarter() -> None:
    assert share_within((10, 10, 10), (500, 500, 1000)) == (5, 5, 10)
    assert share_within((0, 3, 0), (900, 900, 900)) == (0, 3, 0)
