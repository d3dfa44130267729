"""Worked examples of the rule set as a whole: units scored, graded and ranked together."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.codes import NodeCode
from scoring.example_runs import OTHERS, GivenEngine, is_node, prepare_set_example, run_set_example
from scoring.numbers import shown
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.sources import RuleSetExample, UnitExample
from services.rule_book.document import Cell, Column, Group, Paragraph, Section, Table, cells
from services.rule_book.layout import Layout, prose, raw, row
from services.rule_book.worked import given_texts

_TITLES = {
    "score": "最后得分",
    "grade": "等级",
    "tier": "档次",
    "converted": "折算得分",
    "rank": "名次",
    "group_rank": "组内名次",
}
_OTHERS = {"full": "其余指标得满分", "zero": "其余指标得0分", "not_applicable": "其余指标不适用"}


def whole_examples_chapter(rules: RuleSet, number: str) -> Section:
    """The chapter; a row for each unit of each example."""
    columns = (Column("情形", 26), Column("单位", 12), Column("给定", 38), Column("结果", 32))
    groups = tuple(_group(each, rules) for each in rules.examples)
    table = Table(columns, groups, "综合计分示例")
    said = "下列示例从各级得分一直算到等级和名次，结果由计分程序算出。"
    return Section(
        number=number,
        title="综合计分示例",
        anchor="whole-examples",
        level=1,
        blocks=(Paragraph(prose(said)), table),
    )


def _group(example: RuleSetExample, rules: RuleSet) -> Group:
    engine, _ = run_set_example(rules, example, prepare_set_example(rules, example))
    rows: list[tuple[Layout | Cell, ...]] = []
    for at, (name, unit) in enumerate(example.units.items()):
        rows.append((prose(example.name), prose(name), _given(unit, rules), _found(engine, at, unit, rules)))
    return Group(cells(*rows), merged=True)


def _given(unit: UnitExample, rules: RuleSet) -> Cell:
    lines: list[Layout] = []
    figures = {}
    for name, written in unit.given.items():
        if name == OTHERS:
            lines.append(prose(_OTHERS.get(str(written), str(written))))
        elif is_node(rules, name):
            lines.append(row(_name(NodeCode(name), rules), prose(f"：{_points(str(written))}")))
        else:
            figures[name] = written
    lines += [*given_texts(figures, rules), *given_texts(unit.last_year, rules, last_year=True)]
    return tuple(lines) or (raw("—"),)


def _points(written: str) -> str:
    said = {"NA": "不适用", "none": "无得分"}.get(written)
    if said:
        return said
    return f"得满分的{written}" if written.endswith("%") else f"得{written}分"


def _name(code: NodeCode, rules: RuleSet) -> Layout:
    title = rules.nodes[code].title if code in rules.nodes else rules.indicators[code].name
    return row(prose(title), raw(f" {code}"))


def _found(engine: GivenEngine, at: int, unit: UnitExample, rules: RuleSet) -> Cell:
    return tuple(_results(engine, at, unit, rules)) or (raw("—"),)


def _results(engine: GivenEngine, at: int, unit: UnitExample, rules: RuleSet) -> Iterator[Layout]:
    for code in unit.points:
        earned = engine.totals[at][code]
        points = None if earned.outcome.left_out else earned.points
        text = "不计入" if earned.outcome.left_out else "无得分" if points is None else f"{shown(points)}分"
        yield row(_name(code, rules), prose(f"：{text}"))
    result = engine.results[at]
    for key, title in _TITLES.items():
        amount = getattr(result, key)
        if amount not in (None, "") and (key in unit.expect or key in {"score", "grade", "rank"}):
            yield prose(f"{title}：{_text(amount)}")
    if result.effects:
        yield prose(f"起作用的事项：{'、'.join(result.effects)}")


def _text(amount: Fraction | int | str) -> str:
    return shown(amount) if isinstance(amount, Fraction) else str(amount)
