"""Worked examples of the rule set as a whole: units scored, graded and ranked together."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring.codes import NodeCode, UnitCode
from scoring.example_runs import OTHERS, GivenEngine, is_node, prepare_set_example, run_set_example
from scoring.givens import SUBJECT
from scoring.numbers import shown
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.sources import RuleSetExample, UnitExample
from services.rule_book.document import Cell, Column, Group, Paragraph, Section, Table, cells
from services.rule_book.given_words import given_texts
from services.rule_book.layout import Layout, joined, prose, raw, row

_TITLES = {
    "score": "最后得分",
    "grade": "等级",
    "tier": "档次",
    "converted": "折算得分",
    "rank": "名次",
    "group_rank": "组内名次",
}
_ALWAYS = {"score", "grade"}
_OTHERS = {"full": "其余指标得满分", "zero": "其余指标得0分", "not_applicable": "其余指标不适用"}


def whole_examples_chapter(rules: RuleSet, number: str) -> Section:
    """The chapter; a row for each unit of each example."""
    alone = all(len(each.units) == 1 for each in rules.examples)
    names = () if alone else (Column("单位", 14),)
    columns = (Column("情形", 26), *names, Column("给定", 44), Column("结果", 38))
    groups = tuple(_group(each, rules, alone=alone) for each in rules.examples)
    table = Table(columns, groups, "综合计分示例")
    said = "下列示例从各级得分一直算到等级和名次，结果由计分程序算出。"
    return Section(
        number=number,
        title="综合计分示例",
        anchor="whole-examples",
        level=1,
        blocks=(Paragraph(prose(said)), table),
    )


def _group(example: RuleSetExample, rules: RuleSet, *, alone: bool) -> Group:
    """The units of an example; their names only where some example has several."""
    engine, _ = run_set_example(rules, example, prepare_set_example(rules, example))
    rows: list[tuple[Layout | Cell, ...]] = []
    for at, (name, unit) in enumerate(example.units.items()):
        named = () if alone else (prose(_unit(name, rules)),)
        rows.append((prose(example.name), *named, _given(unit, rules), _found(engine, at, unit, rules)))
    return Group(cells(*rows), merged=len(rows) > 1)


def _unit(name: str, rules: RuleSet) -> str:
    """The unit of an example; one that lends its attributes by its own name."""
    known = rules.units.get(UnitCode(name))
    if known is not None:
        return known.name
    return "样例单位" if name == SUBJECT else name


def _given(unit: UnitExample, rules: RuleSet) -> Cell:
    lines: list[Layout] = []
    figures = {}
    for name, written in unit.given.items():
        if name == OTHERS:
            lines.append(prose(_OTHERS.get(str(written), str(written))))
        elif is_node(rules, name):
            lines.append(row(_name(NodeCode(name), rules), prose(_points(str(written)))))
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
    """A node by its title, an indicator by its code, too."""
    if code in rules.nodes:
        return prose(rules.nodes[code].title)
    return row(raw(f"{code} "), prose(rules.indicators[code].name))


def _found(engine: GivenEngine, at: int, unit: UnitExample, rules: RuleSet) -> Cell:
    """A line of points of nodes, then one of what the whole came to."""
    lines = (tuple(_node_points(engine, at, unit, rules)), tuple(_results(engine, at, unit)))
    return tuple(joined(each, "；") for each in lines if each) or (raw("—"),)


def _node_points(engine: GivenEngine, at: int, unit: UnitExample, rules: RuleSet) -> Iterator[Layout]:
    for code in unit.points:
        earned = engine.totals[at][code]
        text = "不计入"
        if not earned.outcome.left_out:
            text = "无得分" if earned.points is None else f"{shown(earned.points)}分"
        yield row(_name(code, rules), prose(text))


def _results(engine: GivenEngine, at: int, unit: UnitExample) -> Iterator[Layout]:
    result = engine.results[at]
    for key, title in _TITLES.items():
        amount = getattr(result, key)
        if amount not in (None, "") and (key in unit.expect or key in _ALWAYS):
            yield prose(f"{title}{_text(amount)}")
    if result.effects:
        yield prose(f"起作用的事项：{'、'.join(result.effects)}")


def _text(amount: Fraction | int | str) -> str:
    return shown(amount) if isinstance(amount, Fraction) else str(amount)
