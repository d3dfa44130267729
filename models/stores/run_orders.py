"""The store of orders of a ranking: a page is cut out of one, whatever it is sorted by."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Integer, column, select, values

from models.bulk import insert_rows
from models.records import RunId
from models.stores.run_rows import RESULT_COLUMNS, SCORE_COLUMNS, result_from, score_from
from models.tables.run_orders import RunOrderRow
from models.tables.runs import RunResultRow, RunScoreRow
from scoring.codes import NodeCode, UnitCode
from scoring.results import NodeScore, UnitResult

_COLUMNS: Final = ("run_id", "name", "positions")
_OF_THE_KEY: Final = {"run_id", "position"}


class RunOrders:
    """Orders, and the lines at given positions, in the transaction of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run_id: RunId, orders: Mapping[str, Sequence[int]]) -> None:
        """Keep the orders of a run; raises IntegrityError (Conflict, outside) for one it has."""
        rows = ((run_id, name, _packed(positions)) for name, positions in orders.items())
        insert_rows(self._connection, RunOrderRow, _COLUMNS, rows)

    def order(self, run_id: RunId, name: str) -> Sequence[int] | None:
        """Positions in the ranking in this order; None where none of this name was kept."""
        query = select(RunOrderRow.positions).where(RunOrderRow.run_id == run_id, RunOrderRow.name == name)
        found = self._connection.execute(query).scalar_one_or_none()
        return None if found is None else _unpacked(found)

    def names(self, run_id: RunId) -> tuple[str, ...]:
        """The names of all orders of a run; empty for one that was kept without."""
        query = select(RunOrderRow.name).where(RunOrderRow.run_id == run_id).order_by(RunOrderRow.name)
        return tuple(self._connection.execute(query).scalars())

    def lines(self, run_id: RunId, positions: Sequence[int]) -> tuple[UnitResult, ...]:
        """The results at these positions of the ranking, in this order; those beyond it are passed over."""
        if not positions:
            return ()
        # Joined as a table: for a long list after IN, SQLite reads the whole run.
        wanted = values(column("wanted", Integer), name="each").data([(each,) for each in positions]).cte()
        query = (
            select(RunResultRow.position, *_columns(RunResultRow, RESULT_COLUMNS))
            .select_from(wanted)
            .join(RunResultRow, RunResultRow.position == wanted.c.wanted)
            .where(RunResultRow.run_id == run_id)
        )
        found = {}
        for row in self._connection.execute(query):
            line = row._asdict()
            position = line.pop("position")
            found[position] = result_from(line)
        return tuple(found[each] for each in positions if each in found)

    def scores(
        self, run_id: RunId, units: Collection[UnitCode], node: NodeCode
    ) -> Mapping[UnitCode, NodeScore]:
        """The scores of some units at one node."""
        query = select(*_columns(RunScoreRow, SCORE_COLUMNS)).where(
            RunScoreRow.run_id == run_id, RunScoreRow.unit.in_(units), RunScoreRow.node == node
        )
        found = (score_from(row._asdict()) for row in self._connection.execute(query))
        return {score.unit: score for score in found}


def _packed(positions: Sequence[int]) -> bytes:
    return _in_file_order(array("i", positions)).tobytes()


def _unpacked(content: bytes) -> array[int]:
    found = array("i")
    found.frombytes(content)
    return _in_file_order(found)


def _in_file_order(numbers: array[int]) -> array[int]:
    """Least byte first, on any machine."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _columns(row_type: type[Any], names: Collection[str]) -> tuple[Any, ...]:
    return tuple(getattr(row_type, name) for name in names if name not in _OF_THE_KEY)
