"""Checklist: parts answered yes earn their points; those not applicable are left out, the rest rescaled."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from scoring.codes import ElementCode
from scoring.expressions import (
    Call,
    Choice,
    Comparison,
    Expression,
    Figure,
    Formula,
    Logic,
    Number,
    Operation,
    Text,
)
from scoring.methods.base import Award, Parameter, Subject, clamp
from scoring.numbers import shown

YES = "是"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to have done, answered by a choice element with 是."""

    element: ElementCode
    name: str
    earn: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """清单计分. Its value is the points earned over the points applicable, times the points of all parts."""

    parts: tuple[Part, ...]

    kind: ClassVar[str] = "checklist"
    title: ClassVar[str] = "清单计分"
    peers: ClassVar[bool] = False
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter(name="parts", kind="parts", required=True, meaning="各项:数据项、名称、分值"),
    )

    def award(self, subject: Subject) -> Award:
        """The value, which the checklist's own formula has already made."""
        value = Fraction(subject.value)
        points = clamp(value, Fraction(0), subject.full)
        return Award(points, (f"各项合计(不适用的项不计、其余折算)得 {shown(points)} 分",))

    def formula(self, *, unanswered_left_out: bool = False) -> Formula:
        """The value as a formula: a part not reported counts as not done, or is left out as not applicable.

        Where no part was reported the value is missing, where none is applicable it is not applicable.
        """
        figures = [Figure(part.element) for part in self.parts]
        earned = _total([_earned(part, figure) for part, figure in zip(self.parts, figures, strict=True)])
        silent = ("is_not_applicable", "is_missing") if unanswered_left_out else ("is_not_applicable",)
        pairs = zip(self.parts, figures, strict=True)
        open_ = _total([_counted(part, figure, silent) for part, figure in pairs])
        whole = Number(sum((part.earn for part in self.parts), Fraction(0)))
        share = Operation("/", (Operation("*", (whole, earned)), open_))
        all_alike: Expression = Logic(
            "or", (_of_all("is_missing", figures), _of_all("is_not_applicable", figures))
        )
        if unanswered_left_out:
            unanswered = tuple(_any_of(silent, figure) for figure in figures)
            all_alike = unanswered[0] if len(unanswered) == 1 else Logic("and", unanswered)
        text = " + ".join(f"{shown(part.earn)}×[{part.element}={YES}]" for part in self.parts)
        return Formula(text, Choice(all_alike, figures[0], share))

    def lowest(self, _: Fraction) -> Fraction:
        """Nothing was done: 0."""
        return Fraction(0)

    def describe(self, full: Fraction) -> tuple[str, ...]:
        """One line a part, and what becomes of those not applicable."""
        lines = tuple(f"{part.name} {shown(part.earn)} 分" for part in self.parts)
        return (*lines, f"不适用的项不计,其余按比例折算,最多 {shown(full)} 分")


def _of_all(function: str, figures: list[Figure]) -> Expression:
    asked = tuple(Call(function, (figure,)) for figure in figures)
    return asked[0] if len(asked) == 1 else Logic("and", asked)


def _earned(part: Part, figure: Figure) -> Expression:
    absent = Logic("or", (Call("is_not_applicable", (figure,)), Call("is_missing", (figure,))))
    done = Choice(Comparison("==", figure, Text(YES)), Number(part.earn), Number(Fraction(0)))
    return Choice(absent, Number(Fraction(0)), done)


def _counted(part: Part, figure: Figure, silent: tuple[str, ...]) -> Expression:
    return Choice(_any_of(silent, figure), Number(Fraction(0)), Number(part.earn))


def _any_of(functions: tuple[str, ...], figure: Figure) -> Expression:
    asked = tuple(Call(function, (figure,)) for function in functions)
    return asked[0] if len(asked) == 1 else Logic("or", asked)


def _total(terms: list[Expression]) -> Expression:
    total = terms[0]
    for term in terms[1:]:
        total = Operation("+", (total, term))
    return total
