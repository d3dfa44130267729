"""Input cells that were merged: of one value for two figures nobody can tell whose it is."""

from __future__ import annotations

from collections.abc import Mapping

from intake.addresses import split_address, split_range
from intake.fields import Field
from intake.spots import Spot
from intake.table import Table
from intake.wording import fault, worded
from intake.wording_sheets import SHEET_WORDINGS


def merged_inputs(table: Table, there: Mapping[int, tuple[Field, Spot]]) -> frozenset[int]:
    """The numbers of the fields that a merged range joins or covers; an issue for each such range.

    A field that is alone in its range, and in its first cell, is as good as unmerged.
    """
    at = {split_address(spot.address) or (0, 0): number for number, (_, spot) in there.items()}
    covered: set[int] = set()
    for merged in table.sheet.merged:
        area = split_range(merged)
        if area is None:
            continue
        inside = sorted(area.among(at.keys()))
        if not inside or inside == [(area.top, area.left)]:
            continue
        field, spot = there[at[inside[0]]]
        found = spot.cell.text if spot.cell else ""
        what = fault("merged-inputs", range=merged, count=len(inside))
        table.issues.append(worded(SHEET_WORDINGS, what, spot.place(field), found=found))
        covered.update(at[place] for place in inside)
    return frozenset(covered)
