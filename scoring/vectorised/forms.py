"""Forms: formulas that are one whole combination of figures over another, the shape nearly all rules have.

`100 * A / B`, `A - B`, `100 * (A / last_year(A) - 1)`, `0.3 * K1 + 0.05 * K2` and `A / (B + C)` all are
(n0 + n1 x1 + …) / (d0 + d1 x1 + …). Such formulas differ only in their leaves and constants, so many of them
are reckoned as one array; and what a method does to the value can be folded into the constants beforehand.

A form divides by figures at most once, at its end. So it has a value exactly where all its figures have one
and its denominator is not zero, just as the formula it stands for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.expressions import Attribute, Expression, Figure, Number, Operation
from scoring.vectorised.sheet import Asked

_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Linear:
    """A constant plus multiples of figures."""

    constant: Fraction
    factors: Mapping[Asked, Fraction]

    def plus(self, other: Linear, times: Fraction = _ONE) -> Linear:
        """This plus a multiple of the other."""
        asked = dict.fromkeys([*self.factors, *other.factors])
        none = Fraction(0)
        factors = {
            each: self.factors.get(each, none) + times * other.factors.get(each, none) for each in asked
        }
        return Linear(self.constant + times * other.constant, factors)

    def times(self, factor: Fraction) -> Linear:
        """A multiple of this."""
        return Linear(self.constant * factor, {each: factor * own for each, own in self.factors.items()})

    @property
    def fixed(self) -> bool:
        """Whether no figure moves it."""
        return not any(self.factors.values())


@dataclass(frozen=True, slots=True)
class Form:
    """One linear expression over another; figures that cancel out are kept, as their absence still counts."""

    top: Linear
    bottom: Linear

    @property
    def divides(self) -> bool:
        """Whether there is a figure below the line."""
        return not self.bottom.fixed

    @property
    def leaves(self) -> tuple[Asked, ...]:
        """Its figures and attributes, in order of first appearance."""
        return tuple(dict.fromkeys([*self.top.factors, *self.bottom.factors]))


def form_of(node: Expression) -> Form | None:
    """The formula as a form; None where it is none."""
    if isinstance(node, Number):
        return Form(Linear(node.value, {}), Linear(_ONE, {}))
    if isinstance(node, Figure | Attribute):
        return Form(Linear(Fraction(0), {node: _ONE}), Linear(_ONE, {}))
    if not isinstance(node, Operation) or node.operator not in {"+", "-", "*", "/", "neg"}:
        return None
    operands = [form_of(part) for part in node.operands]
    forms = [operand for operand in operands if operand is not None]
    if len(forms) < len(operands):
        return None
    if node.operator == "neg":
        return Form(forms[0].top.times(Fraction(-1)), forms[0].bottom)
    reckon = {"+": _sum, "-": _difference, "*": _product, "/": _ratio}[node.operator]
    return reckon(*forms)


def _sum(left: Form, right: Form, sign: Fraction = _ONE) -> Form | None:
    if left.bottom == right.bottom:
        return Form(left.top.plus(right.top, sign), left.bottom)
    if not right.divides and not right.top.factors:
        return Form(left.top.plus(left.bottom, sign * right.top.constant), left.bottom)
    if not left.divides and not left.top.factors:
        return Form(right.bottom.times(left.top.constant).plus(right.top, sign), right.bottom)
    return None


def _difference(left: Form, right: Form) -> Form | None:
    return _sum(left, right, Fraction(-1))


def _product(left: Form, right: Form) -> Form | None:
    if left.divides or left.top.factors:
        left, right = right, left
    if left.divides or left.top.factors:
        return None
    return Form(right.top.times(left.top.constant), right.bottom)


def _ratio(left: Form, right: Form) -> Form | None:
    if right.divides:
        return None
    if not right.top.factors:
        return None if not right.top.constant else Form(left.top.times(1 / right.top.constant), left.bottom)
    return None if left.divides or right.top.fixed else Form(left.top, right.top)


@dataclass(frozen=True, slots=True)
class Whole:
    """A linear expression in whole numbers: `constant` plus `factors` times the columns' numerators."""

    constant: int
    factors: tuple[int, ...]

    def at(self, numbers: Sequence[int]) -> int:
        """Its number for one unit, given the columns' numerators."""
        found = self.constant
        for factor, number in zip(self.factors, numbers, strict=True):
            if factor:
                found += factor * number
        return found

    @property
    def shape(self) -> tuple[object, ...]:
        """What must be alike for two of them to be reckoned as rows of one array."""
        return bool(self.constant), tuple(factor and (1 if factor == 1 else 2) for factor in self.factors)


@dataclass(frozen=True, slots=True)
class WholeForm:
    """A form about the whole numerators of columns: value = scale × top / bottom, scale positive.

    bottom: None where there is no figure below the line.
    """

    leaves: tuple[Asked, ...]
    top: Whole
    bottom: Whole | None
    scale: Fraction


def whole_form(form: Form, dens: Sequence[int]) -> WholeForm:
    """The form about numerators, given what each leaf's numerator stands over."""
    leaves = form.leaves
    top, size = _whole(form.top, leaves, dens)
    if not form.divides:
        return WholeForm(leaves, top, None, size / form.bottom.constant)
    bottom, under = _whole(form.bottom, leaves, dens)
    if all(factor <= 0 for factor in (bottom.constant, *bottom.factors)):
        # a denominator of minuses is turned round, so that it is positive where its figures are
        top, bottom = _negated(top), _negated(bottom)
    return WholeForm(leaves, top, bottom, size / under)


def _whole(linear: Linear, leaves: Sequence[Asked], dens: Sequence[int]) -> tuple[Whole, Fraction]:
    """The expression as whole numbers without a common factor, and the positive scale that was taken out."""
    none = Fraction(0)
    factors = [linear.factors.get(leaf, none) / den for leaf, den in zip(leaves, dens, strict=True)]
    numbers = [linear.constant, *factors]
    bottom = math.lcm(*(number.denominator for number in numbers))
    wholes = [int(number * bottom) for number in numbers]
    common = math.gcd(*wholes) or 1
    return Whole(wholes[0] // common, tuple(each // common for each in wholes[1:])), Fraction(common, bottom)


def _negated(whole: Whole) -> Whole:
    return Whole(-whole.constant, tuple(-factor for factor in whole.factors))
