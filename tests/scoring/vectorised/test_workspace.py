"""Workspaces keep their arrays, and scorings at the same time do not share them."""

from __future__ import annotations

import numpy as np

from scoring.vectorised.workspace import Workspace, Workspaces


def test_a_sheet_is_the_same_memory_as_long_as_it_is_large_enough() -> None:
    workspace = Workspace()
    large = workspace.sheet("a", (3, 100))
    small = workspace.sheet("a", (2, 5))
    assert (large.shape, small.shape, small.flags.c_contiguous) == ((3, 100), (2, 5), True)
    assert np.shares_memory(large, small)
    assert not np.shares_memory(large, workspace.sheet("a", (4, 100)))
    assert not np.shares_memory(small, workspace.sheet("b", (2, 5)))


def test_a_sheet_can_hold_small_numbers() -> None:
    counts = Workspace().sheet("a", (3, 7), np.dtype(np.uint8))
    assert (counts.shape, str(counts.dtype), counts.nbytes) == ((3, 7), "uint8", 21)


def test_nothing_is_a_sheet_too() -> None:
    assert Workspace().sheet("a", (0, 7)).size == 0


def test_scorings_at_the_same_time_have_their_own_workspaces() -> None:
    workspaces = Workspaces()
    with workspaces.one() as first, workspaces.one() as second:
        assert first is not second
    with workspaces.one() as again:
        assert again in (first, second)
