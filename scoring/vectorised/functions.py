"""The operators and functions of formulas, for all units at once, as the plain evaluator has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from scoring.expressions import MEMBER_FUNCTIONS
from scoring.facts import Standing
from scoring.numbers import (
    Rounding,
    RoundingMode,
    can_be_held,
    decimal_logarithm,
    natural_logarithm,
    power,
    square_root,
)
from scoring.vectorised.amounts import (
    Amounts,
    LeftToPlain,
    held_of,
    only_numbers,
    standings_of,
    truth_of,
    worst_of,
)
from scoring.vectorised.lanes import Mask
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients, quotients_of
from scoring.vectorised.sheet import Standings

ROUNDING: Mapping[str, RoundingMode] = {
    "round": RoundingMode.HALF_UP,
    "round_half_even": RoundingMode.HALF_EVEN,
    "truncate": RoundingMode.TRUNCATE,
    "floor": RoundingMode.FLOOR,
    "ceil": RoundingMode.CEIL,
}
_WHOLE = Rounding(0, RoundingMode.FLOOR)


def operation(operator: str, operands: Sequence[Amounts]) -> Amounts:
    """Arithmetic on one or two operands."""
    standings = worst_of(only_numbers(operands))
    values = [operand.quotients for operand in operands]
    if operator in "/%":
        return _division(operator, values, standings)
    if operator == "**":
        return _irrational(power, operands, standings)
    return held_of(_OPERATIONS[operator](*values), standings)


def function(name: str, operands: Sequence[Amounts]) -> Amounts:
    """A function of the language, but for those that round."""
    if name in _ASKED:
        return truth_of(standings_of(operands[0]) == _ASKED[name], None)
    if name == "coalesce":
        return _coalesced(operands)
    if name in MEMBER_FUNCTIONS:
        return _over_members(name, operands)
    standings = worst_of(only_numbers(operands))
    if name in _IRRATIONAL:
        return _irrational(_IRRATIONAL[name], operands, standings)
    return held_of(_FUNCTIONS[name]([operand.quotients for operand in operands]), standings)


def rounded(name: str, places: int, value: Amounts) -> Amounts:
    """A function that rounds, to so many places."""
    only_numbers([value])
    return held_of(value.quotients.rounded(Rounding(places, ROUNDING[name])), value.standings)


def _division(operator: str, values: Sequence[Quotients], standings: Standings | None) -> Amounts:
    left, right = values
    share, zero = left.over(right)
    if zero.any():
        undivided = np.where(zero, np.uint8(Standing.ZERO_DENOMINATOR), np.uint8(0))
        standings = undivided if standings is None else np.where(standings == 0, undivided, standings)
    return held_of(left.minus(right.by(share.rounded(_WHOLE))) if operator == "%" else share, standings)


def _irrational(
    function: Callable[..., Fraction | None], operands: Sequence[Amounts], standings: Standings | None
) -> Amounts:
    """What the plain evaluator's own function says, once for each combination of numbers."""
    shapes = [operand.quotients.num.shape for operand in operands]
    (size,) = np.broadcast_shapes(*shapes, (1,) if standings is None else standings.shape)
    values = [operand.quotients.sized(size) for operand in operands]
    absent = np.zeros(size, dtype=np.uint8) if standings is None else standings + np.zeros(size, np.uint8)
    seen: dict[tuple[Fraction, ...], Fraction | None] = {}
    numbers = [Fraction(0)] * size
    for row in np.flatnonzero(absent == 0).tolist():
        given = tuple(value.at(row) for value in values)
        if given not in seen:
            found = function(*given)
            seen[given] = found if found is not None and can_be_held(found) else None
        number = seen[given]
        if number is None:
            absent[row] = Standing.UNDEFINED
        else:
            numbers[row] = number
    return Amounts(quotients_of(numbers), absent if absent.any() else None)


def _over_members(function: str, operands: Sequence[Amounts]) -> Amounts:
    """One number of the members; those not applicable are left out, any other absence is the whole's."""
    if function == "count_members" and not all(operand.truths for operand in operands):
        raise LeftToPlain
    if function != "count_members":
        operands = only_numbers(operands)
    out = [standings_of(operand) == Standing.NOT_APPLICABLE for operand in operands]
    values = [operand.quotients for operand in operands]
    if function in {"min_members", "max_members"}:
        found = _extreme(np.less if function == "min_members" else np.greater, values, out)
    else:
        counted = [
            chosen(gone, constant_quotients(0), value) if gone.any() else value
            for gone, value in zip(out, values, strict=True)
        ]
        found = counted[0]
        for value in counted[1:]:
            found = found.plus(value)
    if function == "mean_members":
        found = found.over(_how_many(out))[0]
    reasons = [
        np.where(gone, np.uint8(0), standings_of(each)) for gone, each in zip(out, operands, strict=True)
    ]
    standings = np.maximum.reduce(np.broadcast_arrays(*reasons))
    nothing = np.logical_and.reduce(np.broadcast_arrays(*out))
    standings = np.where(nothing, np.uint8(Standing.NOT_APPLICABLE), standings)
    return held_of(found, standings if standings.any() else None)


def _extreme(better: np.ufunc, values: Sequence[Quotients], out: Sequence[Mask]) -> Quotients:
    found, gone = values[0], out[0]
    for value, here_gone in zip(values[1:], out[1:], strict=True):
        wins = ~here_gone & (gone | value.compared(better, found))
        found, gone = chosen(wins, value, found), gone & here_gone
    return found


def _how_many(out: Sequence[Mask]) -> Quotients:
    """How many members there are for each unit; one where there is none, which means nothing."""
    counts = np.add.reduce([(~gone).astype(np.int64) for gone in np.broadcast_arrays(*out)])
    return Quotients(np.maximum(counts, 1), 1, (1, len(out)), 1)


def _coalesced(operands: Sequence[Amounts]) -> Amounts:
    found = operands[-1]
    for operand in reversed(operands[:-1]):
        if operand.truths != found.truths:
            raise LeftToPlain
        if operand.standings is None:
            found = operand
            continue
        there = operand.standings == 0
        standings = np.where(there, np.uint8(0), standings_of(found))
        found = Amounts(chosen(there, operand.quotients, found.quotients), standings, found.truths)
    return found


def _least(values: Sequence[Quotients]) -> Quotients:
    found = values[0]
    for value in values[1:]:
        found = chosen(value.compared(np.less, found), value, found)
    return found


def _greatest(values: Sequence[Quotients]) -> Quotients:
    found = values[0]
    for value in values[1:]:
        found = chosen(value.compared(np.greater, found), value, found)
    return found


def _absolute(values: Sequence[Quotients]) -> Quotients:
    return chosen(values[0].num < 0, values[0].times(-1), values[0])


def _clamped(values: Sequence[Quotients]) -> Quotients:
    value, least, most = values
    return _greatest([least, _least([most, value])])


_ASKED = {"is_missing": Standing.MISSING, "is_not_applicable": Standing.NOT_APPLICABLE}
_OPERATIONS: Mapping[str, Callable[..., Quotients]] = {
    "+": Quotients.plus,
    "-": Quotients.minus,
    "*": Quotients.by,
    "neg": lambda value: value.times(-1),
}
_FUNCTIONS: Mapping[str, Callable[[Sequence[Quotients]], Quotients]] = {
    "min": _least,
    "max": _greatest,
    "abs": _absolute,
    "clamp": _clamped,
}
_IRRATIONAL: Mapping[str, Callable[[Fraction], Fraction | None]] = {
    "ln": natural_logarithm,
    "log10": decimal_logarithm,
    "sqrt": square_root,
}
