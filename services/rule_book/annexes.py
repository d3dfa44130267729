"""The annexes: forms and their elements, clauses and indicators both ways, units, parameters, bans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from scoring.numbers import shown
from scoring.rulebook.forms import Element, ElementType, Form, OverTime
from scoring.rulebook.rules import Clause, Indicator, RuleSet, Unit
from scoring.rulebook.rules import Table as ParameterTable
from services.rule_book.document import Block, Cell, Column, Group, Listing, Paragraph, Section, Table, cells
from services.rule_book.formulas_words import day_text, in_words
from services.rule_book.layout import Layout, joined, prose, raw, row
from services.rule_book.lineage_words import dated_lines
from services.rule_book.numbering import annex_number, section_number
from services.rule_book.sources_words import FREQUENCIES, PROVIDERS

_OVER_TIME = {OverTime.SUM: "累计", OverTime.LAST: "取最近一期", OverTime.FIRST: "取第一期"}
_TYPES = {
    ElementType.INTEGER: "整数",
    ElementType.DECIMAL: "小数",
    ElementType.DATE: "日期",
    ElementType.CHOICE: "选项",
}
Maker = Callable[[RuleSet], tuple[str, str, tuple[Block, ...], tuple[Section, ...]] | None]
"""Title, anchor, blocks and sections of an annex; None where there is nothing to tell."""


def annexes(rules: RuleSet) -> Iterator[Section]:
    """Every annex that the rule set has something for, numbered from 1."""
    count = 0
    for maker in _MAKERS:
        made = maker(rules)
        if made is not None:
            count += 1
            title, anchor, blocks, sections = made
            yield Section(
                number=annex_number(count),
                title=title,
                anchor=anchor,
                level=1,
                blocks=blocks,
                sections=sections,
            )


def _forms(rules: RuleSet) -> tuple[str, str, tuple[Block, ...], tuple[Section, ...]] | None:
    if not rules.forms:
        return None
    sections = tuple(_form(each, at) for at, each in enumerate(rules.forms.values(), start=1))
    return "报表和数据项", "forms", (), sections


def _form(form: Form, number: int) -> Section:
    said = f"{PROVIDERS[form.provider]}，{FREQUENCIES[form.frequency]}一次。"
    blocks: list[Block] = [Paragraph(prose(said))]
    if form.notes:
        blocks.append(Listing(tuple(prose(note) for note in form.notes), numbered=True))
    columns = (
        Column("代号", 9, "center"),
        Column("数据项", 24),
        Column("单位", 9, "center"),
        Column("类型", 13, "center"),
        Column("口径", 51),
    )
    rows = cells(*(_element_row(element) for element in form.elements))
    blocks.append(Table(columns, tuple(Group((each,)) for each in rows), f"{form.code}的数据项"))
    return Section(
        number=section_number(number),
        title=f"{prose(form.title).text}（{raw(form.code).text}）",
        anchor=f"form-{number}",
        level=2,
        blocks=tuple(blocks),
    )


def _element_row(element: Element) -> tuple[Layout | Cell, ...]:
    kind = [_TYPES[element.type]]
    if element.type is not ElementType.CHOICE:
        kind.append(_OVER_TIME[element.over_time])
    lines: list[Layout] = [prose(element.definition)] if element.definition else []
    if element.members:
        lines.append(prose(f"按{'、'.join(_shortened(element.members))}分列。"))
    if element.choices:
        lines.append(prose(f"选项：{'、'.join(element.choices)}。"))
    if element.ban is not None:
        lines.append(prose("只作统计，不得计分。"))
    return (
        raw(element.code),
        prose(element.name),
        prose(element.measure or "—"),
        tuple(prose(each) for each in kind),
        tuple(lines) or (raw("—"),),
    )


_MOST_MEMBERS = 12


def _shortened(members: tuple[str, ...]) -> tuple[str, ...]:
    """The members; of very many only how they begin and how many there are."""
    if len(members) <= _MOST_MEMBERS:
        return members
    return (*members[:3], f"……（共{len(members)}类）")


def _crosswalk(rules: RuleSet) -> tuple[str, str, tuple[Block, ...], tuple[Section, ...]] | None:
    if not rules.clauses:
        return None
    columns = (
        Column("条款", 9, "center"),
        Column("工作要求", 44),
        Column("责任单位", 23),
        Column("对应的指标，或不评价的理由", 32),
    )
    groups: dict[tuple[str, str], list[Clause]] = {}
    for clause in rules.clauses.values():
        groups.setdefault((clause.section, clause.item), []).append(clause)
    made = tuple(
        Group(
            cells(*(_clause_row(each, rules) for each in found)),
            title=prose(" — ".join(_titled(code, rules) for code in path if code)).text,
        )
        for path, found in groups.items()
    )
    back = (Column("指标", 44), Column("分值", 9, "center"), Column("所属项目", 35), Column("对应的条款", 20))
    rows = cells(*(_indicator_row(each, rules) for each in rules.indicators.values()))
    sections = (
        _plain_section(1, "由条款查指标", "clauses", (Table(columns, made, "条款与指标"),)),
        _plain_section(
            2,
            "由指标查条款",
            "clauses-back",
            (Table(back, tuple(Group((each,)) for each in rows), "指标与条款"),),
        ),
    )
    return "条款与指标对照", "crosswalk", (), sections


def _plain_section(number: int, title: str, anchor: str, blocks: tuple[Block, ...]) -> Section:
    return Section(number=section_number(number), title=title, anchor=anchor, level=2, blocks=blocks)


def _titled(code: str, rules: RuleSet) -> str:
    titles = {str(node.code): node.title for node in rules.nodes.values()}
    return titles.get(code, code)


def _clause_row(clause: Clause, rules: RuleSet) -> tuple[Layout | Cell, ...]:
    measuring = [each for each in rules.indicators.values() if clause.code in each.clauses]
    lines: tuple[Layout, ...] = tuple(_indicator_name(each) for each in measuring)
    if clause.not_assessed:
        lines = (*lines, prose(f"不评价：{clause.not_assessed}"))
    agencies = [f"{each}（牵头）" if each in clause.leads else each for each in clause.agencies]
    return raw(clause.code), prose(clause.paraphrase), prose("、".join(agencies)), lines or (raw("—"),)


def _indicator_name(indicator: Indicator) -> Layout:
    return row(raw(f"{indicator.code} "), prose(indicator.name))


def _indicator_row(indicator: Indicator, rules: RuleSet) -> tuple[Layout | Cell, ...]:
    codes = "、".join(indicator.clauses) or "—"
    parent = rules.nodes[indicator.parent].title
    return _indicator_name(indicator), raw(shown(indicator.points)), prose(parent), raw(codes)


def _units(rules: RuleSet) -> tuple[str, str, tuple[Block, ...], tuple[Section, ...]] | None:
    if not rules.units:
        return None
    units = rules.units.values()
    named = [each for each in rules.attribute_names if any(each in unit.attributes for unit in units)]
    columns = [Column("代码", 12, "center"), Column("单位", 26)]
    columns += [Column(_attribute_head(name, rules), 15, "center") for name in named]
    rows = cells(*(_unit_row(unit, named) for unit in units))
    table = Table(tuple(columns), tuple(Group((each,)) for each in rows), "考核单位")
    sections = [_plain_section(1, "考核单位", "units-list", (table,))]
    group = rules.ranking.peer_group
    if group:
        sections.append(_plain_section(2, "比较组", "peer-groups", (_peer_groups(rules, group),)))
    return "考核单位和比较组", "units", (), tuple(sections)


def _unit_row(unit: Unit, named: Sequence[str]) -> tuple[Layout, ...]:
    amounts = (_attribute_cell(unit.attributes.get(name)) for name in named)
    return (raw(unit.code), prose(unit.name), *amounts)


def _attribute_head(name: str, rules: RuleSet) -> str:
    known = rules.attributes.get(name)
    if known is None or not known.title:
        return raw(name).text
    return prose(f"{known.title}（{known.measure}）" if known.measure else known.title).text


def _attribute_cell(amount: Fraction | str | None) -> Layout:
    if amount is None:
        return raw("—")
    return prose(amount) if isinstance(amount, str) else raw(shown(amount))


def _peer_groups(rules: RuleSet, name: str) -> Table:
    groups: dict[str, list[str]] = {}
    for unit in rules.units.values():
        groups.setdefault(str(unit.attributes.get(name, "（未分组）")), []).append(unit.short or unit.name)
    rows = cells(
        *((prose(group), raw(str(len(units))), prose("、".join(units))) for group, units in groups.items())
    )
    columns = (Column("比较组", 16, "center"), Column("单位数", 12, "center"), Column("单位", 80))
    return Table(columns, (Group(rows),), "比较组")


def _parameters(rules: RuleSet) -> tuple[str, str, tuple[Block, ...], tuple[Section, ...]] | None:
    made: list[tuple[str, str, tuple[Block, ...]]] = []
    if rules.constants:
        made.append(("常数", "constants", (_constants(rules),)))
    if rules.definitions:
        made.append(("定义", "definitions", (_definitions(rules),)))
    made += [
        (each.title or each.name, f"table-{at}", _parameter_table(each))
        for at, each in enumerate(rules.tables.values(), start=1)
    ]
    whole = [each for each in rules.dated if each.rule in ("", rules.code)]
    if whole:
        lines = tuple(line for each in whole for line in dated_lines(each, rules))
        made.append(("分期规定", "dated", (Listing(lines),)))
    if not made:
        return None
    sections = tuple(
        _plain_section(at, prose(title).text, anchor, blocks)
        for at, (title, anchor, blocks) in enumerate(made, start=1)
    )
    return "参数", "parameters", (), sections


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


def _bans(rules: RuleSet) -> tuple[str, str, tuple[Block, ...], tuple[Section, ...]] | None:
    found: dict[tuple[str, str], list[Element]] = {}
    for element in rules.elements.values():
        if element.ban is not None:
            found.setdefault((element.ban.reason, element.ban.source), []).append(element)
    if not found:
        return None
    rows = cells(
        *(
            (
                joined([row(raw(f"{each.code} "), prose(each.name)) for each in elements], "、"),
                prose(reason),
                prose(source),
            )
            for (reason, source), elements in found.items()
        )
    )
    columns = (Column("数据项", 34), Column("理由", 36), Column("依据", 38))
    head = "下列数据只供统计和查询，任何公式都不得用来计分："
    table = Table(columns, tuple(Group((each,)) for each in rows), "只作统计的数据")
    return "只作统计、不得计分的数据", "bans", (Paragraph(prose(head)), table), ()


_MAKERS: tuple[Maker, ...] = (_forms, _crosswalk, _units, _parameters, _bans)
