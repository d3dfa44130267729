"""The evaluator of formulas for all units at once; what it does not know it leaves to the plain one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Attribute,
    Call,
    Choice,
    Comparison,
    Earlier,
    Expression,
    Figure,
    Logic,
    Number,
    Operation,
    Statistic,
    Substitute,
    Text,
    expanded,
)
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
from scoring.panel import Panel
from scoring.statistics import Found
from scoring.values import UnitView
from scoring.vectorised.lanes import Mask
from scoring.vectorised.quotients import Quotients, chosen, constant_quotients, quotients_of
from scoring.vectorised.sheet import Sheet, SheetColumn, Standings
from scoring.vectorised.statistics import StatisticColumn, statistic_column

_COMPARE: Mapping[str, np.ufunc] = {
    "<=": np.less_equal,
    "<": np.less,
    ">=": np.greater_equal,
    ">": np.greater,
    "==": np.equal,
    "!=": np.not_equal,
}
_ROUND = {
    "round": RoundingMode.HALF_UP,
    "round_half_even": RoundingMode.HALF_EVEN,
    "truncate": RoundingMode.TRUNCATE,
    "floor": RoundingMode.FLOOR,
    "ceil": RoundingMode.CEIL,
}
_WHOLE = Rounding(0, RoundingMode.FLOOR)


class LeftToPlain(Exception):
    """The formula has a part that only the plain evaluator knows, such as words."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """A number for each unit (or one for all, shape (1,)), and why there is none where there is none.

    standings: None where all have a number. truths: whether the numbers are 1 and 0 for true and false.
    """

    quotients: Quotients
    standings: Standings | None = None
    truths: bool = False

    @property
    def holds(self) -> Mask:
        """Where there is a number and it is not zero."""
        found = np.asarray(self.quotients.num != 0, dtype=np.bool_)
        return found if self.standings is None else found & (self.standings == 0)

    @property
    def absent(self) -> Mask:
        """Where there is no number."""
        return np.zeros(1, dtype=np.bool_) if self.standings is None else self.standings != 0


def evaluate(node: Expression, sheet: Sheet) -> Amounts:
    """The outcome of an expression for all units; raises LeftToPlain where it cannot say."""
    return _evaluator(sheet)(node)


Evaluate = Callable[[Expression], Amounts]


def _evaluator(sheet: Sheet) -> Evaluate:
    def one(node: Expression) -> Amounts:
        if isinstance(node, Number):
            return Amounts(constant_quotients(node.value))
        if isinstance(node, Figure | Attribute):
            return _asked(sheet, node)
        if isinstance(node, Statistic):
            column = statistic_of(node, sheet)
            return Amounts(column.quotients, column.standings)
        if isinstance(node, Comparison):
            return _compared_words(node, sheet) or _comparison(node, one)
        if isinstance(node, Earlier):
            return earlier_of(node, sheet)
        known = _KNOWN.get(type(node))
        if known is None:
            raise LeftToPlain
        return known(node, one)

    return one


def statistic_of(node: Statistic, sheet: Sheet) -> StatisticColumn:
    """What a statistic comes to for all units; reckoned once for a sheet."""
    base = sheet.base
    found = base.statistics.get(node)
    if found is None:
        try:
            inner = evaluate(node.inner, base)
        except LeftToPlain:
            inner = _one_by_one(node.inner, base)
        standings = inner.standings
        if standings is not None:
            standings = np.broadcast_to(standings, (base.size,)) if standings.any() else None
        values = inner.quotients.sized(base.size)
        found = statistic_column(node, values, standings, base.scope(node.scope))
        base.statistics[node] = found
    return found


def earlier_of(node: Earlier, sheet: Sheet) -> Amounts:
    """What an expression came to in the period before, for all units."""
    before = sheet_before(sheet)
    root = expanded(node.inner, before.period.quarters())
    try:
        return evaluate(root, before)
    except LeftToPlain:
        return _one_by_one(root, before)


def sheet_before(sheet: Sheet) -> Sheet:
    """The sheet of the period before, by the same rules."""
    return Sheet(sheet.rules, sheet.facts, sheet.period.before())


class SheetPanel:
    """All units side by side for the plain engine, statistics reckoned in arrays."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @cached_property
    def before(self) -> Panel:
        """The same units in the period before."""
        return SheetPanel(sheet_before(self._sheet))

    def found(self, statistic: Statistic, row: int) -> Found:
        """What the statistic comes to for the unit of a row."""
        column = statistic_of(statistic, self._sheet)
        return Found(statistic, column.outcome(row), column.count(row))


