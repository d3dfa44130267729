"""Worked examples as the engine works them: what is given, the value, the points, and how they come about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from scoring.account_texts import rounding_text
from scoring.adjustments import BASE_RANK
from scoring.codes import ElementCode
from scoring.example_runs import prepare_example, run_adjustment, run_indicator
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
from scoring.points import Points
from scoring.rulebook.final_rules import Adjustment, AdjustmentKind
from scoring.rulebook.forms import ElementType
from scoring.rulebook.rules import Indicator, RuleSet
from scoring.rulebook.sources import Example
from scoring.rulebook.tree import day_from_text
from scoring.values import UnitView
from services.rule_book.document import Cell, Column, Group, Table
from services.rule_book.formulas_words import FormulaWords, UnknownPart, day_text
from services.rule_book.layout import Layout, Words, joined, prose, raw, row, spoken
from services.rule_book.typography import printed, signed

_SAID = {"NA": "不适用", "NIL": "零申报"}
_PARTS = {
    "Q1": "第一季度",
    "Q2": "第二季度",
    "Q3": "第三季度",
    "Q4": "第四季度",
    "H1": "上半年",
    "H2": "下半年",
}
_TIGHT_SIGN = re.compile(r"(?<=[0-9…]) ?([≥≤<>]) ?(?=[0-9−-])")
PLACES = 4
"""Of values that never end; their columns are narrow."""
_GIVEN_WIDTHS = {1: 20, 2: 18, 3: 16}
_BOUNDS = {"min", "max"}
_NOT_ARITHMETIC = {"coalesce", "is_missing", "is_not_applicable", *MEMBER_FUNCTIONS}

Given = Mapping[str, str | Mapping[str, str]]


class _NoArithmetic(Exception):
    """A formula of which no sum of numbers can be shown."""


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
    keys = _common_keys([example for example, _ in rows])
    width = _GIVEN_WIDTHS.get(len(keys), 0)
    given = tuple(
        Column(_head(name, rules, last_year=last_year), width, "center") for name, last_year in keys
    )
    columns = (
        Column("情形", 23),
        *(given or (Column("给定", 34),)),
        *(Column(head, share, "center") for head, share in zip(heads, (13, 12), strict=True)),
        Column("算式", 38),
    )
    # Row by row, so that a page can end between any two.
    groups = tuple(
        Group(((_case(each, keys), *_given_cells(each, keys, rules), *results),)) for each, results in rows
    )
    return (Table(columns, groups, name),)


def _common_keys(examples: Sequence[Example]) -> list[tuple[str, bool]]:
    """The figures that examples give, and whether of last year; none where they do not fit in columns."""
    keys = [(name, False) for each in examples for name in each.given]
    keys += [(name, True) for each in examples for name in each.last_year]
    distinct = list(dict.fromkeys(keys))
    return distinct if len(distinct) in _GIVEN_WIDTHS else []


def _head(name: str, rules: RuleSet, *, last_year: bool) -> str:
    """The head of a column of given figures: name, code, measure."""
    measure = _with_measure(name, "", rules)[1]
    unit = f"（{printed(measure)}）" if measure else ""
    return f"{spoken(_title(name, rules, last_year=last_year))}{unit}"


def _case(example: Example, keys: Sequence[tuple[str, bool]]) -> Cell:
    """The name of an example; with what has no column of its own."""
    around = tuple(_around(example)) if keys else ()
    return (prose(example.name), *around)


def _around(example: Example) -> Iterator[Layout]:
    """The period of an example and the other units of its group."""
    if example.period:
        yield prose(f"考核期{example.period}")
    if example.peers:
        peers = "；".join(_peer_text(peer) for peer in example.peers)
        yield prose(f"同组另有{len(example.peers)}个单位：{peers}")


def _given_cells(example: Example, keys: Sequence[tuple[str, bool]], rules: RuleSet) -> tuple[Cell, ...]:
    if not keys:
        return (given_lines(example, rules),)
    cells: list[Cell] = []
    for name, last_year in keys:
        written = (example.last_year if last_year else example.given).get(name)
        text = "—" if written is None else _amounts(_with_measure(name, written, rules)[0], "")
        cells.append((raw(signed(text)),))
    return tuple(cells)


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


def sum_of(formula: Formula, amount: Fraction, view: UnitView) -> list[Layout]:
    """The formula with its numbers in it and what it comes to; nothing where there is nothing to add up."""
    words = FormulaWords(view.rules, lambda figure: _figure_in(figure, view))
    try:
        with_numbers = _settled(formula.written_out(view.period.quarters()), view)
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


def given_lines(example: Example, rules: RuleSet) -> Cell:
    """What an example gives, a line each."""
    figures = [*given_texts(example.given, rules), *given_texts(example.last_year, rules, last_year=True)]
    lines = (*figures, *_around(example))
    return lines or (prose("没有登记"),)


def given_texts(given: Given, rules: RuleSet, *, last_year: bool = False) -> Iterator[Layout]:
    """Each given figure or attribute by its name."""
    for name, written in given.items():
        amount, measure = _with_measure(name, written, rules)
        yield row(_title(name, rules, last_year=last_year), raw(f"：{signed(_amounts(amount, measure))}"))


def _title(name: str, rules: RuleSet, *, last_year: bool) -> Layout:
    """The name of what is given, with its code."""
    element, attribute = rules.elements.get(ElementCode(name)), rules.attributes.get(name)
    time = "上年同期" if last_year else ""
    if name == BASE_RANK:
        return prose("加减分前的名次")
    if element is not None:
        return row(prose(f"{time}{element.name}"), raw(f" {name}"))
    return row(prose(f"{attribute.title} " if attribute and attribute.title else ""), raw(name))


def _with_measure(
    name: str, written: str | Mapping[str, str], rules: RuleSet
) -> tuple[str | Mapping[str, str], str]:
    """What is given as it is printed, and in which measure."""
    element, attribute = rules.elements.get(ElementCode(name)), rules.attributes.get(name)
    if element is not None and element.type is ElementType.DATE:
        return _day(written), ""
    if element is not None and element.type is ElementType.CHOICE:
        return written, ""
    return written, element.measure if element is not None else attribute.measure if attribute else ""


def _day(written: str | Mapping[str, str]) -> str | Mapping[str, str]:
    day = day_from_text(written) if isinstance(written, str) else None
    return written if day is None else day_text(day)


def _amounts(written: str | Mapping[str, str], measure: str) -> str:
    if isinstance(written, str):
        return _amount(written, measure)
    return "，".join(f"{_PARTS.get(key, key)}{_amount(text, measure)}" for key, text in written.items())


def _amount(text: str, measure: str) -> str:
    said = _SAID.get(text)
    return said if said else f"{text}{measure}" if text[:1] in "-0123456789" and "-" not in text[1:] else text


def _peer_text(peer: Given) -> str:
    return "、".join(f"{name}为{_amounts(written, '')}" for name, written in peer.items())
