"""Runs the worked examples that stand in the rules' own files, and tells where one does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.account_texts import amount_text
from scoring.codes import NodeCode, UnitCode
from scoring.engine import PlainEngine
from scoring.errors import Issue
from scoring.example_runs import (
    AdjustmentRun,
    GivenEngine,
    Prepared,
    is_node,
    prepare_example,
    prepare_set_example,
    run_adjustment,
    run_indicator,
    run_set_example,
)
from scoring.explain import account_of, sentences
from scoring.facts import Amount
from scoring.givens import SUBJECT
from scoring.numbers import exact_text
from scoring.rulebook.final_rules import Adjustment
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.sources import Example, RuleSetExample, UnitExample

WHOLE_SET = "整套规则"
_TITLES = {
    "total": "总分",
    "score": "得分",
    "grade": "等级",
    "tier": "档次",
    "converted": "折算分",
    "rank": "名次",
    "group_rank": "组内名次",
    "bonus": "加分合计",
    "penalty": "减分合计",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """An example, and what differed from what it expects (empty = it holds)."""

    rule: str
    example: Example | RuleSetExample
    differences: tuple[str, ...]
    account: tuple[str, ...] = ()
    """Where it does not hold: how the engine came to its figures, in sentences."""

    @property
    def issue(self) -> Issue | None:
        """The difference as an issue at the example's line."""
        if not self.differences:
            return None
        text = ";".join(self.differences)
        zh, en = f"{self.rule} 的例“{self.example.name}”不成立:{text}", f"example fails: {text}"
        return Issue(code="example-fails", zh=zh, en=en, place=self.example.place)


def check_examples(rules: RuleSet) -> Iterator[Checked]:
    """Every example of every indicator and adjustment and of the whole rule set, checked."""
    for indicator in rules.indicators.values():
        for example in indicator.examples:
            yield check_indicator_example(rules, indicator, example, prepare_example(rules, example))
    for adjustment in rules.adjustments:
        for example in adjustment.examples:
            yield check_adjustment_example(rules, adjustment, example, prepare_example(rules, example))
    for whole in rules.examples:
        yield check_set_example(rules, whole, prepare_set_example(rules, whole))


def check_indicator_example(
    rules: RuleSet, indicator: Indicator, example: Example, prepared: Prepared
) -> Checked:
    """An indicator's example, by the rules given."""
    if prepared.unread:
        return Checked(indicator.code, example, prepared.unread)
    engine = run_indicator(rules, prepared)
    differences = tuple(_indicator_differences(engine, indicator.code, example))
    account = sentences(account_of(engine, SUBJECT, indicator.code)) if differences else ()
    return Checked(indicator.code, example, differences, account)


def _indicator_differences(engine: PlainEngine, code: NodeCode, example: Example) -> Iterator[str]:
    points = engine.points_of(code, 0)
    if example.outcome and example.outcome != points.outcome:
        yield f"结果应为 {example.outcome},实为 {points.outcome}"
    yield from _differences(example, points.value.amount, points.rounded)


def indicator_example_holds(rules: RuleSet, code: NodeCode, example: Example, prepared: Prepared) -> bool:
    """Whether an indicator's example holds; nothing is told of it."""
    engine = run_indicator(rules, prepared)
    return next(_indicator_differences(engine, code, example), None) is None


def check_adjustment_example(
    rules: RuleSet, adjustment: Adjustment, example: Example, prepared: Prepared
) -> Checked:
    """A bonus or penalty by value and points; a condition by its truth, 1 or 0."""
    if prepared.unread:
        return Checked(adjustment.code, example, prepared.unread)
    run = run_adjustment(rules, adjustment, example, prepared)
    if run is None:
        return Checked(adjustment.code, example, ("没有公式的事项不能写例",))
    differences = tuple(_differences(example, run.value, run.points))
    return Checked(
        adjustment.code, example, differences, tuple(_adjustment_account(run)) if differences else ()
    )


def adjustment_example_holds(
    rules: RuleSet, adjustment: Adjustment, example: Example, prepared: Prepared
) -> bool:
    """Whether an adjustment's example holds; nothing is told of it."""
    run = run_adjustment(rules, adjustment, example, prepared)
    return run is not None and next(_differences(example, run.value, run.points), None) is None


def _adjustment_account(run: AdjustmentRun) -> Iterator[str]:
    for resolved in run.view.asked.values():
        yield f"{resolved.figure.label} = {amount_text(resolved.outcome)}。"
    for name, amount in run.view.attributes.items():
        yield f"{name} = {amount_text(amount)}。"


def _differences(example: Example, value: Amount | None, points: Fraction | None) -> Iterator[str]:
    if example.value is not None and value != example.value:
        yield f"值应为 {exact_text(example.value)},实为 {_shown(value)}"
    if example.points is not None and points != example.points:
        yield f"得分应为 {exact_text(example.points)},实为 {_shown(points)}"
    if example.without_score and points is not None:
        yield f"应当没有得分,实为 {_shown(points)}"


def check_set_example(rules: RuleSet, example: RuleSetExample, prepared: Prepared) -> Checked:
    """An example of the whole rule set: every unit's results and the points of its nodes."""
    engine, unread = run_set_example(rules, example, prepared)
    unread += tuple(_unknown_nodes(rules, example))
    if unread:
        return Checked(WHOLE_SET, example, unread)
    found: list[str] = []
    account: list[str] = []
    for row, (name, unit) in enumerate(example.units.items()):
        differences = tuple(_unit_differences(engine, row, unit))
        named = f"{name}:" if len(example.units) > 1 else ""
        found += [f"{named}{each}" for each in differences]
        if differences:
            account += sentences(account_of(engine, UnitCode(name), rules.root))
    return Checked(WHOLE_SET, example, tuple(found), tuple(account))


def set_example_holds(rules: RuleSet, example: RuleSetExample, prepared: Prepared) -> bool:
    """Whether an example of the whole rule set holds; nothing is told of it."""
    engine, unread = run_set_example(rules, example, prepared)
    units = enumerate(example.units.values())
    return not unread and all(next(_unit_differences(engine, row, unit), None) is None for row, unit in units)


def _unknown_nodes(rules: RuleSet, example: RuleSetExample) -> Iterator[str]:
    for unit in example.units.values():
        for code in unit.points:
            if not is_node(rules, code):
                yield f"没有节点或指标 {code}"


def _unit_differences(engine: GivenEngine, row: int, unit: UnitExample) -> Iterator[str]:
    totals = engine.totals[row]
    for code, points in unit.points.items():
        earned = totals[code]
        found = None if earned.outcome.left_out else earned.points
        if found != points:
            yield f"{code} 得分应为 {_shown(points)},实为 {_shown(found)}"
    result = engine.results[row]
    for key, wanted in unit.expect.items():
        amount = _amount(getattr(result, "final" if key == "total" else key))
        if amount != wanted:
            yield f"{_TITLES[key]}应为 {_shown(wanted)},实为 {_shown(amount)}"
    if unit.effects is not None and unit.effects != result.effects:
        yield f"起作用的事项应为 {_listed(unit.effects)},实为 {_listed(result.effects)}"


def _amount(found: Fraction | Decimal | int | str | None) -> Amount | None:
    if isinstance(found, str):
        return found or None
    return None if found is None else Fraction(found)


def _listed(codes: tuple[NodeCode, ...]) -> str:
    return "、".join(codes) or "无"


def _shown(amount: Amount | None) -> str:
    if amount is None:
        return "无"
    return amount if isinstance(amount, str) else exact_text(amount)
