"""Checklist: what is done earns its points, what is not applicable leaves the count, the rest is rescaled."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scoring.codes import ElementCode
from scoring.evaluation import Evaluator, Outcome
from scoring.facts import Amount, Standing
from scoring.methods.base import Subject
from scoring.methods.checklist import Checklist, Part

LIST = Checklist(
    parts=(
        Part(ElementCode("C1"), "有方案", Fraction(1)),
        Part(ElementCode("C2"), "有检查", Fraction("0.5")),
        Part(ElementCode("C3"), "有总结", Fraction("0.5")),
    )
)
ALONE = Checklist(parts=LIST.parts[:1])
NA, GONE = Standing.NOT_APPLICABLE, Standing.MISSING


def value(method: Checklist, *answers: Amount | Standing) -> Outcome:
    given = dict(zip(("C1", "C2", "C3"), answers, strict=False))
    evaluator = Evaluator(lambda figure: given[figure.element], lambda _: Standing.MISSING)
    return evaluator.evaluate(method.formula().root)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param(("是", "是", "是"), Fraction(2), id="all done"),
        pytest.param(("否", "否", "否"), Fraction(0), id="nothing done"),
        pytest.param(("是", "否", "否"), Fraction(1), id="half of the points"),
        pytest.param(("是", NA, "否"), Fraction(4, 3), id="one not applicable: 2 × 1 / 1.5"),
        pytest.param(("是", NA, NA), Fraction(2), id="the only applicable one is done"),
        pytest.param(("是", GONE, "是"), Fraction("1.5"), id="one not reported counts as not done"),
        pytest.param((NA, GONE, "是"), Fraction(1), id="one not applicable, one not reported"),
        pytest.param((GONE, GONE, GONE), Standing.MISSING, id="nothing reported at all"),
        pytest.param((NA, NA, NA), Standing.NOT_APPLICABLE, id="nothing applicable"),
        pytest.param((NA, GONE, GONE), Fraction(0), id="what applies was not reported"),
    ],
)
def test_the_value_is_what_was_earned_of_what_applies(
    answers: tuple[Amount | Standing, ...], expected: Outcome
) -> None:
    assert value(LIST, *answers) == expected


@pytest.mark.parametrize(
    ("answer", "expected"), [("是", Fraction(1)), ("否", Fraction(0)), (GONE, GONE), (NA, NA)]
)
def test_a_list_of_one_part_is_asked_like_any_other(answer: Amount | Standing, expected: Outcome) -> None:
    assert value(ALONE, answer) == expected


@pytest.mark.parametrize(("reached", "points"), [("1.5", "1.5"), ("2", "2"), ("3", "2"), ("-1", "0")])
def test_the_points_are_the_value_within_full_points(reached: str, points: str) -> None:
    award = LIST.award(Subject(Fraction(reached), Fraction(2)))
    assert award.points == Fraction(points)
    assert award.steps == (f"各项合计(不适用的项不计、其余折算)得 {points} 分",)


def test_the_formula_reads_as_a_sum_over_the_parts() -> None:
    assert LIST.formula().text == "1×[C1=是] + 0.5×[C2=是] + 0.5×[C3=是]"


def test_the_printed_rule_has_a_line_for_each_part() -> None:
    assert LIST.describe(Fraction(2)) == (
        "有方案 1 分",
        "有检查 0.5 分",
        "有总结 0.5 分",
        "不适用的项不计,其余按比例折算,最多 2 分",
    )
