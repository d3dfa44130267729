"""Competition places by the points of a node."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring.vectorised.ordering import competition_ranks, sorted_values
from scoring.vectorised.tree import EarnedColumn

Places = NDArray[np.int64]


def node_places(node: EarnedColumn) -> Places:
    """Competition places by a node's points; 0 where there are none, or the node is left out."""
    size = len(node.points.num)
    unplaced = [mask for mask in (node.blocked, node.left_out) if mask is not None]
    rows = np.flatnonzero(~np.logical_or.reduce(unplaced)) if unplaced else None
    return competition_ranks(sorted_values(node.points, rows), size)