def _one_by_one(node: Expression, sheet: Sheet) -> Amounts:
    """The numbers of an expression by the plain engine; of words undefined."""
    numbers: list[Fraction] = []
    standings = np.zeros(sheet.size, dtype=np.uint8)
    for row in range(sheet.size):
        outcome = UnitView(sheet.rules, sheet.facts, row, sheet.period, panel=sheet.panel).outcome(node)
        reason = Standing.UNDEFINED if isinstance(outcome, str) else outcome
        numbers.append(Fraction(0) if isinstance(reason, Standing) else Fraction(reason))
        standings[row] = reason if isinstance(reason, Standing) else 0
    return Amounts(quotients_of(numbers), standings)


def _asked(sheet: Sheet, node: Figure | Attribute) -> Amounts:
    column = sheet.column(node)
    if not column.numeric:
        raise LeftToPlain
    return Amounts(sheet.quotients(node), column.standings)


def _operation(node: Operation, one: Evaluate) -> Amounts:
    operands = _numbers([one(part) for part in node.operands])
    standings = _worst(operands)
    values = [operand.quotients for operand in operands]
    if node.operator in "/%":
        return _division(node.operator, values, standings)
    if node.operator == "**":
        return _irrational(power, operands, standings)
    return _held(_OPERATIONS[node.operator](*values), standings)


def _numbers(operands: Sequence[Amounts]) -> Sequence[Amounts]:
    """The operands, none of which may be a truth: with truths the plain evaluator does not reckon."""
    if any(operand.truths for operand in operands):
        raise LeftToPlain
    return operands


def _division(operator: str, values: Sequence[Quotients], standings: Standings | None) -> Amounts:
    left, right = values
    share, zero = left.over(right)
    if zero.any():
        undivided = np.where(zero, np.uint8(Standing.ZERO_DENOMINATOR), np.uint8(0))
        standings = undivided if standings is None else np.where(standings == 0, undivided, standings)
    return _held(left.minus(right.by(share.rounded(_WHOLE))) if operator == "%" else share, standings)


def _held(quotients: Quotients, standings: Standings | None) -> Amounts:
    """The numbers of an operation; undefined where one became too long, as in the plain evaluator."""
    if can_be_held(Fraction(quotients.most + 1, 1)) and can_be_held(Fraction(quotients.most_den + 1, 1)):
        return Amounts(quotients, standings)
    long = np.array([not can_be_held(quotients.at(row)) for row in range(len(quotients.num))], dtype=np.bool_)
    undefined = np.where(long, np.uint8(Standing.UNDEFINED), np.uint8(0))
    standings = undefined if standings is None else np.where(standings == 0, undefined, standings)
    return Amounts(chosen(long, constant_quotients(0), quotients), standings)


def _substitute(node: Substitute, one: Evaluate) -> Amounts:
    own = one(node.inner)
    if own.standings is None or not (wanting := np.isin(own.standings, node.reasons)).any():
        return own
    instead = one(node.instead)
    if own.truths != instead.truths:
        raise LeftToPlain
    taken = wanting & ~instead.absent
    standings = np.where(taken, np.uint8(0), own.standings)
    return Amounts(chosen(taken, instead.quotients, own.quotients), standings, own.truths)


def _compared_words(node: Comparison, sheet: Sheet) -> Amounts | None:
    """Whether words are the same; None where these are no words, or more than that is asked."""
    if node.operator not in {"==", "!="}:
        return None
    left, right = _worded(node.left, sheet), _worded(node.right, sheet)
    if left is None or right is None:
        return None
    numbers: dict[str, int] = {}
    codes = [
        np.array([numbers.setdefault(word, len(numbers)) for word in side.words or ()] or [0])[side.numbers]
        for side in (left, right)
    ]
    absent = [
        np.zeros(1, dtype=np.uint8) if each.standings is None else each.standings for each in (left, right)
    ]
    standings = np.maximum(*absent)
    return _truth(_COMPARE[node.operator](*codes), standings if standings.any() else None)


def _worded(node: Expression, sheet: Sheet) -> SheetColumn | None:
    """The column of what is a word for every unit that has it."""
    if isinstance(node, Text):
        return SheetColumn(np.zeros(1, dtype=np.int64), 1, None, (node.value,))
    if not isinstance(node, Figure | Attribute):
        return None
    column = sheet.column(node)
    return column if column.readable and column.words is not None else None


