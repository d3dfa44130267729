"""What only the plain engine can reckon: once for each combination of inputs that really occurs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.expressions import Attribute, Earlier, Expression, Figure, Statistic, parts
from scoring.vectorised.evaluation import earlier_of, statistic_of
from scoring.vectorised.lanes import Array
from scoring.vectorised.sheet import Asked, Sheet

T = TypeVar("T")
Seen = Asked | Statistic | Earlier


def leaves_of(*roots: Expression | None) -> tuple[Seen, ...]:
    """The figures, attributes and statistics that expressions ask for, each once."""
    return tuple(dict.fromkeys(leaf for root in roots if root is not None for leaf in _leaves(root)))


def _leaves(node: Expression) -> Iterator[Seen]:
    if isinstance(node, Figure | Attribute | Statistic | Earlier):
        yield node
        return
    for part in parts(node):
        yield from _leaves(part)


def kinds_of_units(sheet: Sheet, asked: Iterable[Seen]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For each kind of unit one row, for each unit its kind; units of a kind agree in all that is asked."""
    columns: list[Array] = []
    for each in asked:
        if isinstance(each, Statistic | Earlier):
            columns += _made_columns(each, sheet)
            continue
        column = sheet.column(each)
        columns.append(column.numbers)
        if not isinstance(column.den, int):
            columns.append(column.den)
        if column.standings is not None:
            columns.append(column.standings)
    kinds = np.zeros(sheet.size, dtype=np.int64)
    for column_codes in columns:
        _, codes = np.unique(column_codes, return_inverse=True)
        _, kinds = np.unique(kinds * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)
    _, rows, own = np.unique(kinds, return_index=True, return_inverse=True)
    return rows, own


def _made_columns(node: Statistic | Earlier, sheet: Sheet) -> Iterator[Array]:
    found = statistic_of(node, sheet) if isinstance(node, Statistic) else earlier_of(node, sheet)
    numbers = found.quotients.sized(sheet.size)
    yield numbers.num
    if not isinstance(numbers.den, int):
        yield numbers.den
    if found.standings is not None:
        yield np.broadcast_to(found.standings, (sheet.size,))


def once_each(
    sheet: Sheet, asked: Iterable[Seen], reckon: Callable[[int], T]
) -> tuple[Sequence[T], NDArray[np.intp]]:
    """What `reckon` says of one row of each kind, and for each unit its kind."""
    rows, kinds = kinds_of_units(sheet, asked)
    return [reckon(int(row)) for row in rows], kinds
