"""The annex of constants, definitions, tables of parameters and dated values."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from scoring.numbers import shown
from scoring.rulebook.forms import ElementType
from scoring.rulebook.lineage import DatedValue
from scoring.rulebook.rules import RuleSet
from scoring.rulebook.rules import Table as ParameterTable
from services.rule_book.annex import Annex, plain_section
from services.rule_book.document import Block, Column, Group, Listing, Paragraph, Table, cells
from services.rule_book.formulas_words import day_text, in_words
from services.rule_book.layout import Layout, prose, raw, row
from services.rule_book.lineage_words import dated_lines


def parameters_annex(rules: RuleSet) -> Annex | None:
    """Constants, definitions, tables and dated values of the whole; None where there are none."""
    made: list[tuple[str, str, tuple[Block, ...]]] = []
    if rules.constants:
        made.append(("常数", "constants", (_constants(rules),)))
    if rules.definitions:
        made.append(("定义", "definitions", (_definitions(rules),)))
    made += [
        (each.title or each.name, f"table-{at}", _parameter_table(each))
        for at, each in enumerate(rules.tables.values(), start=1)
    ]
    with_cards = {*map(str, rules.indicators), *(str(each.code) for each in rules.adjustments)}
    others = [each for each in rules.dated if each.rule not in with_cards]
    if others:
        lines = tuple(row(*_owner(each), line) for each in others for line in dated_lines(each, rules))
        made.append(("分期规定", "dated", (Listing(lines),)))
    if not made:
        return None
    sections = tuple(
        plain_section(at, prose(title).text, anchor, blocks)
        for at, (title, anchor, blocks) in enumerate(made, start=1)
    )
    return Annex("参数", "parameters", sections=sections)


def _owner(value: DatedValue) -> tuple[Layout, ...]:
    """The code of what a dated value belongs to; none for the rule set itself."""
    return (raw(f"{value.rule} "),) if value.rule else ()


def _constants(rules: RuleSet) -> Table:
    columns = (Column("名称", 26), Column("代号", 24), Column("值", 22, "center"), Column("依据", 36))
    rows = cells(
        *(
            (
                prose(each.title or "—"),
                raw(each.name),
                raw(_constant_text(each.amount, each.type, each.measure)),
                prose(each.source or "—"),
            )
            for each in rules.constants.values()
        )
    )
    return Table(columns, (Group(rows),), "常数")


def _constant_text(amount: Fraction, kind: ElementType, measure: str) -> str:

    return (
        day_text(date.fromordinal(int(amount))) if kind is ElementType.DATE else f"{shown(amount)}{measure}"
    )


def _definitions(rules: RuleSet) -> Table:
    columns = (Column("名称", 28), Column("代号", 20), Column("算法", 60))
    rows = cells(
        *(
            (prose(each.title or "—"), raw(each.name), in_words(each.formula, rules))
            for each in rules.definitions.values()
        )
    )
    return Table(columns, tuple(Group((each,)) for each in rows), "定义")


_KEYS = {"unit": "单位", "period": "考核期", "year": "年份"}


def _parameter_table(table: ParameterTable) -> tuple[Block, ...]:
    columns = [Column(prose(_KEYS.get(key, key)).text, 20, "center") for key in table.keys]
    columns.append(Column(prose(f"值（{table.measure}）" if table.measure else "值").text, 20, "center"))
    rows = cells(*((*map(raw, keys), raw(shown(amount))) for keys, amount in table.rows.items()))
    said = [f"代号{table.name}"]
    if table.default is not None:
        said.append(f"表内没有的，取{shown(table.default)}")
    if table.source:
        said.append(f"依据：{table.source}")
    grid = Table(tuple(columns), tuple(Group((each,)) for each in rows), table.title or table.name)
    return (Paragraph(prose(f"{'；'.join(said)}。")), grid)
