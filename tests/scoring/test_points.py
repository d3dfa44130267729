"""Points: a method's award, rounded once; or what the rule's policy says where there is no value."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from scoring.codes import NodeCode
from scoring.facts import Amount, Standing
from scoring.methods.peer_range import PeerRange
from scoring.numbers import Rounding, RoundingMode
from scoring.points import indicator_points, policy_for
from scoring.results import Outcome
from scoring.rulebook.parse_policies import policy_from_text
from scoring.rulebook.rules import Indicator, Policy
from scoring.values import Value
from tests.support.rulesets import small_rules

RATE = small_rules().indicators[NodeCode("I1")]


def policy(text: str) -> Policy:
    found = policy_from_text(text)
    assert found is not None
    return found


def value(amount: Amount | None, standing: Standing = Standing.VALUE) -> Value:
    return Value(RATE.code, amount, standing)


def with_policies(text: str) -> Indicator:
    return replace(RATE, missing=policy(text), zero_denominator=policy(text), undefined=policy(text))


def test_a_value_is_scored_by_the_method() -> None:
    points = indicator_points(RATE, value(Fraction(75)))
    assert [points.exact, points.rounded, points.full, points.outcome] == [30, 30, 60, Outcome.SCORED]
    assert points.steps == ("75 ≥60,该档得 30 分",)
    assert points.policy is None


@pytest.mark.parametrize(
    ("rounding", "rounded"),
    [
        pytest.param(Rounding(2), "33.33", id="as the rule says"),
        pytest.param(Rounding(1, RoundingMode.CEIL), "33.4", id="by its own mode"),
        pytest.param(None, "100/3", id="not at all"),
    ],
)
def test_points_are_rounded_once_and_the_exact_ones_are_kept(rounding: Rounding | None, rounded: str) -> None:
    indicator = replace(RATE, missing=Policy(share=Fraction(5, 9)), rounding=rounding)
    points = indicator_points(indicator, value(None, Standing.MISSING))
    assert (points.exact, points.rounded) == (Fraction(100, 3), Fraction(rounded))


@pytest.mark.parametrize("standing", [Standing.MISSING, Standing.ZERO_DENOMINATOR, Standing.UNDEFINED])
@pytest.mark.parametrize(
    ("text", "rounded", "full", "left_out"),
    [
        ("zero", 0, 60, False),
        ("full", 60, 60, False),
        ("40%", 24, 60, False),
        ("not_applicable", 0, 0, True),
    ],
)
def test_a_policy_keeps_the_cause_unless_it_leaves_the_indicator_out(
    standing: Standing, text: str, rounded: int, full: int, left_out: bool
) -> None:
    points = indicator_points(with_policies(text), value(None, standing))
    assert [points.rounded, points.full, points.outcome.left_out] == [rounded, full, left_out]
    assert left_out or points.outcome.name == standing.name
    assert points.policy == policy(text)


def test_a_policy_can_leave_the_indicator_without_any_score() -> None:
    points = indicator_points(with_policies("no_score"), value(None, Standing.MISSING))
    assert [points.rounded, points.full, points.outcome] == [None, 60, Outcome.MISSING]
    assert points.steps == ("未报,本项无得分",)


@pytest.mark.parametrize("standing", [Standing.NOT_APPLICABLE, Standing.NOT_DUE])
def test_what_does_not_apply_or_is_not_due_is_left_out_whatever_the_policies(standing: Standing) -> None:
    points = indicator_points(with_policies("zero"), value(None, standing))
    assert [points.rounded, points.full, points.outcome.name] == [0, 0, standing.name]
    assert points.steps == (f"{points.outcome.title},本项不计入,其余按比例折算",)


def test_each_reason_has_its_own_policy() -> None:
    indicator = replace(
        RATE, missing=policy("zero"), zero_denominator=policy("full"), undefined=policy("60%")
    )
    reasons = (Standing.MISSING, Standing.ZERO_DENOMINATOR, Standing.UNDEFINED, Standing.NOT_DUE)
    named = [policy_for(indicator, reason).name for reason in reasons]
    assert named == ["zero", "full", "60%", "not_applicable"]


def test_direction_and_peers_reach_the_method() -> None:
    indicator = replace(RATE, method=PeerRange(), direction="lower")
    assert indicator_points(indicator, value(Fraction(5)), (Fraction(0), Fraction(10))).rounded == 30
