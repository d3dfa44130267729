"""Workspaces: arrays to work in, kept from one scoring to the next so that memory is asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from scoring.vectorised.lanes import DOUBLES, Array, Lane


class Workspace:
    """Arrays by name, as large as the largest scoring so far needed them."""

    def __init__(self) -> None:
        self._kept: dict[str, NDArray[np.float64]] = {}

    def sheet(self, name: str, shape: tuple[int, ...], lane: Lane = DOUBLES) -> Array:
        """A contiguous array with any content; what the name held before is lost."""
        size = 1
        for length in shape:
            size *= length
        kept = self._kept.get(name)
        if kept is None or kept.nbytes < size * lane.itemsize:
            kept = self._kept[name] = np.empty(-(-size * lane.itemsize // 8))
        numbers = kept if lane == DOUBLES else kept.view(lane)
        return numbers[:size].reshape(shape)


class Workspaces:
    """The workspaces of a plan; scorings that run at the same time each get their own."""

    def __init__(self) -> None:
        self._spare: list[Workspace] = []

    @contextmanager
    def one(self) -> Iterator[Workspace]:
        """A workspace for one scoring."""
        try:
            workspace = self._spare.pop()
        except IndexError:
            workspace = Workspace()
        yield workspace
        self._spare.append(workspace)
