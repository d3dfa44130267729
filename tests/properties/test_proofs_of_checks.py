"""What checks of rules take for proved is never refuted by figures drawn at random."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoring.codes import ElementCode, NodeCode
from scoring.evaluation import Evaluator, Outcome
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
)
from scoring.facts import Standing
from scoring.incentives.check import check_incentives
from scoring.incentives.improvement import counter_examples, is_proved
from scoring.incentives.silence import (
    blank_earns_nothing,
    hiding_is_harmless,
    own_variables,
    repeated,
    search_hiding,
    search_silence,
)
from scoring.incentives.supposed import variables_of
from scoring.incentives.trials import Trials
from scoring.methods.base import Method, Subject
from scoring.rulebook.meaning.bounds import Bounds
from scoring.rulebook.meaning.check_meaning import meaning_issues
from scoring.rulebook.meaning.intervals import Interval
from scoring.rulebook.meaning.method_reach import points_reached
from scoring.rulebook.meaning.method_trends import method_trend
from scoring.rulebook.meaning.trends import Sloping, Trend
from scoring.rulebook.rules import Indicator, Policy
from tests.support.random_formulas import PLAIN, conditions, formulas
from tests.support.random_methods import methods
from tests.support.rulesets import small_rules

BOUNDS = Bounds(small_rules(), related=False)
FIGURES = [Figure(ElementCode(code)) for code in ("E1", "E2", "E3")]
AMOUNTS = st.integers(0, 24).map(lambda number: Fraction(number, 2))
CONSTANTS = st.sampled_from([-3, -1, 0, 1, 2, 5, 100]).map(lambda number: Number(Fraction(number)))
LEAVES = st.one_of(st.sampled_from(FIGURES), st.sampled_from(FIGURES), CONSTANTS)


def wider(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pair = st.tuples(inner, inner)
    compared = st.builds(Comparison, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner, CONSTANTS)
    both = st.builds(Logic, st.sampled_from(["and", "or"]), st.tuples(compared, compared))
    return st.one_of(
        st.builds(Operation, st.sampled_from(["+", "-", "*", "/", "/"]), pair),
        inner.map(lambda each: Operation("neg", (each,))),
        st.builds(Call, st.sampled_from(["min", "max"]), pair),
        st.builds(Call, st.sampled_from(["abs", "floor", "round", "sqrt", "ln"]), st.tuples(inner)),
        st.builds(Call, st.just("clamp"), st.tuples(inner, CONSTANTS, CONSTANTS)),
        st.builds(Choice, st.one_of(compared, both), inner, inner),
    )


FORMULAS = st.recursive(LEAVES, wider, max_leaves=8)


def outcome(node: Expression, amounts: dict[Figure, Fraction]) -> Outcome:
    return Evaluator(
        lambda figure: amounts[figure],
        lambda _: Standing.MISSING,
        lambda _: Standing.MISSING,
    ).evaluate(node)


@settings(max_examples=500, deadline=None)
@given(FORMULAS, st.tuples(AMOUNTS, AMOUNTS, AMOUNTS))
def test_a_formula_never_leaves_its_bounds(node: Expression, drawn: tuple[Fraction, ...]) -> None:
    found = outcome(node, dict(zip(FIGURES, drawn, strict=True)))
    assume(isinstance(found, Fraction))
    assert isinstance(found, Fraction)
    assert BOUNDS.of(node).has(found)


@settings(max_examples=900, deadline=None)
@given(FORMULAS, st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), st.sampled_from(FIGURES), AMOUNTS)
def test_a_formula_proved_to_rise_or_fall_does_so(
    node: Expression, drawn: tuple[Fraction, ...], figure: Figure, more: Fraction
) -> None:
    trend = Sloping(BOUNDS).of(node).get(figure, Trend.FLAT)
    assume(trend is not Trend.UNKNOWN and more > 0)
    amounts = dict(zip(FIGURES, drawn, strict=True))
    before, after = outcome(node, amounts), outcome(node, {**amounts, figure: amounts[figure] + more})
    assume(isinstance(before, Fraction) and isinstance(after, Fraction))
    assert isinstance(before, Fraction)
    assert isinstance(after, Fraction)
    assert moves(trend, before, after)


@settings(max_examples=500, deadline=None)
@given(FORMULAS, st.tuples(AMOUNTS, AMOUNTS, AMOUNTS))
def test_a_condition_decided_beforehand_is_decided_so(node: Expression, drawn: tuple[Fraction, ...]) -> None:
    condition = Comparison(">", node, Number(Fraction(1)))
    truth = BOUNDS.truth(condition)
    found = outcome(condition, dict(zip(FIGURES, drawn, strict=True)))
    assume(truth is not None and isinstance(found, bool))
    assert found is truth


def moves(trend: Trend, before: Fraction, after: Fraction) -> bool:
    """Whether the step from one number to the next is one that the trend allows."""
    if trend is Trend.FLAT:
        return before == after
    return before <= after if trend is Trend.RISES else before >= after


def awarded(method: Method, value: Fraction, full: Fraction, higher: bool, peers: list[Fraction]) -> Fraction:
    return method.award(Subject(value, full, higher, tuple(sorted([*peers, value])))).points


NUMERIC = methods((), peers=False)
FULL = st.sampled_from([Fraction(1), Fraction(5, 2), Fraction(40)])


@settings(max_examples=500, deadline=None)
@given(NUMERIC, PLAIN, PLAIN, FULL, st.booleans())
def test_a_method_proved_to_rise_or_fall_does_so_within_its_reach(
    method: Method, one: Fraction, other: Fraction, full: Fraction, higher: bool
) -> None:
    low, high = sorted((one, other))
    points = [awarded(method, each, full, higher, []) for each in (low, high)]
    trend = method_trend(method, full, higher_is_better=higher)
    if trend is not Trend.UNKNOWN:
        assert moves(trend, points[0], points[1])
    reached = points_reached(method, full, Interval(low, high), higher_is_better=higher)
    assert all(reached.has(each) for each in points)
    unbounded = points_reached(method, full, Interval(), higher_is_better=higher)
    assert all(unbounded.has(each) for each in points)


FLOOR = Policy(share=Fraction(0), lowest=True)
RULES = small_rules()
RATE = RULES.indicators[NodeCode("I1")]
TRIALS = Trials(RULES)
SLOPING = Sloping(Bounds(RULES))
NOTHING = Policy(share=Fraction(0))
POLICIES = st.sampled_from([NOTHING, NOTHING, Policy(share=Fraction(1)), Policy(share=None), FLOOR])


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """The small set's rate with any formula and method."""
    return replace(
        RATE,
        value=Formula("…", draw(FORMULAS)),
        method=draw(NUMERIC),
        direction=draw(st.sampled_from(["higher", "lower"])),
        missing=draw(POLICIES),
        zero_denominator=draw(POLICIES),
        rounding=None,
    )