def _comparison(node: Comparison, one: Evaluate) -> Amounts:
    left, right = one(node.left), one(node.right)
    return _truth(left.quotients.compared(_COMPARE[node.operator], right.quotients), _worst([left, right]))


def _logic(node: Logic, one: Evaluate) -> Amounts:
    first = one(node.operands[0])
    if node.operator == "not":
        return _truth(first.quotients.num == 0, first.standings)
    decided = node.operator == "or"
    open_, standings = np.ones(1, dtype=np.bool_), np.zeros(1, dtype=np.uint8)
    truth = np.full(1, not decided)
    for part in [first, *(one(operand) for operand in node.operands[1:])]:
        own = np.zeros(1, dtype=np.uint8) if part.standings is None else part.standings
        standings = np.where(open_, own, standings)
        settles = open_ & (own == 0) & ((part.quotients.num != 0) == decided)
        truth = np.where(settles, decided, truth)
        open_ = open_ & (own == 0) & ~settles
    return _truth(truth, standings if standings.any() else None)


def _choice(node: Choice, one: Evaluate) -> Amounts:
    condition, then, otherwise = one(node.condition), one(node.then), one(node.otherwise)
    if then.truths != otherwise.truths:
        raise LeftToPlain
    holds = condition.holds
    standings: Standings | None = None
    if any(each.standings is not None for each in (condition, then, otherwise)):
        own = np.where(holds, _standings(then), _standings(otherwise))
        standings = np.where(condition.absent, _standings(condition), own)
    return Amounts(chosen(holds, then.quotients, otherwise.quotients), standings, then.truths)


def _call(node: Call, one: Evaluate) -> Amounts:
    if node.function in _ROUND:
        return _rounded(node, one)
    operands: Sequence[Amounts] = [one(part) for part in node.arguments]
    if node.function in {"is_missing", "is_not_applicable"}:
        asked = Standing.MISSING if node.function == "is_missing" else Standing.NOT_APPLICABLE
        return _truth(_standings(operands[0]) == asked, None)
    if node.function == "coalesce":
        return _coalesced(operands)
    if node.function in MEMBER_FUNCTIONS:
        return _over_members(node.function, operands)
    operands = _numbers(operands)
    if node.function in _IRRATIONAL:
        return _irrational(_IRRATIONAL[node.function], operands, _worst(operands))
    return _held(_FUNCTIONS[node.function]([operand.quotients for operand in operands]), _worst(operands))


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
        operands = _numbers(operands)
    out = [_standings(operand) == Standing.NOT_APPLICABLE for operand in operands]
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
        np.where(gone, np.uint8(0), _standings(each)) for gone, each in zip(out, operands, strict=True)
    ]
    standings = np.maximum.reduce(np.broadcast_arrays(*reasons))
    nothing = np.logical_and.reduce(np.broadcast_arrays(*out))
    standings = np.where(nothing, np.uint8(Standing.NOT_APPLICABLE), standings)
    return _held(found, standings if standings.any() else None)


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


def _rounded(node: Call, one: Evaluate) -> Amounts:
    places = node.arguments[1] if len(node.arguments) > 1 else Number(Fraction(0))
    if not isinstance(places, Number):
        raise LeftToPlain
    (value,) = _numbers([one(node.arguments[0])])
    rounding = Rounding(int(places.value), _ROUND[node.function])
    return _held(value.quotients.rounded(rounding), value.standings)


def _coalesced(operands: Sequence[Amounts]) -> Amounts:
    found = operands[-1]
    for operand in reversed(operands[:-1]):
        if operand.truths != found.truths:
            raise LeftToPlain
        if operand.standings is None:
            found = operand
            continue
        there = operand.standings == 0
        standings = np.where(there, np.uint8(0), _standings(found))
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


def _truth(truths: Mask, standings: Standings | None) -> Amounts:
    return Amounts(Quotients(np.asarray(truths).astype(np.int64), 1, (0, 1), 1), standings, truths=True)


def _standings(amounts: Amounts) -> Standings:
    return np.zeros(1, dtype=np.uint8) if amounts.standings is None else amounts.standings


def _worst(operands: Sequence[Amounts]) -> Standings | None:
    found: Standings | None = None
    for operand in operands:
        if operand.standings is not None:
            found = operand.standings if found is None else np.maximum(found, operand.standings)
    return found


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
_KNOWN: Mapping[type, Callable[..., Amounts]] = {
    Operation: _operation,
    Logic: _logic,
    Choice: _choice,
    Call: _call,
    Substitute: _substitute,
}
