"""Workspaces: arrays to work in, kept from one scoring to the next so that memory is asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray


class Workspace:
    """Arrays by name, as large as the largest scoring so far needed them."""

    def __init__(self) -> None:
        self._kept: dict[str, NDArray[np.float64]] = {}

    def doubles(self, name: str, rows: int, units: int) -> NDArray[np.float64]:
        """An array of doubles with any content, shape (rows, units), contiguous."""
        size = rows * units
        kept = self._kept.get(name)
        if kept is None or len(kept) < size:
            kept = self._kept[name] = np.empty(size)
        return kept[:size].reshape(rows, units)


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
