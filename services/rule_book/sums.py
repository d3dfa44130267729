"""The formula of a worked example with its numbers in it, and what it comes to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from scoring.expressions import (
    MEMBER_FUNCTIONS,
    Call,
    Expression,
    Figure,
    Formula,
    Number,
    Operation,
    Substitute,
    parts,
    rebuilt,
)
from scoring.numbers import shown
from scoring.rulebook.forms import ElementType
from scoring.values import UnitView
from services.rule_book.formulas_words import FormulaWords, UnknownPart, day_text
from services.rule_book.layout import Layout, Words, raw, row, spoken
from services.rule_book.typography import signed

PLACES = 4
"""Of values that never end; their columns are narrow."""
_BOUNDS = {"min", "max"}
_NOT_ARITHMETIC = {"coalesce", "is_missing", "is_not_applicable", *MEMBER_FUNCTIONS}


class _NoArithmetic(Exception):
    """A formula of which no sum of numbers can be shown."""


def sum_of(formula: Formula, amount: Fraction, view: UnitView) -> list[Layout]:
    """The formula with its numbers in it and what it comes to; nothing where there is nothing to add up."""
    words = FormulaWords(view.rules, lambda figure: _figure_in(figure, view))
    try:
        written_out = formula.written_out(view.period.quarters(), view.rules.sharing_quarters)
        with_numbers = _settled(written_out, view)
        left = words.words(with_numbers)
    except (UnknownPart, _NoArithmetic):
        return []
    if spoken(left) == shown(amount, PLACES):
        return []
    # On one line: a fraction in a cell would make the row twice as high.
    return [row(raw(spoken(left)), Words(" = "), raw(signed(shown(amount, PLACES))))]


def _settled(node: Expression, view: UnitView) -> Expression:
    """The arithmetic of a formula; whatever else is in it is replaced by its outcome."""
    if isinstance(node, Substitute) and isinstance(view.evaluate(Formula("", node.inner)), Fraction):
        return _settled(node.inner, view)
    if isinstance(node, Call) and node.function in _BOUNDS and len(node.arguments) == 2:
        return _bounded(node, view)
    if isinstance(node, Operation) or (isinstance(node, Call) and node.function not in _NOT_ARITHMETIC):
        return rebuilt(node, tuple(_settled(part, view) for part in parts(node)))
    if isinstance(node, Number) or (isinstance(node, Figure) and _is_day(node, view)):
        return node
    outcome = view.evaluate(Formula("", node))
    if isinstance(outcome, Fraction):
        return Number(outcome)
    raise _NoArithmetic


def _bounded(node: Call, view: UnitView) -> Expression:
    """A limit is only told where it was reached."""
    amounts = [part for part in node.arguments if not isinstance(part, Number)]
    if len(amounts) == 1 and view.evaluate(Formula("", node)) == view.evaluate(Formula("", amounts[0])):
        return _settled(amounts[0], view)
    return rebuilt(node, tuple(_settled(part, view) for part in parts(node)))


def _is_day(figure: Figure, view: UnitView) -> bool:
    return view.rules.elements[figure.element].type is ElementType.DATE


def _figure_in(figure: Figure, view: UnitView) -> Layout:
    outcome = view.figure(figure)
    if not isinstance(outcome, Fraction):
        raise _NoArithmetic
    return raw(day_text(date.fromordinal(int(outcome))))
