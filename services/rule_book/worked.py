"""Worked examples as the engine works them: what is given, the value, the points, and how they come about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from scoring.account_texts import rounding_text
from scoring.example_runs import prepare_example, run_adjustment, run_indicator
from scoring.numbers import shown
from scoring.points import Points
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.sources import Example
from scoring.values import UnitView
from services.rule_book.document import Cell, Column, Group, Table
from services.rule_book.given_words import GIVEN_WIDTHS, case_cell, common_keys, given_cells, head_of
from services.rule_book.layout import Layout, joined, prose, raw
from services.rule_book.sums import PLACES, sum_of
from services.rule_book.typography import signed

_TIGHT_SIGN = re.compile(r"(?<=[0-9…]) ?([≥≤<>]) ?(?=[0-9−-])")


def indicator_examples(indicator: Indicator, rules: RuleSet) -> tuple[Table, ...]:
    """The examples of an indicator as a table; none where it has none."""
    rows = [(each, _indicator_results(indicator, each, rules)) for each in indicator.examples]
    return _table(rows, rules, f"{indicator.code}的计分示例", ("指标值", "得分"))


def adjustment_examples(adjustment: Adjustment, rules: RuleSet) -> tuple[Table, ...]:
    """The examples of an adjustment as a table; none where it has none."""
    found = [(each, _adjustment_results(adjustment, each, rules)) for each in adjustment.examples]
    rows = [(example, results) for example, results in found if results]
    heads = ("计数", f"{sign_of(adjustment)}分")
    return _table(rows, rules, f"{adjustment.code}的计分示例", heads)


def sign_of(adjustment: Adjustment) -> str:
    """The verb for its points."""
    return "扣" if adjustment.kind is AdjustmentKind.PENALTY else "加"


def _table(
    rows: Sequence[tuple[Example, tuple[Cell, ...]]],
    rules: RuleSet,
    name: str,
    heads: tuple[str, str],
) -> tuple[Table, ...]:
    """A row an example; what is given in columns of their own where that is but a few single figures."""
    if not rows:
        return ()
    keys = common_keys([example for example, _ in rows])
    width = GIVEN_WIDTHS.get(len(keys), 0)
    given = tuple(
        Column(head_of(name, rules, last_year=last_year), width, "center") for name, last_year in keys
    )
    columns = (
        Column("情形", 23),
        *(given or (Column("给定", 34),)),
        *(Column(head, share, "center") for head, share in zip(heads, (13, 12), strict=True)),
        Column("算式", 38),
    )
    # Row by row, so that a page can end between any two.
    groups = tuple(
        Group(((case_cell(each, keys), *given_cells(each, keys, rules), *results),)) for each, results in rows
    )
    return (Table(columns, groups, name),)


def _indicator_results(indicator: Indicator, example: Example, rules: RuleSet) -> tuple[Cell, ...]:
    """Value, points and sum."""
    engine = run_indicator(rules, prepare_example(rules, example))
    points = engine.points_of(indicator.code, 0)
    view = UnitView(engine.rules, engine.facts, 0, engine.period)
    own = engine.rules.indicators[indicator.code]
    return (
        (raw(_value_text(points)),),
        (raw(_points_text(points)),),
        (_sentence(own, points, view),),
    )


def _value_text(points: Points) -> str:
    amount = points.value.amount
    if amount is None:
        return points.outcome.title
    return amount if isinstance(amount, str) else signed(shown(amount, PLACES))


def _points_text(points: Points) -> str:
    if points.outcome.left_out:
        return "不计入"
    return "无得分" if points.rounded is None else shown(points.rounded)


def _sentence(indicator: Indicator, points: Points, view: UnitView) -> Layout:
    """The sum with the given numbers in it, then what the method made of its result."""
    said: list[Layout] = []
    amount = points.value.amount
    if indicator.value is not None and isinstance(amount, Fraction):
        said += sum_of(indicator.value, amount, view)
    said += [prose(signed(_TIGHT_SIGN.sub(r" \1 ", step))) for step in points.steps]
    if points.rounded is not None and points.rounded != points.exact:
        said.append(prose(f"{rounding_text(indicator.rounding)}，得{shown(points.rounded)}分"))
    return joined(said, "；")


def _adjustment_results(adjustment: Adjustment, example: Example, rules: RuleSet) -> tuple[Cell, ...]:
    """Value, points and sum; empty where the adjustment has no formula."""
    run = run_adjustment(rules, adjustment, example, prepare_example(rules, example))
    if run is None:
        return ()
    said: list[Layout] = []
    if run.value is not None and adjustment.value is not None:
        said += sum_of(adjustment.value, run.value, run.view)
    if run.value is None:
        value, points, end = "没有登记", "0", "视为没有发生"
    elif adjustment.method is None:
        held = bool(run.value)
        value, points, end = ("成立" if held else "不成立"), "—", "适用本项" if held else "不适用本项"
    else:
        sign = sign_of(adjustment)
        value, points = signed(shown(run.value)), shown(run.points)
        end = f"{sign}{shown(run.points)}分" if run.points else f"不{sign}分"
    said.append(prose(end))
    return (raw(value),), (raw(points),), (joined(said, "；"),)