def trials_of(indicator: Indicator) -> Trials:
    return Trials(replace(RULES, indicators={**RULES.indicators, indicator.code: indicator}))


@settings(max_examples=120, deadline=None)
@given(indicators())
def test_an_indicator_proved_to_reward_doing_better_is_never_refuted(indicator: Indicator) -> None:
    assume(is_proved(indicator, SLOPING))
    assert next(counter_examples(indicator, trials_of(indicator)), None) is None


@settings(max_examples=120, deadline=None)
@given(indicators())
def test_silence_proved_not_to_pay_never_does(indicator: Indicator) -> None:
    trials = trials_of(indicator)
    own = own_variables(variables_of(RULES, indicator))
    assume(bool(own))
    if blank_earns_nothing(indicator, own):
        assert search_silence(indicator, trials) is None
    if hiding_is_harmless(indicator, repeated(own), SLOPING, trials):
        assert search_hiding(indicator, SLOPING, trials) is None


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_the_formula_every_finding_is_a_sentence_in_two_languages_with_a_remedy(
    data: st.DataObject,
) -> None:
    known = tuple(RULES.elements.values())
    indicator = replace(
        RATE,
        value=data.draw(formulas(known)),
        applicable_when=data.draw(st.none() | conditions(known)),
        method=data.draw(methods(known)),
        missing=data.draw(POLICIES),
    )
    rules = replace(RULES, indicators={**RULES.indicators, indicator.code: indicator})
    for issue in (*meaning_issues(rules), *check_incentives(rules).issues):
        assert all((issue.zh, issue.en, issue.fix_zh, issue.fix_en))
