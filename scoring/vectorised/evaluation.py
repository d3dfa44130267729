"""The evaluator of formulas for all units at once; what it does not know it leaves to the plain one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property

import numpy as np

from scoring.expressions import (
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
from scoring.panel import Panel
from scoring.statistics import Found
from scoring.values import UnitView
from scoring.vectorised.amounts import Amounts, LeftToPlain, standings_of, truth_of, worst_of
from scoring.vectorised.functions import ROUNDING, function, operation, rounded
from scoring.vectorised.quotients import chosen, constant_quotients, quotients_of
from scoring.vectorised.sheet import Sheet, SheetColumn, Standings
from scoring.vectorised.statistics import StatisticColumn, statistic_column

__all__ = ["Amounts", "LeftToPlain", "SheetPanel", "evaluate", "statistic_of"]

_COMPARE: Mapping[str, np.ufunc] = {
    "<=": np.less_equal,
    "<": np.less,
    ">=": np.greater_equal,
    ">": np.greater,
    "==": np.equal,
    "!=": np.not_equal,
}


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
    root = expanded(node.inner, before.period.quarters(), before.rules.sharing_quarters)
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
    return operation(node.operator, [one(part) for part in node.operands])


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
    return truth_of(_COMPARE[node.operator](*codes), standings if standings.any() else None)


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
    return truth_of(
        left.quotients.compared(_COMPARE[node.operator], right.quotients), worst_of([left, right])
    )


def _logic(node: Logic, one: Evaluate) -> Amounts:
    first = one(node.operands[0])
    if node.operator == "not":
        return truth_of(first.quotients.num == 0, first.standings)
    decided = node.operator == "or"
    open_, standings = np.ones(1, dtype=np.bool_), np.zeros(1, dtype=np.uint8)
    truth = np.full(1, not decided)
    for part in [first, *(one(operand) for operand in node.operands[1:])]:
        own = np.zeros(1, dtype=np.uint8) if part.standings is None else part.standings
        standings = np.where(open_, own, standings)
        settles = open_ & (own == 0) & ((part.quotients.num != 0) == decided)
        truth = np.where(settles, decided, truth)
        open_ = open_ & (own == 0) & ~settles
    return truth_of(truth, standings if standings.any() else None)


def _choice(node: Choice, one: Evaluate) -> Amounts:
    condition, then, otherwise = one(node.condition), one(node.then), one(node.otherwise)
    if then.truths != otherwise.truths:
        raise LeftToPlain
    holds = condition.holds
    standings: Standings | None = None
    if any(each.standings is not None for each in (condition, then, otherwise)):
        own = np.where(holds, standings_of(then), standings_of(otherwise))
        standings = np.where(condition.absent, standings_of(condition), own)
    return Amounts(chosen(holds, then.quotients, otherwise.quotients), standings, then.truths)


def _call(node: Call, one: Evaluate) -> Amounts:
    if node.function in ROUNDING:
        places = node.arguments[1] if len(node.arguments) > 1 else Number(Fraction(0))
        if not isinstance(places, Number):
            raise LeftToPlain
        return rounded(node.function, int(places.value), one(node.arguments[0]))
    return function(node.function, [one(part) for part in node.arguments])


_KNOWN: Mapping[type, Callable[..., Amounts]] = {
    Operation: _operation,
    Logic: _logic,
    Choice: _choice,
    Call: _call,
    Substitute: _substitute,
}
